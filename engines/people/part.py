"""How much of a name an account shows, over all its texts."""

from collections.abc import Iterable

from engines.people.beside import NO_PART, Part

_RANK = {"own": 6, "nick": 5, "part": 4, "spelt": 4, "middle": 3, "prefix": 2, "initials": 1, "initial": 1, "": 0}
_SEVERAL = 2
NAMED = frozenset({"own", "nick", "part", "spelt", "middle", "prefix"})


def strongest(parts: Iterable[Part]) -> Part:
    """Return the part that says most of the name, the first of those that say as much."""
    met = [part for part in parts if part.level]
    if len(met) < _SEVERAL:
        return met[0] if met else NO_PART
    return max(met, key=_worth)


def _worth(part: Part) -> tuple[int, int]:
    return _RANK[part.level], len(part.form)


def kind_of(given: Part, surname: Part) -> str:
    """Name how much of a name is shown."""
    has_given, has_surname = given.level in NAMED, surname.level in NAMED
    if has_given and has_surname:
        return "full"
    if has_surname:
        return "initial_surname" if given.level else "surname"
    if not has_given:
        return "initials"
    return "given_initial" if surname.level else "given"
