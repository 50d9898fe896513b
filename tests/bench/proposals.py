"""Prints how good the proposals for a draft are, by the packs that ship: `python -m tests.bench.proposals FOLDER`.

FOLDER holds the policies' own texts, PACK.txt for each pack. A first proposal is right where it names a check that the
pack asks for one of the sentence's clauses, or attest or unobserved where the pack does. The rules learn nothing from
the packs, but who wrote them could read the five texts and the packs: this is no score on policies never seen. Each
policy is scored by the rules alone, then with what ships of the four other packs, then, as a bound for what a neighbour
could do, with the four others' own texts, which do not ship.
"""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from flows.home.policy import watching_checks
from policies.coverage import sha256_of
from policies.documents import read_document
from policies.draft import Sentence, guess_all
from policies.drafting.known import Known, key_of, known_sentences
from policies.drafting.proposals import proposals_for
from policies.model import Clause, known_packs, load_pack

NEAR = 85  # of 100, by the words in order


def ways_of(clause: Clause) -> set[str]:
    """Return the checks that a clause asks, or attest or unobserved."""
    return {one.check for one in clause.checks} or {"attest" if clause.attest else "unobserved"}


def by_text(folder: Path, name: str) -> Known:
    """Return the clauses of the other packs whose whole sentence is nearest to each of a policy's, if it is near."""
    others = [(one, load_pack(one)) for one in known_packs() if one != name]
    sources = [
        (said.whole.lower(), [(one, clause) for clause in pack.clause if clause.source_sha256 == sha256_of(said.text)])
        for one, pack in others
        for said in sentences_of(folder, one)
    ]
    mapped = [(text, clauses) for text, clauses in sources if clauses]
    known = {}
    for sentence in sentences_of(folder, name):
        found = process.extractOne(sentence.whole.lower(), [text for text, _ in mapped], scorer=fuzz.token_sort_ratio)
        if found[1] >= NEAR:
            known[key_of(sentence)] = mapped[found[2]][1]
    return known


def sentences_of(folder: Path, name: str) -> list[Sentence]:
    """Return the sentences of a policy's own text."""
    return guess_all(read_document(folder / f"{name}.txt").text)


def scored(folder: Path, name: str, known: Known, *, tells: bool = False) -> Counter[str]:
    """Return the counts of one policy, proposed for by the rules and these sentences of other schools."""
    counts: Counter[str] = Counter()
    pack, checks = load_pack(name), watching_checks()
    for sentence in sentences_of(folder, name):
        right = [ways_of(clause) for clause in pack.clause if clause.source_sha256 == sha256_of(sentence.text)]
        made = proposals_for(sentence, checks, known)
        if not right:
            counts["drafted, and background"] += sentence.force is not None
            continue
        ranked = [way for one in made for way in one.ways]
        best = [*dict.fromkeys([*ranked[:3], *(["attest", "unobserved"] if ranked else [])])][:3]
        made = [] if made and made[0].is_perhaps else made
        is_right = bool(made) and any(made[0].ways[0] in ways for ways in right)
        counts["clauses' sentences"] += 1
        counts["proposed"] += bool(made)
        counts["right"] += is_right
        counts["in three"] += any(set(best) & ways for ways in right)
        counts["sure"] += bool(made) and made[0].is_sure
        counts["sure and right"] += bool(made) and made[0].is_sure and is_right
        if tells and not is_right:
            print(f"{name[:5]} {sentence.number} [{sentence.binds} {sentence.force}] {sentence.whole}")
            print(f"      made {[one.ways for one in made][:3]}, right {right} {made[0].why[:40] if made else None}")
    return counts


def main(folder: Path, *, tells: bool) -> None:
    """Print the tables."""
    ways: dict[str, Callable[[str], Known]] = {
        "by the rules alone": lambda _: {},
        "and what ships of the other packs": lambda name: known_sentences(without=name),
        "and the other policies' own texts, which do not ship": lambda name: by_text(folder, name),
    }
    for way, known_of in ways.items():
        print(f"\n{way}\n")
        print("| policy | sentences | proposed | precision | recall | in three | sure | of these right | background |")
        print("|---|---|---|---|---|---|---|---|---|")
        total: Counter[str] = Counter()
        for name in known_packs():
            counts = scored(folder, name, known_of(name), tells=tells)
            total += counts
            print(_row(name, counts))
        print(_row("all", total))


def _row(name: str, counts: Counter[str]) -> str:
    in_all = counts["clauses' sentences"]
    cells = [in_all, counts["proposed"]]
    parts = [("right", counts["proposed"]), ("right", in_all), ("in three", in_all)]
    shares = [f"{counts[key] / max(of, 1):.2f}" for key, of in parts]
    sure = f"{counts['sure and right'] / max(counts['sure'], 1):.2f}"
    told = [name, *cells, *shares, counts["sure"], sure, counts["drafted, and background"]]
    return "| " + " | ".join(map(str, told)) + " |"


if __name__ == "__main__":
    main(Path(sys.argv[1]), tells="--wrong" in sys.argv)
