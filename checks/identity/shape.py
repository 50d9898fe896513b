"""Finds how one text shows people's names: which part of the name stands where, and what is left over."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from checks.identity.beside import NO_PART, Beside, Part, beside, given_beside, surname_beside
from checks.identity.handle import Spelt
from checks.identity.hits import Hit
from checks.identity.known import Known
from checks.identity.rest import Rest, RestReader, Span
from checks.identity.roll import SURNAME, Roll

Face = tuple["Shape", AbstractSet[int]]
Best = tuple[Part, Part, bool, bool, bool]
# How much a level is worth when one person may be read in several ways; the model weighs it anew.
WORTH = {"own": 1.0, "nick": 0.9, "part": 0.8, "spelt": 0.75, "middle": 0.6}
_NOTHING = NO_PART, False


class Shape(NamedTuple):
    """How one text shows one person's name."""

    given: Part
    surname: Part
    rest: Rest
    way: str
    middle: bool = False
    is_cut: bool = False
    is_together: bool = False


def shapes(one: Spelt, hits: Sequence[Hit], roll: Roll, reader: RestReader) -> list[Face]:
    """Return the best readings of this text as a name, each with everybody for whom it is; nobody stands in two."""
    met = [
        (bearers.kind == SURNAME, Part(bearers.level, form, (a, b)), bearers.people)
        for a, b, form, entries in hits
        for bearers in entries
    ]
    text, found = _Text(one, roll, reader), []
    several = _several([people for *_, people in met]) if len(met) > 1 else frozenset()
    for is_surname, part, people in met:
        if alone := people - several:
            found += text.faces(() if is_surname else (part,), (part,) if is_surname else (), alone)
    by_parts: defaultdict[tuple[tuple[Part, ...], tuple[Part, ...]], list[int]] = defaultdict(list)
    for person in several:
        mine = [(is_surname, part) for is_surname, part, people in met if person in people]
        given = tuple(part for is_surname, part in mine if not is_surname)
        by_parts[given, tuple(part for is_surname, part in mine if is_surname)].append(person)
    for (given, surname), same in by_parts.items():
        found += text.faces(given, surname, frozenset(same))
    return found


def _several(groups: Sequence[frozenset[int]]) -> AbstractSet[int]:
    """Return everybody who stands in more than one of these groups."""
    seen: set[int] = set()
    found: set[int] = set()
    for people in groups:
        if not seen.isdisjoint(people):
            found |= seen & people
        seen |= people
    return found


class _Text:
    """One text while it is read as everybody's name: what stands beside a part, and what is left over."""

    def __init__(self, one: Spelt, roll: Roll, reader: RestReader) -> None:
        self._one, self._roll, self._reader = one, roll, reader
        self._rests: dict[tuple[Span, ...], Rest] = {}
        self._near: dict[Span, Beside] = {}

    def faces(self, given: Sequence[Part], surname: Sequence[Part], people: frozenset[int]) -> list[Face]:
        """Return how this text shows the names of people of whom it has these same parts."""
        apart = self._fitting(given, surname, people)
        found = [(self._shape(self._best(given, surname, None)), people - apart)] if len(apart) < len(people) else []
        by_best: defaultdict[Best, set[int]] = defaultdict(set)
        for person in apart:
            by_best[self._best(given, surname, self._roll.known[person])].add(person)
        return [*found, *((self._shape(best), same) for best, same in by_best.items())]

    def _fitting(self, given: Sequence[Part], surname: Sequence[Part], people: frozenset[int]) -> AbstractSet[int]:
        """Return those whose other names may begin as the letters do that stand beside these parts."""
        found: set[int] = set()
        for parts, begins in ((given, self._roll.lasts), (surname, self._roll.firsts)):
            for part in parts:
                for start in self._beside(part.span).starts:
                    if start in begins:
                        found |= people & begins[start]
        return found

    def _shape(self, best: Best) -> Shape:
        covered = tuple(part.span for part in (best[0], best[1]) if part.level)
        if covered not in self._rests:
            self._rests[covered] = self._reader.read(self._one, covered)
        return Shape(best[0], best[1], self._rests[covered], self._one.way, *best[2:])

    def _beside(self, span: Span) -> Beside:
        if span not in self._near:
            self._near[span] = beside(self._one, span)
        return self._near[span]

    def _best(self, given: Sequence[Part], surname: Sequence[Part], known: Known | None) -> Best:
        """Return the best reading for one person, or for all whom the letters beside these parts do not fit."""
        most, best = _both(given, surname)
        for last in surname:
            worth = (last.span[1] - last.span[0]) * WORTH[last.level]
            if worth + 2 > most:
                other, middle = given_beside(self._one, known, self._beside(last.span)) if known else _NOTHING
                worth += len(other.form) * 0.9
                if worth > most:
                    most, best = worth, (other, last, middle, False, bool(other.level))
        for first in given:
            worth = (first.span[1] - first.span[0]) * WORTH[first.level]
            if worth + 2 > most or best is None:
                other, is_cut = surname_beside(self._one, known, self._beside(first.span)) if known else _NOTHING
                worth += len(other.form) * 0.9
                if worth > most:
                    most, best = worth, (first, other, False, is_cut, bool(other.level))
        return best or (NO_PART, NO_PART, False, False, False)


def _both(given: Sequence[Part], surname: Sequence[Part]) -> tuple[float, Best | None]:
    """Return the best given name and surname that do not overlap, and what they are worth."""
    most, best = 0.0, None
    for first in given:
        for last in surname:
            (a, b), (c, d) = first.span, last.span
            worth = (b - a) * WORTH[first.level] + (d - c) * WORTH[last.level]
            if (b <= c or d <= a) and worth > most:
                most, best = worth, (first, last, False, False, b == c or d == a)
    return most, best
