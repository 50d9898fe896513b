"""What the school is called, and which addresses on the web and by e-mail are its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import duckdb

from engines.text import fold

_SCHOOL = "select school_name, aliases, town, county, website from core.school"
_ADDRESS = re.compile(
    r"(?P<mailbox>[\w.+-]{1,64}@)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![\w@-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NamedSchool:
    """The school's names, folded, its places, and the host of its website; None where the settings name no website."""

    name: str
    aliases: tuple[str, ...]
    places: frozenset[str]
    host: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Address:
    """One address in a text: the host without www, and whether it is an e-mail address."""

    host: str
    is_mail: bool


def school(db: duckdb.DuckDBPyConnection) -> NamedSchool | None:
    """Return the school in the run at hand; None where no settings were kept."""
    for name, aliases, town, county, website in db.execute(_SCHOOL).fetchall():
        return NamedSchool(
            name=fold(name),
            aliases=tuple(folded for alias in (aliases or "").split(";") if (folded := fold(alias))),
            places=frozenset(fold(place) for place in (town, county) if place),
            host=host_of(website or ""),
        )
    return None


def host_of(address: str) -> str | None:
    """Return the host of a web address without www; None where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    return host.lower().removeprefix("www.").rstrip(".") or None


def addresses(text: str) -> Iterator[Address]:
    """Yield every e-mail and web address that stands in a text, in its order."""
    for match in _ADDRESS.finditer(text):
        yield Address(match["host"].lower().removeprefix("www."), is_mail=match["mailbox"] is not None)
