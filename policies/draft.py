"""Turns a school's own policy into the skeleton of a pack: a numbered clause a sentence, with what can be guessed.

What obliges nobody to anything by its words goes to the background; a lead-in passes its force on to its bullets.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from policies.coverage import folded_lines, sentences, sha256_of
from policies.documents import Document
from policies.guesses import PLACE, Guess, binds, force_of, force_of_head, is_heading, is_list_head

HEADING_WORDS = 8
RUNNING = 3  # a line that stands so often heads a page, not a part of the policy

_MARKS = re.compile(r"^[#*_\s]+|[*_\s]+$")
_BULLET = re.compile(r"^[-\u2013\u2022*]\s+")
_LEADS_IN = re.compile(r":|\bfollowing\b", re.IGNORECASE)
_LETTER = re.compile(r"^\(?([a-z]|[ivx]{1,4})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the policy with what was guessed of it; `force` is None when it seems to oblige nobody.

    `lead_in` are the words that lead in to the list that it is an item of, or the list's head; it says nothing without.
    """

    number: int
    text: str
    ref: str
    force: Guess | None
    binds: str
    lead_in: str = ""

    @property
    def whole(self) -> str:
        """The sentence with its lead-in, on one line."""
        return _plain(f"{self.lead_in.rstrip(':- ')}: {self.text}" if self.lead_in else self.text)


@dataclass(slots=True)
class _Section:
    """Where in the policy the reading stands; `is_list`: every line under its heading is a rule of its force."""

    place: str = ""
    heading: str = ""
    running: frozenset[str] = frozenset()
    item: int = 0
    sentences: int = 0
    lead_in: Guess | None = None
    led_by: str = ""
    is_list: bool = False

    def enter(self, place: str | None, heading: str) -> None:
        self.place, self.heading = (place, "") if place else (self.place, heading)
        self.item, self.sentences = 0, 0
        self.is_list = is_list_head(heading)
        self.lead_in, self.led_by = (force_of_head(heading), heading) if self.is_list else (None, "")

    def ref(self, label: str) -> str:
        named = " ".join(self.heading.lower().split()[:HEADING_WORDS])
        return _plain(", ".join(part for part in (self.place, named, label) if part))


def guess_all(text: str) -> list[Sentence]:
    """Return every sentence of a policy in order, numbered as policies.coverage counts them."""
    lines = [line for line in folded_lines(text) if line]
    section = _Section(running=frozenset(line for line, count in Counter(lines).items() if count >= RUNNING))
    guessed: list[Sentence] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        leads = _is_item(after) and not line.endswith((".", "?", "!"))
        for guess in _line(line, section, leads=leads):
            guessed.append(Sentence(len(guessed) + 1, *guess))
    return guessed


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _LETTER.match(_MARKS.sub("", line)))


def _line(line: str, section: _Section, *, leads: bool) -> Iterator[tuple[str, str, Guess | None, str, str]]:
    texts = sentences(line)
    bare = _MARKS.sub("", _BULLET.sub("", line))
    is_bullet = _is_item(line)
    place = PLACE.match(bare)
    numbered = next(filter(None, place.groups()), None) if place else None
    is_running = line in section.running and force_of(bare) is None
    is_head = is_heading(bare) or (is_list_head(bare) and not (leads and line.endswith(":")))
    if is_running or (not is_bullet and is_head):
        if not is_running:
            section.enter(numbered, bare.rstrip(":"))
        yield from ((text, section.ref(""), None, "school", "") for text in texts)
        return
    if numbered and "." in numbered:
        section.enter(numbered, "")
    label = _item(bare, section, is_bullet=is_bullet)
    is_led = is_bullet or section.is_list
    for text in texts:
        section.sentences += 1
        own = force_of(text)
        force = (section.lead_in if is_led and own in {None, "may"} else None) or own
        is_lead_in = leads and not is_bullet and text == texts[-1] and own is not None
        told = section.led_by if is_led else ""
        yield (
            text,
            section.ref(label or f"sentence {section.sentences}"),
            None if is_lead_in else force,
            binds(text, f"{told} {section.heading}"),
            told,
        )
    if texts and not is_led:
        is_leading = leads or _LEADS_IN.search(line)
        section.lead_in, section.led_by = (force_of(line), texts[-1]) if is_leading else (None, "")
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
        f'    "{sha256_of(sentence.text)}",  # sentence {sentence.number}: {sentence.whole}\n' for sentence in facts
    )
    return f"# These oblige nobody to anything. Make a clause of each that does.\nbackground = [\n{lines}]\n"


def _clause(sentence: Sentence) -> str:
    return f"""\
# Sentence {sentence.number}: {sentence.whole}
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
