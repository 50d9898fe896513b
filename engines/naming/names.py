"""Many people's names, made ready to be looked for in many texts: how long a text takes hardly depends on how many.

All are learned before the first text is read.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from engines.naming.forms import PersonName, Spelling, folded_words, is_whole_name, parts_of, spellings_of
from engines.naming.spelling import LONG, Atom, anchor, atoms_of, plain_letters, read

_MOST_ANCHORS = 200
_WITHIN = re.compile(r"(?:[^\S\r\n]|[-\u2010-\u2015\u2212_]){0,3}|['\u2018\u2019\u02bc\u00b4`\u2032\uff07]{1,2}")
_AFTER_SHORT = re.compile(r"\.[^\S\r\n]{0,2}")  # St. John
_COMMA = re.compile(r"[^\S\r\n]{0,2},[^\S\r\n]{0,2}")
_SHORT = 2
_GLUE = "-\u2010\u2011'\u2018\u2019\u02bc\u00b4`\u2032\uff07"
_POSSESSIVE = re.compile(rf"[{_GLUE[3:]}](?:s|ll|d|re|ve|m)?(?!\w)", re.IGNORECASE)
Span = tuple[int, int]
Ends = tuple[int, ...]


class Strength(IntEnum):
    """How much of a name stands in a text: what a door asks for at the least."""

    PART = 1  # one word of a name, or one part of a word
    ROW = 2  # a whole name, its words side by side, in either order, whatever signs stand between or go on
    FULL = 3  # a whole name as names are written, or "Surname, Given"


class Mention(NamedTuple):
    """Who is named, where in the text as given, by how much, and whether the first letter may be a name's."""

    who: str
    start: int
    end: int
    strength: Strength
    is_capital: bool


class _Form(NamedTuple):
    who: str
    spelling: Spelling
    is_part: bool


class Names:
    """The names of many people; `no_names` are words that alone name nobody, such as those of the calendar."""

    def __init__(self, no_names: Iterable[str] = ()) -> None:
        self._forms: dict[str, list[_Form]] = {}
        self._beginnings: set[str] = set()  # all letters with which a text may begin to say a form
        self._anchors: set[str] = set()
        self._no_names = frozenset(letters for word in no_names for letters in folded_words(word))

    @classmethod
    def of(cls, people: Iterable[tuple[str, PersonName]]) -> "Names":
        """Return the whole names of people, each with an id."""
        names = cls()
        for who, name in people:
            names.learn(who, name.forms)
        return names

    def learn(self, who: str, forms: Iterable[str], *, parts: bool = False) -> None:
        """Learn forms of somebody's name, and each word of them if `parts`; one of a single word is no whole name."""
        for form in forms:
            if is_whole_name(form):
                for spelling in spellings_of(form):
                    self._add(_Form(who, spelling, is_part=False))
            for part in parts_of(form) if parts else ():
                if not folded_words(part) <= self._no_names:
                    for spelling in spellings_of(part):
                        self._add(_Form(who, spelling, is_part=True))

    def mentions(self, text: str, *, least: Strength) -> list[Mention]:
        """Return who is named and where, in the order of the text; a name within a longer one is left out."""
        if not self.may_be_in(text):
            return []
        given = read(text)
        found = dict[tuple[str, int, int], Mention]()
        for each in self._found(given.text, atoms_of(given.text)):
            known = found.get(each[:3])
            if each.strength >= (known.strength + 1 if known else least):
                found[each[:3]] = each
        placed = ((each, *given.span(each.start, each.end)) for each in _widest(found.values()))
        return [each._replace(start=start, end=end) for each, start, end in placed]

    def may_be_in(self, text: str) -> bool:
        """Say after a quick look whether a text may name anybody: true of all that do."""
        if len(self._anchors) > _MOST_ANCHORS:
            return True
        return self._anchored is not None and self._anchored.search(plain_letters(text)) is not None

    def bears(self, form: str) -> bool:
        """Say whether somebody bears this whole name, however it is spelt."""
        return any(
            not known.is_part and (one.joints <= known.spelling.joints or one.joints >= known.spelling.joints)
            for one in spellings_of(form)
            for known in self._forms.get(one.letters, ())
        )

    @cached_property
    def anchors(self) -> Sequence[str]:
        """Patterns of which the plain letters of every text that names anybody have one."""
        return sorted(map(anchor, self._anchors))

    @cached_property
    def _anchored(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.anchors)) if self._anchors else None

    def _add(self, form: _Form) -> None:
        letters, joints = form.spelling.letters, form.spelling.joints
        forms = self._forms.setdefault(letters, [])
        if form not in forms:
            forms.append(form)
            self._beginnings.update((letters, *(letters[:joint] for joint in joints)))
            self._anchors.add(form.spelling.longest)

    def _found(self, text: str, atoms: Sequence[Atom]) -> Iterator[Mention]:
        for first, atom in enumerate(atoms):
            is_glued_on = first + 1 < len(atoms) and atoms[first + 1].is_glued
            if is_glued_on or not self._beginnings.isdisjoint(atom.spellings):
                for form, ends in self._said(atoms, first, "", ()):
                    run = atoms[first : first + len(ends)]
                    if strength := _strength(form, run, ends, text):
                        begins = text[atom.start]
                        yield Mention(form.who, atom.start, run[-1].end, strength, not begins.islower())

    def _said(self, atoms: Sequence[Atom], at: int, before: str, ends: Ends) -> Iterator[tuple[_Form, Ends]]:
        """Yield each form that goes on with this piece, and after how many letters each piece of the text ends."""
        for spelling in atoms[at].spellings:
            said = before + spelling
            reached = (*ends, len(said))
            for form in self._forms.get(said, ()):
                yield form, reached
            may_go_on = at + 1 < len(atoms) and (
                said in self._beginnings or (atoms[at + 1].is_glued and self._begins_a_form(said))
            )
            if may_go_on:
                yield from self._said(atoms, at + 1, said, reached)

    def _begins_a_form(self, said: str) -> bool:
        """Say whether a form begins with these letters, though no word of it ends there: #LeBlanc for Leblanc."""
        at = bisect_left(self._sorted, said)
        return at < len(self._sorted) and self._sorted[at].startswith(said)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._forms)


