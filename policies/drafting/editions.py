"""Compares a pack with a new edition of its policy, and drafts the pack of that edition.

A clause whose sentence stands keeps its id and its mapping, and so its attestations. One whose sentence was reworded
has its mapping as a proposal: a person looks at both wordings, accepts it and attests again.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from policies.coverage import sentences, sha256_of
from policies.documents import Document
from policies.draft import Sentence, guess_all
from policies.drafting.accepting import WAYS
from policies.drafting.proposals import WatchingCheck
from policies.drafting.skeleton import Carried, background_of, clause_of, head_of, proposed_for
from policies.model import Clause, Pack
from policies.toml_edit import lines_of

ALIKE = 65  # of 100: a sentence that is less like an old one is new


@dataclass(frozen=True, slots=True)
class Reworded:
    """A clause whose sentence is gone, what it was, the sentence that is most like it, and how alike, of 100."""

    clause: Clause
    was: str
    now: Sentence
    alike: int


@dataclass(frozen=True, slots=True)
class Editions:
    """What became of each clause of the old edition, and which sentences of the new one oblige somebody and are new."""

    kept: tuple[Clause, ...]
    reworded: tuple[Reworded, ...]
    gone: tuple[Clause, ...]
    new: tuple[Sentence, ...]

    def lines(self) -> Iterator[str]:
        """Yield what there is to read, old and new wording one below the other, and the totals last."""
        for one in self.reworded:
            yield f"reworded  clause {one.clause.id}, {one.alike} of 100 alike"
            yield f"    was   {one.was}"
            yield f"    now   {one.now.whole}"
        for clause in self.gone:
            yield f"gone      clause {clause.id}: {clause.says}"
        for sentence in self.new:
            yield f"new       sentence {sentence.number} [{sentence.binds} {sentence.force}]: {sentence.whole}"
        counts = (len(self.kept), len(self.reworded), len(self.gone), len(self.new))
        yield "{} clauses as they were, {} reworded, {} gone; {} sentences are new.".format(*counts)


def compared(pack: Pack, new: Document, old: Document | None = None) -> Editions:
    """Return how a new edition differs from the one that a pack maps.

    What a clause's old sentence was, the old text tells, if it is at hand; else what the clause says.
    """
    guessed = guess_all(new.text)
    present = {sha256_of(one.text) for one in guessed}
    known = {clause.source_sha256 for clause in pack.clause} | set(pack.background)
    texts = {sha256_of(text): text for text in sentences(old.text)} if old else {}
    unknown = [one for one in guessed if sha256_of(one.text) not in known]
    sourced = [clause for clause in pack.clause if clause.source_sha256]
    lost = [clause for clause in sourced if clause.source_sha256 not in present]
    reworded = []
    for clause in lost:
        was = texts.get(str(clause.source_sha256), clause.says)
        scored = [(_alike(was, one), -one.number, one) for one in unknown]
        if scored and (best := max(scored, key=lambda each: each[:2]))[0] >= ALIKE:
            reworded.append(Reworded(clause, was, best[2], best[0]))
    carried = {id(one.clause) for one in reworded}
    taken = {one.now.number for one in reworded}
    return Editions(
        tuple(clause for clause in sourced if clause.source_sha256 in present),
        tuple(reworded),
        tuple(clause for clause in lost if id(clause) not in carried),
        tuple(one for one in unknown if one.force and one.number not in taken),
    )


def _alike(was: str, now: Sentence) -> int:
    return round(max(fuzz.token_sort_ratio(was.lower(), said.lower()) for said in (now.text, now.whole)))


def draft_of(text: str, pack: Pack, new: Document, editions: Editions, checks: Sequence[WatchingCheck]) -> str:
    """Return the draft of the new edition's pack, in TOML, from the old one's text."""
    raw = {clause["id"]: clause for clause in tomllib.loads(text)["clause"]}
    by_number: dict[int, list[str]] = {}
    guessed = guess_all(new.text)
    numbers = {sha256_of(one.text): one.number for one in reversed(guessed)}
    for clause in editions.kept:
        by_number.setdefault(numbers[str(clause.source_sha256)], []).append(_table(raw[clause.id]))
    for one in editions.reworded:
        by_number.setdefault(one.now.number, []).append(_proposing(one, raw[one.clause.id], new))
    taken = set(raw)
    for sentence in editions.new:
        name = str(sentence.number) if str(sentence.number) not in taken else f"{sentence.number}-new"
        made = clause_of(sentence, new.page_of(sentence.text), Carried(name, {}, proposed_for(sentence, checks)))
        by_number.setdefault(sentence.number, []).append(made)
    clauses = {sha256_of(one.text) for one in guessed if one.number in by_number}
    facts = {sha256_of(one.text): one for one in reversed(guessed) if sha256_of(one.text) not in clauses}
    ordered = [made for number in sorted(by_number) for made in by_number[number]]
    besides = [_table(clause) for clause in raw.values() if "besides" in clause]
    head = head_of(new, len(guessed), len(ordered), name=pack.id, title=pack.title)
    ordered_facts = sorted(facts.values(), key=lambda one: one.number)
    return "\n".join([head, background_of(ordered_facts), *ordered, *besides])


def _table(clause: Mapping[str, Any]) -> str:
    plain = {key: value for key, value in clause.items() if key != "proposed"}
    below = f"[clause.proposed]\n{lines_of(clause['proposed'])}" if "proposed" in clause else ""
    return f"[[clause]]\n{lines_of(plain)}{below}"


def _proposing(one: Reworded, clause: Mapping[str, Any], new: Document) -> str:
    ways = {key: clause[key] for key in (*WAYS, "proposed") if key in clause}
    ways |= ways.pop("proposed", {})
    why = f"It was so for the sentence of the last edition: {one.was}"
    more = {key: clause[key] for key in ("tell",) if key in clause}
    carried = Carried(one.clause.id, more, {**ways, "why": why, "sure": False})
    return clause_of(one.now, new.page_of(one.now.text), carried)
