"""The desk's access log: who did what, by number and role; each row holds the hash of the one before.

A row that was changed, put in or taken out breaks the chain; rows taken off its end are missed by their seals.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select

from warehouse.casebook import alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_person import DeskPerson, in_utc
from warehouse.casebook.desk_tables import ACCESS_LOG
from warehouse.casebook.seals import seal
from warehouse.casebook.tables import SEALS

_FIRST = "0" * 64
_ACTION = re.compile(r"[a-z][a-z0-9 _-]{0,63}")
_SUBJECT = re.compile(r"[A-Za-z0-9_.:#=-]{0,64}")


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One thing that one person did; `subject` is a fingerprint or an id, or empty."""

    number: int
    at: datetime
    person: int
    role: str
    action: str
    subject: str
    sha256: str


class AccessLog:
    """Reads and writes the access log of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def write(self, *, person: DeskPerson, action: str, subject: str, at: datetime) -> None:
        """Add a row. ValueError for a subject that is no fingerprint or id, so that no name can get in."""
        if not _ACTION.fullmatch(action) or not _SUBJECT.fullmatch(subject):
            raise ValueError("An action is a few small letters, and a subject a fingerprint or an id.")
        table, school = ACCESS_LOG, self._book.school
        newest = select(table.c.sha256).where(table.c.school == school).order_by(table.c.number.desc()).limit(1)
        with alone.alone(self._book.engine, alone.ACCESS_LOG) as connection:
            before = connection.execute(newest).scalar() or _FIRST
            row = {
                "school": school,
                "at": at.astimezone(UTC),
                "person": person.number,
                "role": person.role,
                "action": action,
                "subject": subject,
            }
            made = connection.execute(insert(table).values(**row, sha256=_hash(before, **row)))
            seal(connection, table, int(made.inserted_primary_key[0]))  # type: ignore[index]

    def rows(self) -> tuple[AccessRow, ...]:
        """Return every row, the oldest first."""
        table = ACCESS_LOG
        query = select(table).where(table.c.school == self._book.school).order_by(table.c.number)
        with self._book.engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            AccessRow(row.number, in_utc(row.at), row.person, row.role, row.action, row.subject, row.sha256)
            for row in rows
        )

    def first_broken(self) -> int | None:
        """Return the number of the first row that is not what was written, or that is gone; None if all hold."""
        sealed, rows = self._sealed(), self.rows()
        gone = sealed - {row.number for row in rows}
        wrong, before = set[int](), _FIRST
        for row in rows:
            if row.sha256 != _hash_of_row(self._book.school, row, before):
                wrong.add(row.number)
            before = row.sha256
        return min(gone | wrong, default=None)

    def _sealed(self) -> set[int]:
        query = select(SEALS.c.row_number).where(
            SEALS.c.school == self._book.school, SEALS.c.kind == ACCESS_LOG.name, SEALS.c.row_number.is_not(None)
        )
        with self._book.engine.connect() as connection:
            return {int(number) for number in connection.execute(query).scalars()}


def _hash_of_row(school: str, row: AccessRow, before: str) -> str:
    return _hash(
        before, school=school, at=row.at, person=row.person, role=row.role, action=row.action, subject=row.subject
    )


def _hash(before: str, **row: object) -> str:
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
    return hashlib.sha256(json.dumps([before, said], sort_keys=True).encode()).hexdigest()