def _strength(form: _Form, run: Sequence[Atom], ends: Ends, text: str) -> Strength | None:
    """Return how much of the name these pieces of the text say; None where they only happen to have its letters."""
    spelling, has_comma = form.spelling, not form.spelling.comma
    is_full = not _goes_on(text, run[0].start, run[-1].end)
    for (left, right), end in zip(pairwise(run), ends, strict=False):
        if not right.is_glued:
            if end not in spelling.joints:
                return None
            is_turned = end == spelling.comma
            is_full &= _is_as_written(text, left, right, has_comma=is_turned)
            has_comma |= is_turned
    if form.is_part:
        return Strength.PART
    if len(run) == 1 and spelling.words > 1 and not run[0].is_tagged and len(spelling.letters) < LONG:
        return None
    return Strength.FULL if is_full and has_comma else Strength.ROW


def _is_as_written(text: str, left: Atom, right: Atom, *, has_comma: bool) -> bool:
    if has_comma:
        return _COMMA.fullmatch(text, left.end, right.start) is not None
    is_short = left.end - left.start <= _SHORT
    between = (_WITHIN, _AFTER_SHORT) if is_short else (_WITHIN,)
    return any(each.fullmatch(text, left.end, right.start) for each in between)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether a hyphen or an apostrophe joins another word to these letters, as in a double-barrelled name."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined_before = len(before) > 1 and before[1] in _GLUE and before[0].isalpha()
    joined_after = len(after) > 1 and after[0] in _GLUE and after[1].isalpha()
    return joined_before or (joined_after and not _POSSESSIVE.match(text, end))


def _widest(mentions: Collection[Mention]) -> list[Mention]:
    """Leave out a name that stands within a longer one, whoever bears it."""
    reached, kept = -1, set[Span]()
    for start, end in sorted({(each.start, each.end) for each in mentions}, key=lambda span: (span[0], -span[1])):
        if end > reached:
            kept.add((start, end))
            reached = end
    return sorted((each for each in mentions if each[1:3] in kept), key=lambda each: each[1:3])
