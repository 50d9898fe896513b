"""Everyone on the invented school's registers: some 900 pupils, 90 staff, 12 governors, 1,100 parents."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import count

from demo.school import cast
from demo.school.cast import RegisterEntry
from demo.school.names import InventedNames, known_as
from demo.school.story import MOVED, DemoWeek
from demo.tables import read_tables

PUPILS, STAFF, GOVERNORS, PARENTS, LEAVERS = 900, 90, 12, 1_100, 60
HOUSES = "CDLPSW"
# Families in which a child bears a parent's whole name, by their place in the list of families.
NAMED_AFTER_A_PARENT = frozenset({40, 260, 510})
WHO_LEAVES, LEFT_ON = "005094", date(2026, 11, 20)  # between weeks 3 and 4
ALSO_LEAVES, ALSO_LEFT_ON = "004110", date(2026, 12, 4)  # whose channel the pupils register declared
SHIFTED = ("004101", "004105", "004104")  # whose two name cells move to the next of them in week MOVED


@dataclass(frozen=True, slots=True)
class SchoolRegisters:
    """The five registers of people, as they stand in one week."""

    pupils: tuple[RegisterEntry, ...]
    staff: tuple[RegisterEntry, ...]
    governors: tuple[RegisterEntry, ...]
    parents: tuple[RegisterEntry, ...]
    leavers: tuple[RegisterEntry, ...]

    @property
    def everyone(self) -> tuple[RegisterEntry, ...]:
        """All entries of all registers."""
        return (*self.pupils, *self.staff, *self.governors, *self.parents, *self.leavers)


def registers(week: DemoWeek) -> SchoolRegisters:
    """Return the registers as they stood on the Monday of this week."""
    base = _base()

    def declared(entries: tuple[RegisterEntry, ...]) -> tuple[RegisterEntry, ...]:
        return tuple(_declared(entry, week) for entry in entries)

    leaving = {WHO_LEAVES: LEFT_ON} if week.number >= 4 else {}
    leaving |= {ALSO_LEAVES: ALSO_LEFT_ON} if week.number >= MOVED else {}
    gone = [replace(pupil, left_on=leaving[pupil.person_id]) for pupil in base.pupils if pupil.person_id in leaving]
    here = [_named(pupil, week) for pupil in base.pupils if pupil.person_id not in leaving]
    return replace(
        base,
        pupils=declared(tuple(here)),
        staff=declared(base.staff),
        parents=declared(base.parents),
        leavers=(*base.leavers, *gone),
    )


def _named(pupil: RegisterEntry, week: DemoWeek) -> RegisterEntry:
    """Return a pupil under the register's names: in week MOVED somebody has sorted the name columns by themselves."""
    if pupil.person_id not in SHIFTED or week.number < MOVED:
        return pupil
    number = (SHIFTED.index(pupil.person_id) + 1) % len(SHIFTED)
    [other] = [each for each in cast.PUPILS if each.person_id == SHIFTED[number]]
    return replace(pupil, given_names=other.given_names, surname=other.surname)


def _declared(entry: RegisterEntry, week: DemoWeek) -> RegisterEntry:
    nothing = ("", "", "")
    return replace(
        entry,
        x_account=cast.DECLARED_X.get(entry.person_id, nothing)[week.turn - 1],
        youtube_account=cast.DECLARED_YOUTUBE.get(entry.person_id, nothing)[week.turn - 1],
    )


@cache
def _base() -> SchoolRegisters:
    chance = random.Random("registers")
    cast_entries = (*cast.PUPILS, *cast.STAFF, *cast.GOVERNORS, *cast.PARENTS, *cast.LEAVERS)
    names = InventedNames(chance, tuple(name for entry in cast_entries for name in entry.names))
    pupils, parents = _families(chance, names)
    return SchoolRegisters(
        pupils=tuple(pupils),
        staff=_staff(chance, names),
        governors=_governors(names),
        parents=tuple(parents),
        leavers=_leavers(chance, names),
    )


