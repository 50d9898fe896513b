"""Turns a school's own policy into the skeleton of a pack: a numbered clause a sentence, with what can be guessed.

What obliges nobody to anything by its words goes to the background; a lead-in passes its force on to its bullets.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from policies.coverage import fold, sentences, sha256_of
from policies.documents import Document
from policies.guesses import PLACE, Guess, binds, force_of, is_heading

HINT_WORDS = 8
RUNNING = 3  # a line that stands so often heads a page, not a part of the policy

_MARKS = re.compile(r"^[#*_\s]+|[*_\s]+$")
_BULLET = re.compile(r"^[-\u2013\u2022*]\s+")
_LEADS_IN = re.compile(r":|\bfollowing\b", re.IGNORECASE)
_LETTER = re.compile(r"^\(?([a-z]|[ivx]{1,4})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the policy with what was guessed of it; `force` is None when it seems to oblige nobody."""

    number: int
    text: str
    ref: str
    force: Guess | None
    binds: str

    @property
    def hint(self) -> str:
        """The first words, enough to find the sentence again and no more."""
        words = _plain(self.text).split()
        return " ".join(words[:HINT_WORDS]) + (" \u2026" if len(words) > HINT_WORDS else "")


@dataclass(slots=True)
class _Section:
    """Where in the policy the reading stands."""

    place: str = ""
    heading: str = ""
    running: frozenset[str] = frozenset()
    item: int = 0
    sentences: int = 0
    lead_in: Guess | None = None

    def enter(self, place: str | None, heading: str) -> None:
        self.place, self.heading = (place, "") if place else (self.place, heading)
        self.item, self.sentences, self.lead_in = 0, 0, None

    def ref(self, label: str) -> str:
        named = " ".join(self.heading.lower().split()[:HINT_WORDS])
        return _plain(", ".join(part for part in (self.place, named, label) if part))


def guess_all(text: str) -> list[Sentence]:
    """Return every sentence of a policy in order, numbered as policies.coverage counts them."""
    lines = [fold(line) for line in text.splitlines()]
    section = _Section(running=frozenset(line for line, count in Counter(lines).items() if count >= RUNNING))
    guessed: list[Sentence] = []
    for line in lines:
        for guess in _line(line, section):
            guessed.append(Sentence(len(guessed) + 1, *guess))
    return guessed


def _line(line: str, section: _Section) -> Iterator[tuple[str, str, Guess | None, str]]:
    texts = sentences(line)
    bare = _MARKS.sub("", _BULLET.sub("", line))
    is_bullet = bool(_BULLET.match(line) or _LETTER.match(bare))
    place = PLACE.match(bare)
    numbered = next(filter(None, place.groups()), None) if place else None
    is_running = line in section.running and force_of(bare) is None
    if is_running or (not is_bullet and is_heading(bare)):
        if not is_running:
            section.enter(numbered, bare.rstrip(":"))
        yield from ((text, section.ref(""), None, "school") for text in texts)
        return
    if numbered and "." in numbered:
        section.enter(numbered, "")
    label = _item(bare, section, is_bullet=is_bullet)
    for text in texts:
        section.sentences += 1
        force = force_of(text) or (section.lead_in if is_bullet else None)
        yield text, section.ref(label or f"sentence {section.sentences}"), force, binds(text, section.heading)
    if texts and not is_bullet:
        section.lead_in = force_of(line) if _LEADS_IN.search(line) else None
        section.item = 0


def _item(bare: str, section: _Section, *, is_bullet: bool) -> str:
    if not is_bullet:
        return ""
    section.item += 1
    letter = _LETTER.match(bare)
    return f"({letter.group(1)})" if letter else f"bullet {section.item}"


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def skeleton(document: Document) -> str:
    """Return the text of a pack to fill in; it is TOML, and `audit policies check` says what is still missing."""
    guessed = guess_all(document.text)
    clauses = [sentence for sentence in guessed if sentence.force]
    kept = {sha256_of(sentence.text) for sentence in clauses}
    background: dict[str, Sentence] = {}
    for sentence in guessed:
        if (sha256 := sha256_of(sentence.text)) not in kept:
            background.setdefault(sha256, sentence)
    parts = [_head(document.name, len(guessed), len(clauses)), _background(list(background.values()))]
    return "\n".join(parts + [_clause(sentence) for sentence in clauses])


def _head(name: str, sentences_in_all: int, clauses: int) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-") or "own-policy"
    return f"""\
# A pack made from {_plain(name)}: {clauses} of its {sentences_in_all} sentences are clauses, the others are background.
# ref, force and binds are guesses. Put each right, say in your own words what it asks, and choose how it is met.
# force: must, should or may. binds: staff, governors, pupils, parents, headteacher or school.
# covers: whole, where the checks see all that the clause asks, or part, with what is not covered.
# `audit policies check` names everything that is still to fill in, with its line.

id = {json.dumps(slug)}
title = ""
edition = ""
# adopted_on = 2026-09-01
# review_by = 2027-08-31
"""


def _background(facts: list[Sentence]) -> str:
    lines = "".join(
        f'    "{sha256_of(sentence.text)}",  # sentence {sentence.number}: {sentence.hint}\n' for sentence in facts
    )
    return f"# These oblige nobody to anything. Make a clause of each that does.\nbackground = [\n{lines}]\n"


def _clause(sentence: Sentence) -> str:
    return f"""\
# Sentence {sentence.number}: {sentence.hint}
[[clause]]
id = "{sentence.number}"
ref = {json.dumps(sentence.ref, ensure_ascii=False)}
says = ""
force = "{sentence.force}"
binds = "{sentence.binds}"
source_sha256 = "{sha256_of(sentence.text)}"
# Keep one of these three and fill it in:
# checks = [{{ check = "", severity = "medium" }}]
# covers = "part"  # or "whole", without the next line
# not_covered = ""  # what the checks do not see, and why
# attest = {{ role = "headteacher", every_days = 365, evidence = "" }}
# unobserved = ""
"""
