"""Reads the names that an account shows: in its handle, beside it as its shown name, and in how its bio begins."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.handle import Handle, Spelt, cut_year, other_readings, read_handle, spelt, stretched
from engines.people.hits import Hit, hits_in, words_in
from engines.people.model import Actor
from engines.people.names import AFTER_NAME, names_shown
from engines.people.plain import plain
from engines.people.roll import Roll, starts_of

_SEGMENTS = re.compile(r"[|\u2022/\n,;\u00b7()]+|\s-\s|\.\s|[\U0001f300-\U0001faff\u2600-\u27bf]+")
_CALLS_SELF = re.compile(
    r"^(?:(?:hi|hey|hello)\b\W*)?(?:(?:i am|i'm|im|my name is|my names|name is|its|it's|call me|called)\b\W*)?",
    re.IGNORECASE,
)
_SELF_STARTS = frozenset("hicmn")
_BIO_SEGMENTS, _BIO_WORDS, _BARE_NAME = 6, 5, 2
_LONGEST_BIO = 400
Read = tuple[Spelt, Sequence[Hit]]


class Shown(NamedTuple):
    """The texts in which one account shows names, each with the parts of names that were met in it."""

    handle: Handle
    readings: Sequence[Read]
    display: Read | None
    bio: Read | None
    whole: tuple[str, Sequence[int]] | None = None  # a full name of which plain letters hold too little
    initials: Sequence[int] = ()  # people of whom a text shows the initials and nothing else

    @property
    def is_empty(self) -> bool:
        """Say whether no part of anybody's name was met."""
        return not (
            self.whole
            or self.initials
            or self.readings
            or (self.display and self.display[1])
            or (self.bio and self.bio[1])
        )

    @property
    def forms(self) -> frozenset[str]:
        """Return every form that was met in the handle as written, or in the name shown."""
        reads = [*self.readings[:1], *([self.display] if self.display else [])]
        return frozenset(hit[2] for _, hits in reads for hit in hits)


class NameReader:
    """Reads accounts for one register; `fields` are those whose use is allowed."""

    def __init__(self, roll: Roll, fields: AbstractSet[str]) -> None:
        self._roll = roll
        self._fields = fields
        self._starts = starts_of(roll.parts)
        self._starts_once = starts_of(roll.collapsed)

    def read(self, actor: Actor) -> Shown:
        """Return what this account shows of anybody's name."""
        handle = read_handle(actor.handle if "handle" in self._fields else None, self._roll.classes)
        display = self._display(actor.display_name) if "display_name" in self._fields else None
        bio = self._bio(actor.bio) if "bio" in self._fields else None
        whole = self._whole(actor.display_name) if "display_name" in self._fields and self._roll.whole else None
        return Shown(handle, self._readings(handle), display, bio, whole, self._initials(handle, display))

    def _initials(self, handle: Handle, display: Read | None) -> Sequence[int]:
        texts = {handle.readings[0].letters, display[0].letters if display else ""}
        return [person for text in texts for person in self._roll.initials.get(text, ())]

    def _whole(self, name: str | None) -> tuple[str, Sequence[int]] | None:
        met = [shown for shown in sorted(names_shown(name)) if shown in self._roll.whole]
        return (met[0], self._roll.whole[met[0]]) if met else None

    def _readings(self, handle: Handle) -> list[Read]:
        found: list[Read] = []
        first = handle.readings[0]
        if hits := hits_in(first, self._roll.parts, self._starts):
            found.append((first, hits))
        others = other_readings(handle, is_met=bool(found))
        read = ((one, hits_in(one, self._roll.parts, self._starts)) for one in others)
        found += [(one, hits) for one, hits in read if hits]
        once = stretched(handle.readings[0])
        if once:
            hits = hits_in(once, self._roll.collapsed, self._starts_once)
            longest = max((b - a for a, b, *_ in hits), default=0)
            if hits and longest >= max((b - a for _, read in found for a, b, *_ in read), default=0):
                found.append((once, hits))
        return found

    def _display(self, name: str | None) -> Read | None:
        if not name:
            return None
        one = spelt(cut_year(plain(_name_alone(name)))[0])
        if not one.letters:
            return None
        hits = words_in(one, self._roll.parts, self._starts)
        once = None if hits else stretched(one)
        if once is not None:
            return once, words_in(once, self._roll.collapsed, self._starts_once)
        return one, hits

    def _bio(self, bio: str | None) -> Read | None:
        """Return the first part of a bio that is hardly more than a name, such as `im Alfie` before `Year 3`."""
        for segment in _SEGMENTS.split(bio[:_LONGEST_BIO], maxsplit=_BIO_SEGMENTS)[:_BIO_SEGMENTS] if bio else ():
            words = plain(segment).strip()
            own = _CALLS_SELF.sub("", words, count=1) if words[:1].lower() in _SELF_STARTS else words
            length = len(own.split())
            if not length or length > _BIO_WORDS or (length > _BARE_NAME and own == words):
                continue
            one = spelt(own)
            hits = words_in(one, self._roll.parts, self._starts)
            if hits and hits[0][0] == 0:
                return one, hits
        return None


def _name_alone(shown: str) -> str:
    """Return a shown name without what people write after it; `Smith, Mia` is one name."""
    first = AFTER_NAME.split(shown, maxsplit=1)[0]
    return first if len(first.split()) > 1 else shown
