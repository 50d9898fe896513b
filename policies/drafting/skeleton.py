"""Writes the draft of a pack: a clause for each sentence that obliges somebody, with what is proposed for it and why.

It is sound as it stands: a clause that nobody has mapped yet is one, and never counts as kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from policies.coverage import sha256_of
from policies.documents import Document
from policies.draft import Sentence, guess_all
from policies.drafting.accepting import WAYS
from policies.drafting.known import Known
from policies.drafting.proposals import WatchingCheck, proposals_for
from policies.toml_edit import lines_of, plain, text_of

HINT_WORDS = 8
_YEAR = re.compile(r"\b20[12]\d\b")


def skeleton(document: Document, checks: Sequence[WatchingCheck] = (), known: Known | None = None) -> str:
    """Return the text of a pack in TOML; the same sentence twice is one clause.

    `known` are the sentences that other schools' packs map; without it, those of the packs that ship.
    """
    guessed = guess_all(document.text)
    clauses = {sha256_of(one.text): one for one in reversed(guessed) if one.force}
    background: dict[str, Sentence] = {}
    for sentence in guessed:
        if (sha256 := sha256_of(sentence.text)) not in clauses:
            background.setdefault(sha256, sentence)
    ordered = sorted(clauses.values(), key=lambda one: one.number)
    parts = [head_of(document, len(guessed), len(ordered)), background_of(list(background.values()))]
    made = [(one, Carried(str(one.number), {}, proposed_for(one, checks, known))) for one in ordered]
    return "\n".join(parts + [clause_of(one, document.page_of(one.text), each) for one, each in made])


def head_of(document: Document, sentences_in_all: int, clauses: int, *, name: str = "", title: str = "") -> str:
    """Return the head of a pack, for a pack of this id and title where there is one already."""
    slug = re.sub(r"[^a-z0-9]+", "-", PurePath(document.name).stem.lower()).strip("-") or "own-policy"
    called = re.sub(r"[-_]+", " ", PurePath(document.name).stem).strip() or "Our policy"
    years = _YEAR.findall(document.text)
    return f"""\
# A pack made from {plain(document.name)}: {clauses} of {sentences_in_all} sentences are clauses, others background.
# ref, force and binds are guesses: put each right. says is the sentence itself, with the words that lead in to it.
# force: must, should or may. binds: staff, governors, pupils, parents, headteacher, school or everybody.
# [clause.proposed] is what is proposed, and why; nothing of it holds until somebody accepts it. Until then the clause
# stands in the report as not mapped yet. Accept all that are sure:  audit policies accept THIS-FILE --sure
# or some by their ids:  audit policies accept THIS-FILE 4 7 12
# or map one by hand: put checks, attest or unobserved in the place of [clause.proposed] and what is below it.

id = {text_of(name or slug)}
title = {text_of(title or called)}
edition = {text_of(years[-1] if years else "as drafted")}
# adopted_on = 2026-09-01
# review_by = 2027-08-31
made_from = {text_of(document.name)}
"""


def background_of(facts: list[Sentence]) -> str:
    """Return the sentences that oblige nobody, by their hashes."""
    lines = "".join(f'    "{sha256_of(one.text)}",  # sentence {one.number}: {_hint(one.text)}\n' for one in facts)
    return f"# These oblige nobody to anything. Make a clause of each that does.\nbackground = [\n{lines}]\n"


def _hint(text: str) -> str:
    words = plain(text).split()
    return " ".join(words[:HINT_WORDS]) + (" \u2026" if len(words) > HINT_WORDS else "")


@dataclass(frozen=True, slots=True)
class Carried:
    """A clause's id, what it has beside what its sentence says, and what is proposed for it, as data of TOML."""

    id: str
    more: Mapping[str, Any] = field(default_factory=dict)
    proposed: Mapping[str, Any] = field(default_factory=dict)


def clause_of(one: Sentence, page: int | None, carried: Carried) -> str:
    """Return the table of a clause of a draft."""
    where = f"Sentence {one.number}" + (f", page {page}" if page else "")
    said = {"id": carried.id, "ref": one.ref, "says": one.whole, "force": one.force or "must", "binds": one.binds}
    said |= {"source_sha256": sha256_of(one.text), **carried.more}
    return f"# {where}: {one.whole}\n[[clause]]\n{lines_of(said)}[clause.proposed]\n{lines_of(carried.proposed)}"


def proposed_for(sentence: Sentence, checks: Sequence[WatchingCheck], known: Known | None = None) -> dict[str, Any]:
    """Return what is proposed for a sentence, as the data of `[clause.proposed]`."""
    found, by_id = proposals_for(sentence, checks, known), {check.id: check for check in checks}
    first = found[0] if found and not found[0].is_perhaps else None
    others = [" and ".join(one.ways) for one in found if one is not first][:2]
    perhaps = {"perhaps": others} if others else {}
    if first is None:
        return perhaps
    made = {"why": first.why, **({"sure": True} if first.is_sure else {}), **perhaps}
    if first.clause:
        return made | first.clause.model_dump(mode="json", include={*WAYS}, exclude_unset=True)
    if first.attest:
        return made | {"attest": dict(first.attest)}
    if not first.checks:
        return made | {"unobserved": first.unobserved}
    asked = [{"check": check, "severity": severity} for check, severity in first.checks]
    if all(by_id[check].sees_all for check, _ in first.checks):
        return made | {"checks": asked, "covers": "whole"}
    unseen = " ".join(by_id[check].cannot_see for check, _ in first.checks)
    return made | {"checks": asked, "covers": "part", "not_covered": unseen}
