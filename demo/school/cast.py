"""The cast (cast.toml): people whose accounts the audit must find, and everyone it must leave alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.tables import read_tables, rows_of

MAIN_ID, PE_ID, TRIPS_ID = "9100000000000000001", "9100000000000000002", "9100000000000000003"
CHANNEL_ID = "UCdemoOusterlyVale000001"
Weeks = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One row of a register of people; `related_ids` are a parent's children."""

    person_id: str
    given_names: str
    surname: str
    known_as: str = ""
    title: str = ""
    born_on: date | None = None
    year_group: str = ""
    class_name: str = ""
    job_title: str = ""
    left_on: date | None = None
    related_ids: tuple[str, ...] = ()
    x_account: str = ""
    youtube_account: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The full names this person goes by, the legal one first."""
        legal = f"{self.given_names} {self.surname}"
        return (legal, f"{self.known_as} {self.surname}") if self.known_as else (legal,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """One account of the cast: what it shows, and in which weeks it follows which official account.

    Of YouTube the weeks say when the subscription is public. `renamed` is the handle from week 2 on.
    `is_decoy` marks accounts that must never be found.
    """

    id: str
    name: str
    handle: str = ""
    bio: str = ""
    location: str = ""
    main: Weeks = ()
    pe: Weeks = ()
    trips: Weeks = ()
    youtube: Weeks = ()
    renamed: str = ""
    is_decoy: bool = False


def _pupil(row: dict[str, Any]) -> RegisterEntry:
    year = int(row["class_name"][:-1])
    born_on = date(2026 - 4 - year, 3 + year % 6, 2 * year)
    return RegisterEntry(**row, year_group=f"Year {year}", born_on=born_on)


_TABLES = read_tables("demo.school", "cast.toml")
PUPILS = tuple(map(_pupil, _TABLES["pupils"]))
STAFF, GOVERNORS, PARENTS, LEAVERS = (
    rows_of(RegisterEntry, _TABLES[name]) for name in ("staff", "governors", "parents", "leavers")
)
X_ACTORS, YOUTUBE_ACTORS = (rows_of(CastMember, _TABLES[name]) for name in ("x_actors", "youtube_actors"))
DECLARED_X: dict[str, list[str]] = _TABLES["declared_x"]
DECLARED_YOUTUBE: dict[str, list[str]] = _TABLES["declared_youtube"]
FOLLOWED: dict[str, list[tuple[str, list[int]]]] = _TABLES["followed"]
