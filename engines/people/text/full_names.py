"""Folded full names: of a person on a register, and those that a shown name may be."""

import re
from collections.abc import Iterable

from engines.people.cues.words import cue_words
from engines.people.model import RegisterPerson
from engines.text.folding import fold

# What people write after their name: "Name | keeper", "Name (she/her)", "Name, Year 8".
AFTER_NAME = re.compile(r"[|(/\[~\u2022\u2013\u2014,]|\s-\s")
_TRAILING_YEAR = re.compile(r" (?:year|yr|y) ?\d{1,2}$")


def full_names_of(person: RegisterPerson) -> frozenset[str]:
    """Return the folded full names of a person; a single word is never a full name."""
    given, surname = person.given_names, person.surname
    first = given.split()[0] if given and given.strip() else None
    pairs = {(given, surname), (first, surname), (person.known_as, surname)}
    written = [f"{a} {b}" for a, b in pairs if a and b]
    before, comma, after = (person.full_name or "").partition(",")
    written.append(f"{after} {before}" if comma else before)
    return _full_names(map(fold, written))


def displayed_names(display_name: str | None) -> frozenset[str]:
    """Return the folded full names that a display name may show: whole, without its title, without what follows."""
    if not display_name:
        return frozenset()
    whole = fold(display_name)
    names = {whole, fold(AFTER_NAME.split(display_name, maxsplit=1)[0]), _TRAILING_YEAR.sub("", whole)}
    return _full_names(names | {_without_title(name) for name in names})


def _without_title(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first in cue_words()["title"] else name


def _full_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if " " in name)
