"""One person as the matcher knows them: every form in which their name may be written, and what a profile may tell."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from engines.people.cues import year_of
from engines.people.fold import fold
from engines.people.forms import PARTICLES, given_forms, parted, surname_forms, words_of
from engines.people.model import Person
from engines.people.plain import squashed

GROUPS: Mapping[str, str] = {
    "pupil": "child",
    "leaver": "leaver",
    "staff": "staff",
    "governor": "governor",
    "parent": "parent",
}
# How a part stands to the name on the register, best first.
LEVELS = ("own", "nick", "middle", "part", "spelt")


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


@cache
def variants() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return, for given names and surnames, the other forms in which each may be written (nicknames.toml)."""
    text = resources.files("engines.people").joinpath("nicknames.toml").read_text(encoding="utf-8")
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


def known_person(person: Person) -> Known:
    """Return a person with every form of their names."""
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
