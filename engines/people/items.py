"""What speaks for or against one person as the owner of one account: named pieces of evidence, each with its size."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from engines.people.alike import Alike
from engines.people.context import Told
from engines.people.counts import Counts
from engines.people.model import Role
from engines.people.own import KNOWN_GROUPS, Own, OwnReader
from engines.people.part import NAMED, kind_of, strongest
from engines.people.roll import GIVEN, SURNAME, Roll
from engines.people.said import Item, cues_of
from engines.people.shape import Shape
from engines.people.weights import Weights

_MOST_LETTERS = 10
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "mx", "sir"})
_SILENT_KINDS = frozenset({"decoration", "place", "title", "school"})


class Candidate(NamedTuple):
    """People who may own one account for the same reasons: how each text shows their names, and all the evidence."""

    role: Role
    group: str
    people: AbstractSet[int]
    shapes: Mapping[str, Shape]
    items: Sequence[Item]


Weighed = tuple[Alike, list[Item], list[Item]]  # with the evidence of the name, and that of the cues


class Weigher:
    """Gathers the evidence about everybody who may own one account; what they share is worked out once."""

    def __init__(self, told: Told, counts: Counts, roll: Roll, as_of: date | None) -> None:
        self._told, self._counts = told, counts
        self._own = OwnReader(told, roll, as_of)
        self._by_group: dict[str, list[Item]] = {}
        self._by_text: dict[tuple[str, str, int, int], list[Item]] = {}
        self._by_shapes: dict[int, tuple[str, list[Item]]] = {}

    def alike(self, met: Sequence[Alike]) -> list[Weighed]:
        """Return all these people with the evidence that each group of them shares."""
        return [(one, self._shown(one.group, one.shapes), self._cues(one.group)) for one in met]

    def candidates(self, weighed: Sequence[Weighed]) -> Iterator[Candidate]:
        """Yield these people, parted by what the profile says of each of them alone."""
        for (role, group, shapes, people), shown, cues in weighed:
            if not self._own.speaks_of(group):
                yield Candidate(role, group, people, shapes, shown + cues)
                continue
            parted: defaultdict[Own, set[int]] = defaultdict(set)
            for person in people:
                parted[self._own.of(person)].add(person)
            for (digits, own), same in parted.items():
                yield Candidate(role, group, same, shapes, [*shown, *digits, *cues, *own])

    def is_within_reach(self, weighed: Sequence[Weighed], weights: Weights, least: float) -> bool:
        """Say whether anybody's bits may come to so many, whatever the profile says of them alone."""
        short: dict[str, float] = {}
        for one, shown, cues in weighed:
            if one.group not in short:
                short[one.group] = least - _bits(cues, weights) - self._own.most(one.group, weights)
            if _bits(shown, weights) >= short[one.group]:
                return True
        return False

    def _cues(self, group: str) -> list[Item]:
        if group not in self._by_group:
            self._by_group[group] = list(cues_of(group, self._told)) if group in KNOWN_GROUPS else []
        return self._by_group[group]

    def _shown(self, group: str, shapes: Mapping[str, Shape]) -> list[Item]:
        if id(shapes) not in self._by_shapes:
            self._by_shapes[id(shapes)] = self._named(shapes)
        kind, names = self._by_shapes[id(shapes)]
        found = [(f"{group}.prior", 1.0, ""), *names, (f"{group}.kind.{kind}", 1.0, "")]
        for name, shape in shapes.items():
            found += self._text(group, name, shape)
        return found

    def _named(self, shapes: Mapping[str, Shape]) -> tuple[str, list[Item]]:
        """Return how much of a name is shown, and what it tells."""
        given = strongest([shape.given for shape in shapes.values()])
        surname = strongest([shape.surname for shape in shapes.values()])
        found: list[Item] = []
        for kind, part in ((GIVEN, given), (SURNAME, surname)):
            if part.level in {"initial", "initials"}:
                found.append((f"{kind}.{part.level}", float(len(part.form)), part.form))
            elif part.level == "prefix":
                found.append((f"{kind}.prefix", 2.5 * min(len(part.form), 5), part.form))
            elif part.level:
                found.append((f"{kind}.{part.level}", self._counts.bits(part.form, kind), part.form))
        return kind_of(given, surname), found

    def _text(self, group: str, name: str, shape: Shape) -> list[Item]:
        met = (shape.given.level in NAMED) + (shape.surname.level in NAMED)
        if not met and (shape.given.level or shape.surname.level):
            met = 3
        key = (group, name, met, id(shape.rest))
        if key not in self._by_text:
            self._by_text[key] = list(_left_over(group, name, shape, self._told))
        found = self._by_text[key]
        if shape.way != "plain" or shape.middle:
            found = [*found, *_manner(name, shape)]
        return [*found, (f"{name}.full", 1.0, "")] if met == 2 else found


def _bits(items: Sequence[Item], weights: Weights) -> float:
    bits = weights.bits
    return sum([bits[name] * size for name, size, _ in items if name in bits])


def _manner(name: str, shape: Shape) -> Iterator[Item]:
    if shape.way != "plain":
        yield f"{name}.{shape.way}", 1.0, ""
    if shape.middle:
        yield "middle_initial", 1.0, ""


def _left_over(group: str, name: str, shape: Shape, told: Told) -> Iterator[Item]:
    rest = shape.rest
    is_silent = not shape.given.level and not shape.surname.level
    if is_silent:
        yield f"{name}.silent", 1.0, ""
    if name == "bio":
        return
    if rest.unexplained:
        letters = float(min(rest.unexplained, _MOST_LETTERS))
        yield f"{name}.silent_letters" if is_silent and name == "handle" else f"{name}.unexplained", letters, ""
    for kind, word in (rest.kinds or {}).items():
        if kind not in _SILENT_KINDS and word not in _TITLES:
            yield f"{group}.{name}.{kind}", 1.0, word
    if rest.other_given and not (told.names_two and name == "display"):
        yield f"{name}.other_given", 1.0, rest.other_given
    if rest.other_surname:
        yield f"{name}.other_surname", 1.0, rest.other_surname
    if rest.initials:
        yield f"{name}.other_initial", float(min(len(rest.initials), 3)), ""
