"""What an account's X archive was to a run: a picture of one day, and the words for how much of it could be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from policies.dates import month

STOPPED = {
    "part": "X made this archive in part only.",
    "missing": "A file that the archive's own manifest names is not there.",
    "miscounted": "The archive does not hold as many rows that can be read as its own manifest counts.",
    "communities": "Posts to communities stand in a file of their own, which is not read.",
    "uncounted": "The archive does not say how many there are, so that some may be missing.",
    "untold": "The archive does not say whose posts the account likes.",
}
NOT_WHOLE = "X's archives leave the rest of it out."
_ARCHIVES = "select platform, account_id, made_on, is_dated, is_old from core.archives"


@dataclass(frozen=True, slots=True)
class Archived:
    """The archive that one account was read from; `is_old` when more than a week lies between it and the run."""

    made_on: date | None
    is_dated: bool
    is_old: bool

    def sentence(self) -> str:
        """Say of which day it is."""
        if self.made_on is None:
            return "Read from an archive that does not say when it was made; nothing later was seen."
        if not self.is_dated:
            newest = f"the newest thing in it is of {_day(self.made_on)}"
            return f"Read from an archive that does not say when it was made: {newest}, and nothing later was seen."
        return f"Read from the archive of {_day(self.made_on)}; nothing later was seen."


def archives(db: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str], Archived]:
    """Return the archives that the run at hand read, by platform and account."""
    rows = db.execute(_ARCHIVES).fetchall()
    return {(platform, account_id): Archived(*about) for platform, account_id, *about in rows}


def _day(day: date) -> str:
    return f"{day.day} {month(day)} {day.year}"
