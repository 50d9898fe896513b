"""Guesses of each sentence of a school's own policy whom it obliges to something, and how strongly.

What obliges nobody to anything by its words goes to the background; a lead-in passes its force on to its bullets.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policies.coverage import folded_lines, sentences
from policies.guesses import PLACE, Guess, binds, force_of, force_of_head, is_heading, is_list_head
from policies.toml_edit import plain

HEADING_WORDS = 8
RUNNING = 3  # a line that stands so often heads a page, not a part of the policy

_MARKS = re.compile(r"^[#*_\s]+|[*_\s]+$")
_BULLET = re.compile(r"^[-\u2013\u2022*]\s+")
_STARS = re.compile(r"\*{2,}|(?<!\w)[*_](?=\w)|(?<=[\w.])[*_](?!\w)")
_LEADS_IN = re.compile(r":\s*-?$|\b(?:as follows|the following)\b", re.IGNORECASE)
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
        """The sentence with its lead-in, on one line, without the stars of Markdown."""
        said = f"{self.lead_in.rstrip(':- ')}: {self.text}" if self.lead_in else self.text
        return plain(_STARS.sub("", said))


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
    above: tuple[bool, Guess | None, str] | None = None  # the lead-in of the items above those of an item

    def enter(self, place: str | None, heading: str) -> None:
        self.place, self.heading = (place, "") if place else (self.place, heading)
        self.item, self.sentences, self.above = 0, 0, None
        self.is_list = is_list_head(heading)
        self.lead_in, self.led_by = (force_of_head(heading), heading) if self.is_list else (None, "")

    def ref(self, label: str) -> str:
        named = " ".join(self.heading.lower().split()[:HEADING_WORDS])
        return plain(", ".join(part for part in (self.place, named, label) if part))


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
    has_letter = bool(_LETTER.match(bare))
    if section.above and (section.above[0] == has_letter or not is_bullet):
        _, section.lead_in, section.led_by = section.above
        section.above = None
    is_led = is_bullet or section.is_list
    for text in texts:
        section.sentences += 1
        own = force_of(text)
        force = (section.lead_in if is_led and own in {None, "may"} else None) or own
        is_lead_in = (
            leads and (not is_bullet or line.endswith((":", ":-", ": -"))) and text == texts[-1] and own is not None
        )
        needs_it = own is None or _LETTER.sub("", text).lstrip("*_( ")[:1].islower() or text.startswith(("Not ", "Be "))
        told = section.led_by if is_led else ""
        yield (
            text,
            section.ref(label or f"sentence {section.sentences}"),
            None if is_lead_in else force,
            binds(text, f"{told} {section.heading}"),
            told if needs_it else "",
        )
    if texts and not is_led:
        is_leading = leads or _LEADS_IN.search(line)
        section.lead_in, section.led_by = (force_of(line), texts[-1]) if is_leading else (None, "")
        section.item = 0
    elif texts and leads and line.endswith((":", ":-", ": -")):
        section.above = (has_letter, section.lead_in, section.led_by)
        section.lead_in, section.led_by = force_of(texts[-1]) or section.lead_in, texts[-1]


def _item(bare: str, section: _Section, *, is_bullet: bool) -> str:
    if not is_bullet:
        return ""
    section.item += 1
    letter = _LETTER.match(bare)
    return f"({letter.group(1)})" if letter else f"bullet {section.item}"
