"""The registers as a dictionary of name parts, so that a handle is looked up and never compared with everybody."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple, TypeVar

from engines.people.fold import fold
from engines.people.known import Known, known_person
from engines.people.model import Person, Role
from engines.people.names import names_of
from engines.people.plain import collapsed

GIVEN, SURNAME = "given", "surname"
LONGEST_START, START = 2, 3
# The first letters of every part with the length of the longest that begins so: most places of a text cost one look.
Starts = Mapping[str, int]


class Bearers(NamedTuple):
    """Everybody to whose name a form stands alike: as a given name or a surname, and at one level."""

    kind: str
    level: str
    people: frozenset[int]


Key = TypeVar("Key", bound=str)
Parts = Mapping[str, Sequence[Bearers]]
Made = defaultdict[str, defaultdict[tuple[str, str], list[int]]]


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody, and where each form of a name leads; `collapsed` holds the forms with doubled letters once.

    `firsts` and `lasts` say whose given name or initials, and whose surname or its initials, begin so.
    """

    known: Sequence[Known]
    parts: Parts
    collapsed: Parts
    roles: Sequence[tuple[Role, str, frozenset[int]]]  # each role with its group
    firsts: Mapping[str, frozenset[int]]
    lasts: Mapping[str, frozenset[int]]
    classes: frozenset[str]
    whole: Mapping[str, Sequence[int]]  # full names of which plain letters hold too little
    initials: Mapping[str, Sequence[int]]  # given initials, or the first of them, and surname initials
    dated: frozenset[str]  # groups in which dates of birth are known
    class_words: frozenset[str]  # a profile that has none of these gives nobody's class
    job_words: frozenset[str]  # a profile that has none of these gives nobody's job
    child_forms: Mapping[str, frozenset[int]]  # the parents of the children who bear this given name
    child_starts: Starts


@cache
def given_names() -> Mapping[str, int]:
    """Return how many people of the country were given each name (given_names.csv)."""
    text = resources.files("engines.people").joinpath("given_names.csv").read_text(encoding="utf-8")
    return {row["name"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}


def build_roll(people: Sequence[Person], *, has_school: bool = True) -> Roll:
    """Return the dictionary of everybody's name parts; without a school, adults are weighed by their names alone."""
    known = [known_person(person) for person in people]
    if not has_school:
        for one in known:
            one.group = one.group if one.group in {"child", "leaver"} else "other"
    by_id = {one.person.person_id: i for i, one in enumerate(known) if one.person.role in {"pupil", "leaver"}}
    parts: Made = defaultdict(lambda: defaultdict(list))
    once: Made = defaultdict(lambda: defaultdict(list))
    for i, one in enumerate(known):
        ids = re.split(r"[;, ]+", one.person.related_ids or "")
        one.children = tuple(by_id[ident] for ident in ids if ident in by_id)
        for kind, forms in ((GIVEN, one.given), (SURNAME, one.surname)):
            for form, level in forms.items():
                parts[form][kind, level].append(i)
    for form, by_level in parts.items():
        for how, people_so_called in by_level.items():
            once[collapsed(form)][how] += people_so_called
    child_forms = _indexed(
        (form, i)
        for i, one in enumerate(known)
        for child in one.children
        for form in known[child].given
        if len(form) >= START
    )
    return Roll(
        known,
        _frozen(parts),
        _frozen(once),
        roles=[
            (role, known[min(people)].group, people)
            for role, people in _indexed((one.person.role, i) for i, one in enumerate(known)).items()
        ],
        firsts=_indexed((start, i) for i, one in enumerate(known) for start in _starts(one.given, one.given_initials)),
        lasts=_indexed(
            (start, i) for i, one in enumerate(known) for start in _starts(one.surname, one.surname_initials)
        ),
        classes=frozenset(one.class_name for one in known if one.class_name),
        whole=_whole_names(known),
        initials=_initials(known),
        dated=frozenset(one.group for one in known if one.person.date_of_birth),
        class_words=frozenset(word for one in known for word in words_of_class(one.class_name)),
        job_words=frozenset(one.job.partition(" ")[0] for one in known if one.job),
        child_forms=child_forms,
        child_starts=starts_of(child_forms),
    )


def starts_of(parts: Iterable[str]) -> Starts:
    """Return the first letters of every part, each with the length of the longest part that begins so."""
    found: dict[str, int] = {}
    for form in parts:
        found[form[:START]] = max(found.get(form[:START], 0), len(form))
    return found


def words_of_class(class_name: str) -> set[str]:
    """Return the words of which a profile must show one, if it gives this class."""
    words = fold(class_name).split()
    return {*words, "".join(words)} - {""}


def _starts(forms: Iterable[str], initials: str) -> set[str]:
    """Return how every form, with and without doubled letters, and the initials begin: one letter and two."""
    begun = {form[:LONGEST_START] for form in forms}
    doubled = {form for form in forms if form[:1] == form[1:LONGEST_START]}
    begun |= {collapsed(form)[:LONGEST_START] for form in doubled} | {initials[:LONGEST_START]}
    return (begun | {start[:1] for start in begun}) - {""}


def _frozen(made: Made) -> Parts:
    return {
        form: tuple(Bearers(*how, frozenset(people)) for how, people in by_level.items())
        for form, by_level in made.items()
    }


def _indexed(pairs: Iterable[tuple[Key, int]]) -> dict[Key, frozenset[int]]:
    found: defaultdict[Key, set[int]] = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return {key: frozenset(people) for key, people in found.items()}


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
