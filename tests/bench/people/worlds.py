"""Draws schools with their accounts by a grammar: names by culture, handles and profiles put together piece by piece.

No style is listed anywhere, so that none can be learned by heart. Words and names are in worlds.toml; a hash keeps half
of them for the worlds that nothing learns from. A person's id begins with the culture of the name.
"""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from engines.people.model import ActorProfile, RegisterPerson, SchoolNames
from engines.people.register.model import GIVEN, given_names
from tests.bench.people import world_profiles
from tests.bench.people.sets import DevSet
from tests.bench.people.world_profiles import AS_OF, Shown

PUPILS, STAFF, CULTURES = 360, 36, 4
HOUSES = 4
# How many accounts a school has of each kind; the crowd is people and words that have nothing to do with it.
COUNTS = {"pupil": 80, "staff": 16, "parent": 40, "joint": 6, "namesake": 60, "silent_namesake": 12, "about": 14,
          "relative": 24, "other_child": 120, "adult": 100, "teacher": 24, "crowd": 700}  # fmt: skip


@cache
def lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the lists of worlds.toml."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def half(words: Sequence[str], *, kept: bool) -> Sequence[str]:
    """Return every other word of a list: those that are kept for measuring, or the others."""
    return words[int(kept) :: 2]


@dataclass(slots=True)
class World:
    """One school while it is drawn."""

    chance: random.Random
    kept: bool
    people: list[RegisterPerson] = field(default_factory=list)
    actors: list[ActorProfile] = field(default_factory=list)
    truth: dict[str, frozenset[str]] = field(default_factory=dict)
    parents: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    school: SchoolNames = field(default_factory=lambda: SchoolNames(""))

    def word(self, name: str) -> str:
        """Return a drawn word of this half of a list."""
        return self.chance.choice(half(lists()["words"][name], kept=self.kept))

    def town(self) -> str:
        """Return a drawn town that is not the school's."""
        return next(town for town in iter(lambda: self.word("towns"), None) if town != self.school.town)

    def name(self, kind: str, culture: str) -> str:
        """Return a drawn given name or surname."""
        if culture == "british" and kind == GIVEN:
            names = given_names()
            return self.chance.choices(list(names), list(names.values()))[0].title()
        return self.chance.choice(lists()[kind][culture])

    def add(self, kind: str, shown: Shown, owners: Sequence[RegisterPerson] = ()) -> None:
        """Keep one account."""
        ident = f"a{len(self.actors)}"
        handle, display, bio, location = shown
        self.actors.append(ActorProfile(platform="x", actor_id=ident, handle=handle, display_name=display,
                                        bio=bio, location=location))  # fmt: skip
        self.kinds[ident] = kind
        for role_of, is_meant in ((self.truth, lambda one: one.role != "parent"), (self.parents, _is_parent)):
            if ids := frozenset(one.person_id for one in owners if is_meant(one)):
                role_of[ident] = ids


def _is_parent(one: RegisterPerson) -> bool:
    return one.role == "parent"


def school_name(world: World) -> str:
    """Return a drawn name of a school."""
    made = world.word("kinds").replace("{stem}", world.word("stems")).replace("{saint}", world.word("saints"))
    return made.replace("{king}", world.word("kings"))


def world(seed: str, *, kept: bool = False, cultures: Sequence[str] = ()) -> DevSet:
    """Return a drawn school; `cultures` are those of its names, drawn too where none is given."""
    one = World(random.Random(seed), kept)
    name = school_name(one)
    words = name.replace("'", "").split()
    initials = "".join(word[0] for word in words).upper()
    short = " ".join(words[:2]) if len(words) > 2 else name
    aliases = tuple(dict.fromkeys(alias for alias in (initials, short, initials + "School") if len(alias) > 2))
    houses = tuple(one.chance.sample(half(lists()["words"]["houses"], kept=kept), HOUSES))
    one.school = SchoolNames(name, aliases, one.word("towns"), "Wexfordshire", houses=houses)
    mixed = cultures or one.chance.sample(sorted(lists()["given"]), CULTURES)
    _register(one, mixed)
    _accounts(one, houses, mixed)
    findable = frozenset(account for account, kind in one.kinds.items() if kind.startswith("pupil"))
    return DevSet(seed, one.people, one.actors, one.school, AS_OF, one.truth, one.parents, one.kinds, findable)


