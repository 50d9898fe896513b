"""The desk's access log: who did what, by number and role, each an entry of the chain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_each_sealed
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.rows import all_rows, record_of
from warehouse.casebook.verify import wrong_rows

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


class AccessLog:
    """Reads and writes the access log of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def write(self, *, person: DeskPerson, action: str, subject: str, at: datetime) -> None:
        """Add a row. ValueError for a subject that is no fingerprint or id, so that no name can get in."""
        self.write_each((subject,), person=person, action=action, at=at)

    def write_each(self, subjects: Sequence[str], *, person: DeskPerson, action: str, at: datetime) -> None:
        """Add a row for each of these subjects, all or none."""
        with writing(self._book.engine) as connection:
            self.add_each(connection, subjects, person=person, action=action, at=at)

    def add_each(
        self, connection: Connection, subjects: Sequence[str], *, person: DeskPerson, action: str, at: datetime
    ) -> None:
        """Add the same in the caller's transaction."""
        if not _ACTION.fullmatch(action) or not all(map(_SUBJECT.fullmatch, subjects)):
            raise ValueError("An action is a few small letters, and a subject a fingerprint or an id.")
        row = {"school": self._book.school, "at": at, "person": person.number, "role": person.role, "action": action}
        add_each_sealed(connection, ACCESS_LOG, [row | {"subject": subject} for subject in subjects])

    def rows(self) -> tuple[AccessRow, ...]:
        """Return every row, the oldest first."""
        rows = all_rows(self._book.engine, ACCESS_LOG, self._book.school)
        return tuple(record_of(AccessRow, row) for row in rows)

    def first_broken(self) -> int | None:
        """Return the number of the first row that is not what was written, or that is gone; None if all hold."""
        return min((int(number) for number in wrong_rows(self._book).get(ACCESS_LOG.name, ())), default=None)
