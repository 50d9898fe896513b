"""What the registers come to: every form of everybody's names, and the index of name parts."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

from engines.people.model import RegisterPerson, Role

# How a part stands to the name on the register, best first.
LEVELS = ("own", "nick", "middle", "part", "spelt", "misspelt")


@dataclass(slots=True)
class PersonForms:
    """One person as the matcher knows them: every form of their names, with how it stands to the register's."""

    person: RegisterPerson
    given: dict[str, str] = field(default_factory=dict)
    surname: dict[str, str] = field(default_factory=dict)
    given_initials: str = ""
    surname_initials: str = ""
    given_starts: frozenset[str] = frozenset()  # the letters with which a given name begins
    surname_starts: frozenset[str] = frozenset()
    children: tuple[int, ...] = ()
    group: str = "other"
    year: str | None = None
    class_name: str = ""
    title: str = ""
    job: str = ""

    @property
    def last_initials(self) -> str:
        """Return the initials behind the first given name, Tia R. B.; empty where there is no further name."""
        return self.given_initials[1:] + self.surname_initials if self.given_initials[1:] else ""


GIVEN, SURNAME = "given", "surname"
LONGEST_START, START = 2, 3
# The first letters of every part with the length of the longest that begins so: most places of a text cost one look.
Starts = Mapping[str, int]


class Bearers(NamedTuple):
    """Everybody to whose name a form stands alike: as a given name or a surname, and at one level."""

    kind: str
    level: str
    people: frozenset[int]


Parts = Mapping[str, Sequence[Bearers]]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Everybody, and where each form of a name leads; `undoubled_parts` holds the forms with every doubled letter once.

    `given_starts` and `surname_starts` say whose given name or initials, and whose surname or its initials, begin so.
    """

    person_forms: Sequence[PersonForms]
    parts: Parts
    undoubled_parts: Parts
    misspelt: Mapping[str, str]  # each misspelt form among the parts, with the surname that it stands for
    roles: Sequence[tuple[Role, str, frozenset[int]]]  # each role with its group
    given_starts: Mapping[str, frozenset[int]]
    surname_starts: Mapping[str, frozenset[int]]
    classes: frozenset[str]
    native_parts: Parts  # parts of names in scripts that are not written out in Latin letters
    full_names: Mapping[str, frozenset[int]]  # full names of which plain letters hold too little
    initials: Mapping[str, frozenset[int]]  # given initials, or the first of them, and surname initials
    staff_initials: Mapping[str, frozenset[int]]  # the staff whose surname begins with this letter
    groups_with_birth_dates: frozenset[str]  # groups in which dates of birth are known
    class_words: frozenset[str]  # a profile that has none of these gives nobody's class
    job_words: frozenset[str]  # a profile that has none of these gives nobody's job
    child_forms: Mapping[str, frozenset[int]]  # the parents of the children who bear this given name
    child_starts: Starts


@cache
def given_names() -> Mapping[str, int]:
    """Return how many people of the country were given each name (given_names.csv)."""
    text = resources.files(__package__).joinpath("given_names.csv").read_text(encoding="utf-8")
    return {row["name"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}
