"""The registers as a dictionary of name parts, so that a handle is looked up and never compared with everybody."""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from checks.identity.cues import year_of
from checks.identity.fold import fold
from checks.identity.forms import PARTICLES, given_forms, parted, surname_forms, words_of
from checks.identity.model import Person
from checks.identity.names import names_of
from checks.identity.plain import collapsed, squashed

GROUPS: Mapping[str, str] = {
    "pupil": "child",
    "leaver": "leaver",
    "staff": "staff",
    "governor": "governor",
    "parent": "parent",
}
GIVEN, SURNAME = "given", "surname"
# How a part stands to the name on the register, best first.
LEVELS = ("own", "nick", "middle", "part", "spelt")
Entry = tuple[int, str, str]


@dataclass(slots=True)
class Known:
    """One person as the matcher knows them: every form of their names, with how it stands to the register's."""

    person: Person
    given: dict[str, str] = field(default_factory=dict)
    surname: dict[str, str] = field(default_factory=dict)
    given_initials: str = ""
    surname_initials: str = ""
    firsts: frozenset[str] = frozenset()  # the letters with which a given name begins
    lasts: frozenset[str] = frozenset()
    children: tuple[int, ...] = ()
    group: str = "other"
    year: str | None = None
    class_name: str = ""
    title: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody, and where each form of a name leads; `collapsed` holds the forms with doubled letters once."""

    known: Sequence[Known]
    parts: Mapping[str, Sequence[Entry]]
    collapsed: Mapping[str, Sequence[Entry]]
    classes: frozenset[str]
    longest: int
    whole: Mapping[str, Sequence[int]]  # full names of which plain letters hold too little
    initials: Mapping[str, Sequence[int]]  # given initials, or the first of them, and surname initials


@cache
def variants() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return, for given names and surnames, the other forms in which each may be written (nicknames.toml)."""
    text = resources.files("checks.identity").joinpath("nicknames.toml").read_text(encoding="utf-8")
    made: dict[str, dict[str, frozenset[str]]] = {}
    for kind, lists in tomllib.loads(text).items():
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line in (line for listed in lists.values() for line in listed):
            first, *others = map(squashed, line.split())
            found[first].update(others)
            for other in others:
                found[other].add(first)
        made[kind] = {form: frozenset(others - {form}) for form, others in found.items()}
    return made


@cache
def given_names() -> Mapping[str, int]:
    """Return how many people of the country were given each name (given_names.csv)."""
    text = resources.files("checks.identity").joinpath("given_names.csv").read_text(encoding="utf-8")
    return {row["name"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}


def build_roll(people: Sequence[Person], *, has_school: bool = True) -> Roll:
    """Return the dictionary of everybody's name parts; without a school, adults are weighed by their names alone."""
    known = [_known(person) for person in people]
    if not has_school:
        for one in known:
            one.group = one.group if one.group in {"child", "leaver"} else "other"
    by_id = {one.person.person_id: i for i, one in enumerate(known) if one.person.role in {"pupil", "leaver"}}
    parts: defaultdict[str, list[Entry]] = defaultdict(list)
    for i, one in enumerate(known):
        ids = re.split(r"[;, ]+", one.person.related_ids or "")
        one.children = tuple(by_id[ident] for ident in ids if ident in by_id)
        for kind, forms in ((GIVEN, one.given), (SURNAME, one.surname)):
            for form, level in forms.items():
                parts[form].append((i, kind, level))
    once: defaultdict[str, list[Entry]] = defaultdict(list)
    for form, entries in parts.items():
        once[collapsed(form)].extend(entries)
    classes = frozenset(one.class_name for one in known if one.class_name)
    whole, initials = _whole_names(known), _initials(known)
    return Roll(known, dict(parts), dict(once), classes, max(map(len, parts), default=0), whole, initials)


def _whole_names(known: Sequence[Known]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(known):
        if not one.given or not one.surname:
            for name in names_of(one.person):
                found[name].append(i)
    return dict(found)


def _initials(known: Sequence[Known]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(known):
        for first in {one.given_initials, one.given_initials[:1]} - {""} if one.surname_initials else ():
            found[first + one.surname_initials].append(i)
    return dict(found)


def _known(person: Person) -> Known:
    one = Known(
        person,
        group=GROUPS.get(person.role, "other"),
        year=year_of(person.year_group),
        class_name="".join((person.class_name or "").lower().split()),
        title=fold(person.title or ""),
        job=fold(person.job_title or ""),
    )
    given, surname, full = person.given_names or "", person.surname or "", person.full_name or ""
    if not (given and surname) and full:
        given, surname = parted(full)
    for level, name in given_forms(given, person.known_as, full, surname):
        _keep(one.given, name, level)
    for name in [name for name, level in one.given.items() if level == "own"]:
        for other in sorted(variants()["given"].get(name, ())):
            _keep(one.given, other, "nick")
    for level, name in surname_forms(surname):
        _keep(one.surname, name, level)
    for name in [name for name, level in one.surname.items() if level == "own"]:
        for other in sorted(variants()["surname"].get(name, ())):
            _keep(one.surname, other, "spelt")
    for word in words_of(person.other_names):
        _keep(one.given, word, "middle")
        _keep(one.surname, word, "part")
    one.given_initials = "".join(word[0] for word in words_of(given))
    one.surname_initials = "".join(word[0] for word in words_of(surname) if word not in PARTICLES or word == "o")
    one.firsts = frozenset(form[0] for form, level in one.given.items() if level != "middle")
    one.lasts = frozenset(form[0] for form in one.surname)
    return one


def _keep(forms: dict[str, str], name: str, level: str) -> None:
    if len(name) > 1 and (name not in forms or LEVELS.index(level) < LEVELS.index(forms[name])):
        forms[name] = level
