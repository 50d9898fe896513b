"""What people changed in the school's registers at the desk: which row, and on what ground."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.seals import seal
from warehouse.casebook.tables import REGISTER_CHANGES
from warehouse.casebook.times import in_utc

ChangeKind = Literal["approved", "withdrawn", "declared", "uploaded"]


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One change: `row_id` is the row's own id, empty for a whole file; the hashes are the file's before and after."""

    register: str
    kind: ChangeKind
    row_id: str
    sha256_before: str
    sha256_after: str
    by_person: int
    by_role: str
    note: str
    made_at: datetime


class RegisterChanges:
    """Reads and writes the changes of one school's registers."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    @contextmanager
    def writing(self, change: RegisterChange) -> Iterator[None]:
        """Write a change that counts once the body of the `with` has put the file in its place; else there is none."""
        with self._book.engine.begin() as connection:
            self._insert(connection, change)
            yield

    def of(self, register: str) -> tuple[RegisterChange, ...]:
        """Return every change of one register, the oldest first."""
        table = REGISTER_CHANGES
        query = select(table).where(table.c.school == self._book.school, table.c.register == register)
        with self._book.engine.connect() as connection:
            found = connection.execute(query.order_by(table.c.number)).all()
        names = [field.name for field in fields(RegisterChange) if field.name != "made_at"]
        return tuple(
            RegisterChange(**{name: getattr(row, name) for name in names}, made_at=in_utc(row.made_at)) for row in found
        )

    def _insert(self, connection: Connection, change: RegisterChange) -> None:
        row = {field.name: getattr(change, field.name) for field in fields(change)}
        row["made_at"] = change.made_at.astimezone(UTC)
        made = connection.execute(insert(REGISTER_CHANGES).values(school=self._book.school, **row))
        seal(connection, REGISTER_CHANGES, int(made.inserted_primary_key[0]))  # type: ignore[index]
