"""How much of a name an account shows, in all its texts together."""

from collections.abc import Iterable

from engines.people.candidates.model import NO_PART, NamePart

_RANK = {
    "own": 8,
    "nick": 7,
    "part": 6,
    "spelt": 6,
    "middle": 5,
    "misspelt": 4,
    "cut": 3,
    "prefix": 2,
    "initials": 1,
    "initial": 1,
    "": 0,
}
_SEVERAL = 2
NAME_LEVELS = frozenset({"own", "nick", "part", "spelt", "middle", "misspelt", "cut"})


def strongest_part(parts: Iterable[NamePart]) -> NamePart:
    """Return the part that says most of the name, the first of those that say as much."""
    shown_parts = [part for part in parts if part.level]
    if len(shown_parts) < _SEVERAL:
        return shown_parts[0] if shown_parts else NO_PART
    return max(shown_parts, key=_strength)


def _strength(part: NamePart) -> tuple[int, int]:
    return _RANK[part.level], len(part.form)


def extent_of_name(given: NamePart, surname: NamePart) -> str:
    """Name how much of a name is shown."""
    has_given, has_surname = given.level in NAME_LEVELS, surname.level in NAME_LEVELS
    if has_given and has_surname:
        return "full"
    if has_surname:
        return "initial_surname" if given.level else "surname"
    if not has_given:
        return "initials"
    return "given_initial" if surname.level else "given"
