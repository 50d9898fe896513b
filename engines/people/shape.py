"""Finds how one text shows people's names: which part of the name stands where, and what is left over."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.beside import NO_PART, Beside, Part, beside, given_beside, surname_beside
from engines.people.handle import Spelt
from engines.people.hits import Hit
from engines.people.known import Known
from engines.people.rest import Rest, RestReader, Span
from engines.people.roll import SURNAME, Roll

Face = tuple["Shape", AbstractSet[int]]
Best = tuple[Part, Part, bool, bool, bool]
# How much a level is worth when one person may be read in several ways; the model weighs it anew.
WORTH = {"own": 1.0, "nick": 0.9, "part": 0.8, "spelt": 0.75, "middle": 0.6}
_NOTHING = NO_PART, False
_NO_ONE: frozenset[int] = frozenset()


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
    text = _Text(one, roll, reader)
    several = _several([people for *_, entries in hits for _, _, people in entries])
    found: list[Face] = []
    for a, b, form, entries in hits:
        for kind, level, people in entries:
            if alone := people - several if several else people:
                found += text.of_one_part(Part(level, form, (a, b)), alone, is_surname=kind == SURNAME)
    by_parts: defaultdict[tuple[tuple[Part, ...], tuple[Part, ...]], set[int]] = defaultdict(set)
    for person in several:
        by_parts[_parts_of(person, hits)].add(person)
    for (given, surname), same in by_parts.items():
        found += text.of_parts(given, surname, same)
    return found


def _parts_of(person: int, hits: Sequence[Hit]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts of this person's given name and of their surname that were met."""
    mine: tuple[list[Part], list[Part]] = [], []
    for a, b, form, entries in hits:
        for kind, level, people in entries:
            if person in people:
                mine[kind == SURNAME].append(Part(level, form, (a, b)))
    return tuple(mine[0]), tuple(mine[1])


def _several(groups: Sequence[frozenset[int]]) -> AbstractSet[int]:
    """Return everybody who stands in more than one of these groups."""
    found: set[int] = set()
    if len(groups) == 1:
        return found
    seen: set[int] = set()
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

    def of_one_part(self, part: Part, people: AbstractSet[int], *, is_surname: bool) -> list[Face]:
        """Return how this text shows the names of people of whom it has this one part."""
        fitting = self._fitting(part.span, people, self._roll.firsts if is_surname else self._roll.lasts)
        parts: tuple[Sequence[Part], Sequence[Part]] = ((), (part,)) if is_surname else ((part,), ())
        found = self._one_by_one(*parts, fitting) if fitting else []
        if len(fitting) < len(people):
            rest, way = self._rest((part.span,)), self._one.way
            shape = Shape(NO_PART, part, rest, way) if is_surname else Shape(part, NO_PART, rest, way)
            found.append((shape, people - fitting if fitting else people))
        return found

    def of_parts(self, given: Sequence[Part], surname: Sequence[Part], people: AbstractSet[int]) -> list[Face]:
        """Return how this text shows the names of people of whom it has these same parts."""
        fitting: AbstractSet[int] = _NO_ONE
        for parts, begins in ((given, self._roll.lasts), (surname, self._roll.firsts)):
            for part in parts:
                fitting |= self._fitting(part.span, people, begins)
        found = self._one_by_one(given, surname, fitting) if fitting else []
        if len(fitting) < len(people):
            found.append((self._shape(self._best(given, surname, None)), people - fitting))
        return found

    def _fitting(self, span: Span, people: AbstractSet[int], begins: Mapping[str, frozenset[int]]) -> AbstractSet[int]:
        """Return those whose other name may begin as the letters do that stand beside this part."""
        found: AbstractSet[int] = _NO_ONE
        for start in self._beside(span).starts:
            if start in begins and not begins[start].isdisjoint(people):
                found |= begins[start] & people
        return found

    def _one_by_one(self, given: Sequence[Part], surname: Sequence[Part], people: AbstractSet[int]) -> list[Face]:
        by_best: defaultdict[Best, set[int]] = defaultdict(set)
        for person in people:
            by_best[self._best(given, surname, self._roll.known[person])].add(person)
        return [(self._shape(best), same) for best, same in by_best.items()]

    def _shape(self, best: Best) -> Shape:
        rest = self._rest(tuple(part.span for part in (best[0], best[1]) if part.level))
        return Shape(best[0], best[1], rest, self._one.way, *best[2:])

    def _rest(self, covered: tuple[Span, ...]) -> Rest:
        if covered not in self._rests:
            self._rests[covered] = self._reader.read(self._one, covered)
        return self._rests[covered]

    def _beside(self, span: Span) -> Beside:
        if span not in self._near:
            self._near[span] = beside(self._one, span)
        return self._near[span]

    def _best(self, given: Sequence[Part], surname: Sequence[Part], known: Known | None) -> Best:
        return best_reading(self._one, given, surname, known, self._beside)


def best_reading(
    one: Spelt,
    given: Sequence[Part],
    surname: Sequence[Part],
    known: Known | None,
    near: Callable[[Span], Beside],
) -> Best:
    """Return the best reading for one person, or for all whom the letters beside these parts do not fit."""
    most, best = _both(given, surname)
    for last in surname:
        worth = (last.span[1] - last.span[0]) * WORTH[last.level]
        if worth + 2 > most:
            other, middle = given_beside(one, known, near(last.span)) if known else _NOTHING
            worth += len(other.form) * 0.9
            if worth > most:
                most, best = worth, (other, last, middle, False, bool(other.level))
    for first in given:
        worth = (first.span[1] - first.span[0]) * WORTH[first.level]
        if worth + 2 > most or best is None:
            other, is_cut = surname_beside(one, known, near(first.span)) if known else _NOTHING
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
