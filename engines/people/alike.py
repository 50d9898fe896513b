"""Gathers everybody whose name an account shows in the same way: they are weighed once, and not one by one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.beside import NO_PART, Part
from engines.people.handle import Spelt
from engines.people.model import Role
from engines.people.reading import Shown
from engines.people.rest import NO_REST, RestReader
from engines.people.roll import Roll
from engines.people.shape import Face, Shape, shapes

_SHORTEST_INITIALS, _MOST_INITIALS = 2, 4
_WORTH = {
    "own": 1.0,
    "nick": 0.9,
    "part": 0.8,
    "spelt": 0.75,
    "middle": 0.6,
    "prefix": 0.7,
    "initials": 0.9,
    "initial": 0.9,
    "": 0,
}
Met = tuple[dict[str, Shape], AbstractSet[int]]


class Alike(NamedTuple):
    """Everybody of one register whose name an account's texts show in one way."""

    role: Role
    group: str
    shapes: Mapping[str, Shape]
    people: AbstractSet[int]


def gathered(shown: Shown, roll: Roll, reader: RestReader) -> list[Alike]:
    """Return everybody of whose name an account shows a part, each once."""
    met: list[Met] = [({"handle": shape}, people) for shape, people in _handle(shown, roll, reader)]
    for name, read in (("display", shown.display), ("bio", shown.bio)):
        if read and read[1]:
            met = _joined(met, name, shapes(*read, roll, reader))
    if shown.whole:
        given, _, surname = shown.whole[0].partition(" ")
        parts = Part("own", given, (0, 0)), Part("own", surname, (0, 0))
        met = _joined(met, "display", [(Shape(*parts, NO_REST, "plain"), frozenset(shown.whole[1]))])
    if more := frozenset(shown.initials).difference(*(people for _, people in met)):
        met.append(({}, more))
    return [
        Alike(role, group, by_field, everybody & people)
        for by_field, people in _with_silence(met, shown, roll, reader)
        for role, group, everybody in roll.roles
        if not everybody.isdisjoint(people)
    ]


def _handle(shown: Shown, roll: Roll, reader: RestReader) -> list[Face]:
    """Return how the handle shows names, each in the reading that explains most."""
    found: list[Face] = []
    for one, hits in shown.readings:
        read = shapes(one, hits, roll, reader)
        found = _better(found, read) if found else read
    return found


def _better(before: Sequence[Face], now: Sequence[Face]) -> list[Face]:
    joined = _joined([({"before": shape}, people) for shape, people in before], "now", now)
    return [(max(both.values(), key=_worth), people) for both, people in joined]


def _joined(met: Sequence[Met], name: str, faces: Sequence[Face]) -> list[Met]:
    """Part those who were met already by how one more text shows their names, and add those whom it alone shows."""
    found: list[Met] = []
    known: AbstractSet[int] = frozenset().union(*(people for _, people in met))
    for by_field, people in met:
        left = people
        for shape, bearers in faces:
            if not left.isdisjoint(bearers):
                found.append(({**by_field, name: shape}, left & bearers))
                left = left - bearers
        if left:
            found.append((by_field, left))
    return found + [({name: shape}, new) for shape, bearers in faces if (new := bearers - known)]


def _with_silence(met: Sequence[Met], shown: Shown, roll: Roll, reader: RestReader) -> list[Met]:
    """Add what a handle or a shown name says that shows no part of these people's names."""
    display = shown.display[0] if shown.display else None
    found = _credible(met, roll)
    for name, one in (("handle", shown.handle.readings[0]), ("display", display)):
        if one is not None and one.letters and any(name not in by_field for by_field, _ in found):
            silent = Shape(NO_PART, NO_PART, reader.read(one, ()), "plain")
            found = [
                both
                for by_field, people in found
                for both in (
                    [(by_field, people)] if name in by_field else _silent(by_field, people, name, one, silent, roll)
                )
            ]
    return found


def _credible(met: Sequence[Met], roll: Roll) -> list[Met]:
    """Leave out all but parents of whom every text shows one part alone, beside a part of somebody else's name."""
    found: list[Met] = []
    for by_field, people in met:
        left = {i for i in people if roll.known[i].group == "parent"} if _is_another(by_field) else people
        if left:
            found.append((by_field, left))
    return found


def _silent(
    by_field: dict[str, Shape], people: AbstractSet[int], name: str, one: Spelt, silent: Shape, roll: Roll
) -> list[Met]:
    if not _SHORTEST_INITIALS <= len(one.letters) <= _MOST_INITIALS:
        return [({**by_field, name: silent}, people)]
    by_initials: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for i in people:
        by_initials[roll.known[i].given_initials, roll.known[i].surname_initials].add(i)
    return [({**by_field, name: _initials(one, *initials) or silent}, same) for initials, same in by_initials.items()]


def _initials(one: Spelt, given: str, surname: str) -> Shape | None:
    """Return the shape of a text that is nothing but these initials."""
    for first in (given, given[:1]):
        if one.letters == first + surname:
            end = len(first)
            parts = Part("initial", first, (0, end)), Part("initials", surname, (end, len(one.letters)))
            return Shape(*parts, NO_REST, "plain")
    if one.letters == given:
        return Shape(Part("initial", given, (0, len(given))), NO_PART, NO_REST, "plain")
    return None


def _is_another(by_field: Mapping[str, Shape]) -> bool:
    """Say whether every text shows but one part of this person's name, beside a part of somebody else's."""
    for shape in by_field.values():
        if shape.given.level or not shape.surname.level or not shape.rest.other_given:
            return False
    return bool(by_field)


def _worth(shape: Shape) -> float:
    names = sum(_WORTH[part.level] * len(part.form) for part in (shape.given, shape.surname))
    return names - 0.5 * shape.rest.unexplained - (0.6 if shape.way != "plain" else 0)
