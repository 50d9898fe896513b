"""Writes docs/clauses.md from the packs that ship: run `python -m tests.house.pages.clauses_page docs/clauses.md`.

With a folder of the policies' own texts as a second argument each clause has its sentence's first words before it, for
whoever reads a pack against its policy; such a page is not for the repository.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from policies.coverage import sentences, sha256_of
from policies.model import Clause, Pack, known_packs, load_pack
from policies.roles import title_of

WORDS = 14
WAYS = ("whole", "part", "attested", "unobserved")
_HEAD = """\
# The clauses of the five policies

<!-- Made by tests/house/pages/clauses_page.py from the packs that ship: do not edit. -->

How each clause is answered for. Only one that its checks cover whole can be called *kept*; of one that they cover in
part the best that can be said is that nothing was seen where they look. The rest is for a person to say, or nobody can
see it here: `audit policies show PACK` has each clause in full, with the reasons.

| policy | clauses | covered whole | covered in part | attested | unobserved |
|---|---|---|---|---|---|
"""


def page(packs: Iterable[Pack], texts: Mapping[str, str] | None = None) -> str:
    """Return the page in Markdown: the packs' counts, then each clause; `texts` are the first words by their hash."""
    listed = list(packs)
    counts = "".join(map(_counts, listed))
    return _HEAD + counts + "".join(_table(pack, texts or {}) for pack in listed)


def way(clause: Clause) -> str:
    """Return how a clause is answered for: one of WAYS."""
    return str(clause.covers) if clause.checks else clause.state


def first_words(text: str) -> str:
    """Return as many words of a text as tell it apart."""
    words = text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _counts(pack: Pack) -> str:
    counted = Counter(map(way, pack.clause))
    return f"| {pack.title} | {len(pack.clause)} | " + " | ".join(str(counted[each]) for each in WAYS) + " |\n"


def _table(pack: Pack, texts: Mapping[str, str]) -> str:
    heads = ["clause", "text", "in our words", "answered by", "covers", "not covered"]
    rows = [[name for name in heads if texts or name != "text"]]
    rows.append(["---"] * len(rows[0]))
    for clause in pack.clause:
        text = [texts.get(clause.source_sha256 or "", "")] if texts else []
        answer = [_answer(clause), clause.covers or "", clause.not_covered or ""]
        rows.append([f"{clause.ref} (`{clause.id}`)", *text, first_words(clause.says), *answer])
    lines = "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in rows)
    return f"\n## {pack.title}, {pack.edition}\n\n{lines}"


def _answer(clause: Clause) -> str:
    if clause.attest:
        return f"{title_of(clause.attest.role)}, every {clause.attest.every_days} days"
    asked = [
        f"`{question.check}`" + "".join(f" ({', '.join(values)})" for values in question.only.evidence.values())
        for question in clause.checks
    ]
    return ", ".join(asked) or "nobody here"


def texts_in(folder: Path) -> dict[str, str]:
    """Return the first words of every sentence of the policies in a folder, by its hash."""
    return {
        sha256_of(sentence): first_words(sentence)
        for path in sorted(folder.glob("*.txt"))
        for sentence in sentences(path.read_text(encoding="utf-8"))
    }


if __name__ == "__main__":
    found = texts_in(Path(sys.argv[2])) if len(sys.argv) > 2 else None
    Path(sys.argv[1]).write_text(page(map(load_pack, known_packs()), found), encoding="utf-8")