def _families(chance: random.Random, names: InventedNames) -> tuple[list[RegisterEntry], list[RegisterEntry]]:
    """Return all pupils and all parents: the cast's first, then families of one to three children."""
    pupils, parents = list(cast.PUPILS), list(cast.PARENTS)
    families: list[tuple[str, str, list[RegisterEntry]]] = []
    numbers = count(5_001)
    while len(pupils) < PUPILS:
        heritage, surname = names.family()
        size = min(chance.choices((1, 2, 3), (66, 27, 7))[0], PUPILS - len(pupils))
        drawn = (_child(chance, names, heritage, surname, numbers) for _ in range(size))
        children = [child for child in drawn if child is not None]
        if children:
            pupils += children
            families.append((heritage, surname, children))
    second = set(chance.sample(range(len(families)), k=PARENTS - len(parents) - len(families)))
    for place, (heritage, surname, children) in enumerate(families):
        if place in NAMED_AFTER_A_PARENT:
            parents.append(_parent(len(parents), children[0].given_names, surname, children))
        else:
            parents.append(_new_parent(names, heritage, surname, children, len(parents)))
        if place in second:
            parents.append(_new_parent(names, heritage, surname, children, len(parents)))
    return pupils, parents


def _child(
    chance: random.Random, names: InventedNames, heritage: str, surname: str, numbers: Iterator[int]
) -> RegisterEntry | None:
    given = names.given(heritage, surname, "child")
    if given is None:
        return None
    year = chance.choices(range(7, 14), (16, 16, 16, 15, 15, 11, 11))[0]
    start = date(2026 - 5 - year, 9, 1)
    goes_by = known_as(given) if chance.random() < 0.6 else ""
    return RegisterEntry(
        person_id=f"{next(numbers):06}",
        given_names=given,
        surname=surname,
        known_as=goes_by,
        born_on=start + timedelta(days=chance.randrange(365)),
        year_group=f"Year {year}",
        class_name=f"{year}{chance.choice(HOUSES)}",
    )


def _new_parent(
    names: InventedNames, heritage: str, surname: str, children: list[RegisterEntry], number: int
) -> RegisterEntry:
    """Make a parent of these children, of their surname while a name with it is free, else of another."""
    given = names.given(heritage, surname, "adult")
    if given is None:
        given, surname = names.person("adult")
    return _parent(number, given, surname, children)


def _parent(number: int, given: str, surname: str, children: list[RegisterEntry]) -> RegisterEntry:
    related = tuple(child.person_id for child in children)
    return RegisterEntry(person_id=f"PC{1000 + number}", given_names=given, surname=surname, related_ids=related)


def _staff(chance: random.Random, names: InventedNames) -> tuple[RegisterEntry, ...]:
    jobs = read_tables("demo.school", "words.toml")["jobs"]
    made = [
        RegisterEntry(
            person_id=f"ST{number:03}",
            title=chance.choice(("Mr", "Mrs", "Ms", "Miss", "Dr")),
            given_names=given,
            surname=surname,
            job_title=chance.choices(list(jobs), jobs.values())[0],
        )
        for number in range(1, STAFF - len(cast.STAFF) + 1)
        for given, surname in (names.person("adult"),)
    ]
    return (*cast.STAFF, *made)


def _governors(names: InventedNames) -> tuple[RegisterEntry, ...]:
    made = [
        RegisterEntry(person_id=f"GV{number:03}", given_names=given, surname=surname, job_title="Parent governor")
        for number in range(1, GOVERNORS - len(cast.GOVERNORS) + 1)
        for given, surname in (names.person("adult"),)
    ]
    return (*cast.GOVERNORS, *made)


def _leavers(chance: random.Random, names: InventedNames) -> tuple[RegisterEntry, ...]:
    made = [
        RegisterEntry(
            person_id=f"{3900 + number:06}",
            given_names=given,
            surname=surname,
            born_on=date(2007, 9, 1) + timedelta(days=chance.randrange(365)),
            left_on=date(2026, 7, 21),
        )
        for number in range(LEAVERS - len(cast.LEAVERS))
        for given, surname in (names.person("child"),)
    ]
    return (*cast.LEAVERS, *made)
