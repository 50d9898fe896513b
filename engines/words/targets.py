"""Whom the words of a text speak of: titled names, listed names, offices in a school."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from engines.words.model import Span
from engines.words.names import roll_of_written
from engines.words.phrases import pattern
from engines.words.plain import Plain
from engines.words.rules import phrase_lists

# In small letters too, as people write in haste; miss, which is also a verb, only before a capital.
_TITLED = re.compile(r"(?<!\w)(?:(?:mr|mrs|ms|mx|dr)\.? {1,2}[a-z][\w'-]{1,30}|miss [a-z][\w-]{1,30})")
_MISS_NAME = re.compile(r"Miss [A-Z]")
_SAID_TO_BE = re.compile(r"'s(?= (?:an?|the|such|so|just|always|nothing|been|really|totally|absolutely|probably|too) )")
_POSSESSIVE = re.compile(r"'s?(?!\w)")
_CAPITAL = re.compile(r"(?<!\w)[A-Z][a-z-]{3,30}(?!\w)")
_SHORTEST_ALONE = 4


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody spoken of, where in the plain form; `is_named` is true of a name, false of an office."""

    start: int
    end: int
    is_named: bool


def targets(text: str, read: Plain, names: Collection[str]) -> list[Target]:
    """Return whom a text speaks of, apart from what belongs to them, such as somebody's jokes."""
    found = {(span, True) for span in _titled(text, read)}
    found |= {(span, True) for span in _listed(text, read, names)}
    found |= {(match.span(), False) for match in _offices().finditer(read.text)}
    aimed = [_aimed(read, span, is_named=is_named) for span, is_named in found]
    return sorted((one for one in aimed if one), key=lambda one: (one.start, one.end))


def _titled(text: str, read: Plain) -> Iterator[Span]:
    for found in _TITLED.finditer(read.text):
        start, end = read.span(*found.span())
        is_verb = found[0].startswith("miss") and not _MISS_NAME.match(text[start:end])
        if not is_verb:
            bare = found[0].removesuffix("'s")
            yield found.start(), found.start() + len(bare)


def _listed(text: str, read: Plain, names: Collection[str]) -> Iterator[Span]:
    if names:
        for _, span in roll_of_written(frozenset(names)).names_in(text):
            yield read.place(span[0]), read.place(span[1] - 1) + 1


def named_alone(text: str, read: Plain, names: Collection[str]) -> Iterator[Span]:
    """Yield where a listed forename or surname stands with a capital, which may also be anybody else's."""
    if names:
        known = _single_names(frozenset(names))
        for found in _CAPITAL.finditer(text):
            if found[0] in known:
                yield read.place(found.start()), read.place(found.end() - 1) + 1


@lru_cache(maxsize=8)
def _single_names(names: frozenset[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in name.split() if len(part) >= _SHORTEST_ALONE)


def _aimed(read: Plain, span: Span, *, is_named: bool) -> Target | None:
    start, end = span
    if linked := _SAID_TO_BE.match(read.text, end):
        return Target(start, linked.start(), is_named)
    return None if _POSSESSIVE.match(read.text, end) else Target(start, end, is_named)


@cache
def _offices() -> re.Pattern[str]:
    lists = phrase_lists("insults")
    return pattern(["<pointing> <job>", "<pointing> .. <job>", "<office>"], lists)