def _register(one: World, cultures: Sequence[str]) -> None:
    draw, weights = one.chance, [2**-place for place in range(len(cultures))]
    youngest = draw.choice((4, 11))
    for number in range(PUPILS):
        culture = draw.choices(cultures, weights)[0]
        given, surname = _new_name(one, culture)
        middle = f" {one.name('given', culture)}" if draw.random() < 0.3 else ""
        age = draw.randrange(youngest, youngest + 6)
        year, born = age - 4, date(AS_OF.year - age, draw.randrange(1, 9), draw.randrange(1, 28))
        is_chinese = culture == "east_asian" and draw.random() < 0.3
        first, last = (surname, given) if is_chinese else (given + middle, surname)
        known = one.name("given", "british") if is_chinese else None
        one.people.append(RegisterPerson(
            role="pupil", person_id=f"{culture}-{number}", given_names=first, surname=last, known_as=known,
            date_of_birth=born,
            year_group=f"Y{year}" if year else "R", class_name=f"{year}{draw.choice('ABMK')}"))  # fmt: skip
        if draw.random() < 0.6:
            one.people.append(RegisterPerson(
                role="parent", person_id=f"{culture}-c{number}", given_names=one.name("given", culture),
                surname=last if draw.random() < 0.8 else one.name("surname", culture),
                related_ids=f"{culture}-{number}"))  # fmt: skip
    for number in range(STAFF):
        culture = draw.choices(cultures, weights)[0]
        one.people.append(RegisterPerson(
            role="staff", person_id=f"{culture}-s{number}", title=draw.choice(("Mr", "Mrs", "Miss", "Ms")),
            given_names=one.name("given", culture), surname=one.name("surname", culture), job_title=one.word("jobs"),
            other_names=one.name("surname", culture) if draw.random() < 0.2 else None))  # fmt: skip


def _elsewhere(one: World) -> str:
    """Return the name of another school, which has no telling word of ours."""
    common = {*" ".join(lists()["words"]["kinds"]).split(), *" ".join(lists()["words"]["kings"]).split(), "St", "The"}
    ours = set(one.school.name.split()) - common
    names = [school_name(one) for _ in range(20)]
    return next(name for name in names if name != one.school.name and ours.isdisjoint(name.split()))


def _new_name(one: World, culture: str) -> tuple[str, str]:
    """Return a name that hardly anybody has yet."""
    names = [(one.name(GIVEN, culture), one.name("surname", culture)) for _ in range(4)]
    had = {(person.given_names, person.surname) for person in one.people}
    return next((name for name in names if name not in had), names[0])


def _accounts(one: World, houses: Sequence[str], cultures: Sequence[str]) -> None:
    draw, by_role = (
        one.chance,
        {role: [p for p in one.people if p.role == role] for role in ("pupil", "staff", "parent")},
    )
    by_id = {person.person_id: person for person in one.people}
    for kind, count in COUNTS.items():
        for _ in range(count):
            culture = draw.choice(cultures)
            stranger = (one.name("given", culture), one.name("surname", culture))
            pupil, staff, parent = (draw.choice(by_role[role]) for role in ("pupil", "staff", "parent"))
            if kind == "pupil":
                family, shown = world_profiles.pupil(one, pupil, houses)
                one.add(f"pupil/{family}", shown, [pupil])
            elif kind == "staff":
                family, shown = world_profiles.staff(one, staff)
                one.add(f"staff/{family}", shown, [staff])
            elif kind == "joint":
                other = draw.choice([p for p in by_role["pupil"] if p is not pupil])
                one.add("pupil/joint", world_profiles.joint(one, pupil, other, houses), [pupil, other])
            elif kind == "parent":
                child = by_id[parent.related_ids or ""]
                one.add("parent/parent", world_profiles.relative(one, parent, child, "parents"), [parent])
            elif kind == "relative":
                surname = (pupil.surname or "") if draw.random() < 0.6 else stranger[1]
                person = RegisterPerson(role="parent", person_id="", given_names=stranger[0], surname=surname)
                one.add("relative", world_profiles.relative(one, person, pupil, "relatives"))
            elif kind in {"namesake", "silent_namesake"}:
                elsewhere = _elsewhere(one) if kind == "namesake" else ""
                one.add(kind, world_profiles.namesake(one, pupil, elsewhere))
            elif kind == "about":
                one.add(kind, world_profiles.about(one, pupil))
            else:
                near = draw.random()
                names = (
                    (handle_name(pupil), stranger[1])
                    if near < 0.4
                    else (stranger[0], pupil.surname or "")
                    if near < 0.6
                    else stranger
                )
                one.add(kind, world_profiles.stranger(one, kind, *names, school_name(one)))


def handle_name(person: RegisterPerson) -> str:
    """Return the given name by which somebody goes."""
    return person.known_as or (person.given_names or "").split()[0]


def culture_of(person_id: str) -> str:
    """Return the culture of the name of a person of a drawn school."""
    return person_id.partition("-")[0]
