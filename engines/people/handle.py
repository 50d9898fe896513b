"""Takes a handle or a shown name apart: its letters, where words begin and end, its digits, and other readings."""

import itertools
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.plain import collapsed, plain, tables

LONGEST = 48
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_IN_CLASS = re.compile(r"(?:(?<![0-9])(?:[1-9]|1[0-3])|(?<![a-z0-9])r)[a-z]{1,2}(?![a-z0-9])")
_IN_YEAR = re.compile(r"(?<![a-z])(?:year|yr|y)([1-9]|1[0-3])(?![a-z0-9])")
_LEET_INSIDE = re.compile(r"[0134578@$!]+(?=[A-Za-z])")
_LEET_END = re.compile(r"(?<=[A-Za-z])[0134578@$!]{1,2}(?![0-9A-Za-z])")
_SIGN = re.compile(r"[0134578@$!]")
_DIGIT = re.compile(r"[0-9]")
_TRIPLE = re.compile(r"(.)\1\1")
_DOUBLE = re.compile(r"(.)\1")


class Spelt(NamedTuple):
    """One reading of a text: small letters, the places where a word begins or ends, and the digits between."""

    letters: str
    bounds: AbstractSet[int]
    digits: tuple[str, ...] = ()
    way: str = "plain"  # plain, leet or stretched


class Handle(NamedTuple):
    """A handle's readings, the plain one first, and the class and year that stand in it."""

    readings: tuple[Spelt, ...]
    digits: tuple[str, ...]
    class_name: str | None = None
    year: str | None = None
    written: str = ""


NOTHING = Spelt("", frozenset({0}))


def spelt(text: str, way: str = "plain") -> Spelt:
    """Return one reading of a plain text: separators, capitals and digits part its words."""
    if text.isalpha() and text.islower():
        whole = text[:LONGEST]
        return Spelt(whole, frozenset((0, len(whole))), (), way)
    letters, bounds, digits, length = [], {0}, [], 0
    for piece in _PIECES.findall(text):
        if piece[0].isdigit():
            digits.append(piece)
            continue
        bounds.add(length)
        letters.append(piece.lower())
        length += len(piece)
    bounds.add(length)
    joined = "".join(letters)
    if length > LONGEST:
        joined = joined[:LONGEST]
        bounds = {place for place in bounds if place <= LONGEST} | {LONGEST}
    return Spelt(joined, bounds, tuple(digits), way)


def read_handle(handle: str | None, classes: AbstractSet[str]) -> Handle:
    """Return the ways in which a handle may be read; `classes` are the classes that the roll knows."""
    written = plain(handle).removeprefix("@")
    if not written or written.isdigit():
        return Handle((NOTHING,), ())
    class_name, year = None, None
    has_digit = _DIGIT.search(written) is not None
    if has_digit or "r" in written.lower():
        written, class_name = _cut_class(written, classes)
    if has_digit:
        written, year = cut_year(written)
    first = spelt(written)
    return Handle((first,), first.digits, class_name, year, written)


def stretched(one: Spelt) -> Spelt | None:
    """Return the reading in which every doubled letter stands once, to be held against names written so too."""
    if not _DOUBLE.search(one.letters):
        return None
    is_kept = [True, *(a != b for a, b in itertools.pairwise(one.letters))]
    moved = [0, *itertools.accumulate(is_kept)]
    once = "".join(itertools.compress(one.letters, is_kept))
    return Spelt(once, {moved[place] for place in one.bounds} | {0, len(once)}, one.digits, "stretched")


def other_readings(handle: Handle, *, is_met: bool) -> Iterator[Spelt]:
    """Yield the readings in which digits stand for letters and repeated letters for one.

    Digits at the end are letters only where no part of a name was met without them.
    """
    letters = handle.readings[0].letters
    if not _SIGN.search(handle.written) and not _DOUBLE.search(letters):
        return
    seen = {letters}
    for text, way in _spellings(handle.written, with_end=not is_met):
        one = spelt(text, way)
        if one.letters not in seen:
            seen.add(one.letters)
            yield one


def _spellings(written: str, *, with_end: bool) -> Iterator[tuple[str, str]]:
    is_inside = _LEET_INSIDE.search(written) is not None
    if is_inside or (with_end and _LEET_END.search(written)):
        small = written.lower()
        inside = _LEET_INSIDE.sub(_decoded, small)
        yield inside, "leet"
        yield _LEET_END.sub(_decoded, inside), "leet"
        if "1" in small:
            yield _LEET_INSIDE.sub(lambda found: _decoded(found).replace("i", "l"), small), "leet"
    if _TRIPLE.search(written.lower()):
        yield collapsed(written.lower(), 2), "stretched"


def _decoded(found: re.Match[str]) -> str:
    return found[0].translate(tables()["leet"])


def _cut_class(written: str, classes: AbstractSet[str]) -> tuple[str, str | None]:
    for found in _IN_CLASS.finditer(written.lower()):
        if found[0] in classes:
            return f"{written[: found.start()]}_{written[found.end() :]}", found[0]
    return written, None


def cut_year(written: str) -> tuple[str, str | None]:
    """Return a text without the year group that stands in it, such as `y8`, and that year."""
    found = _IN_YEAR.search(written.lower())
    if not found:
        return written, None
    return f"{written[: found.start()]}_{written[found.end() :]}", found[1]
