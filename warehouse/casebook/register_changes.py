"""What people changed in the school's registers at the desk: which row, and on what ground."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_sealed
from warehouse.casebook.rows import record_of
from warehouse.casebook.tables import REGISTER_CHANGES

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
        with writing(self._book.engine) as connection:
            add_sealed(connection, REGISTER_CHANGES, {"school": self._book.school, **asdict(change)})
            yield

    def of(self, register: str) -> tuple[RegisterChange, ...]:
        """Return every change of one register, the oldest first."""
        table = REGISTER_CHANGES
        query = select(table).where(table.c.school == self._book.school, table.c.register == register)
        with self._book.engine.connect() as connection:
            found = connection.execute(query.order_by(table.c.number)).all()
        return tuple(record_of(RegisterChange, row) for row in found)
