"""Holds: what keeps rows past their time, and past an erasure, for a recorded reason until a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from policies.errors import UserError
from policies.roles import DoneBy
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_sealed, enter_rows
from warehouse.casebook.rows import all_rows, record_of
from warehouse.casebook.tables import HOLDS

# What a hold is on: an account by its platform, or a person or a photograph by the register's id.
PERSON, PHOTOGRAPH = "person", "photograph"


class HoldError(UserError):
    """There is no such hold, or it has ended."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold; `kind` is a platform, `person` or `photograph`; `until` is its last day."""

    number: int
    kind: str
    subject_id: str
    reason: str
    until: date
    by_role: str
    by_person: int | None
    ended_at: datetime | None

    def stands(self, on: date) -> bool:
        """Say whether it keeps anything on this day."""
        return self.ended_at is None and self.until >= on


class Holds:
    """Reads and writes the holds of one school's casebook."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def add(self, *, kind: str, subject_id: str, reason: str, by: DoneBy, until: date) -> int:
        """Record a hold; return its number."""
        [number] = self.add_all([(kind, subject_id)], reason=reason, by=by, until=until)
        return number

    def add_all(self, subjects: Iterable[tuple[str, str]], *, reason: str, by: DoneBy, until: date) -> tuple[int, ...]:
        """Record a hold on each of these (kind, id), all or none; return their numbers."""
        who = {"by_person": by.person, "by_user": by.user, "by_role": by.role}
        row = {"school": self._book.school, "reason": reason, "until": until, **who}
        with writing(self._book.engine) as connection:
            rows = ({"platform": kind, "subject_id": subject_id, **row} for kind, subject_id in subjects)
            return tuple(add_sealed(connection, HOLDS, each) for each in rows)

    def all(self) -> tuple[Hold, ...]:
        """Return every hold, the oldest first, those that ended too."""
        rows = all_rows(self._book.engine, HOLDS, self._book.school)
        return tuple(record_of(Hold, row, kind=row.platform) for row in rows)

    def end(self, number: int, *, by: DoneBy, at: datetime) -> None:
        """End a hold before its day; HoldError where none of this number stands."""
        here = (HOLDS.c.school == self._book.school, HOLDS.c.number == number, HOLDS.c.ended_at.is_(None))
        with writing(self._book.engine) as connection:
            ended = {"ended_at": at, "ended_by": by.user if by.person is None else f"desk person {by.person}"}
            if not connection.execute(update(HOLDS).where(*here).values(**ended)).rowcount:
                raise HoldError(f"No hold {number} stands. See `audit hold list`.")
            enter_rows(connection, HOLDS, [number])
