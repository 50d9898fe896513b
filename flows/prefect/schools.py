"""Which schools a home has; nothing of a school is opened here."""

from fnmatch import fnmatchcase
from pathlib import Path

from flows.home.settings import ConfigurationError


def schools_of(home: Path, pattern: str = "*") -> tuple[str, ...]:
    """Return the ids of the schools of this home that a pattern such as `north-*` names, in the order of the alphabet.

    A school is a folder with a school.toml. ConfigurationError where there is none, or none of that name.
    """
    every = sorted(path.parent.name for path in home.glob("*/school.toml"))
    if not every:
        message = f"There is no school in {home}. Set AUDIT_HOME to the folder of the schools"
        raise ConfigurationError(f"{message}, or begin: audit init SCHOOL")
    named = tuple(school for school in every if fnmatchcase(school, pattern))
    if not named:
        some = ", ".join(every[:5]) + (" and others" if len(every) > 5 else "")
        raise ConfigurationError(f"No school of {home} is called {pattern!r}. There are: {some}.")
    return named
