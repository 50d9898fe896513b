"""Deletes rows of the casebook whose time is over, and keeps the certificates of all that was deleted for its age.

That a row goes is an entry of the chain, in which the count of what was ever written stands. What is deleted and the
certificate that says so are written together or not at all.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select

from warehouse.casebook import alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import CHAINED, add_sealed, enter_gone
from warehouse.casebook.rows import all_rows
from warehouse.casebook.tables import AGE_DELETIONS
from warehouse.privacy.over_age import CLOCKS_OF_TABLES, CasebookDay, over_age
from warehouse.store.load import Deleted, without_nothing

_AT_ONCE = 500  # rows that one statement names


@dataclass(frozen=True, slots=True)
class DeletionCertificate:
    """That something was deleted for its age: how many rows of which table by which clock, and nothing of whom."""

    certificate_id: str
    deleted_on: date
    counts: Mapping[tuple[str, str], int]
    made_at: datetime


class AgeDeletions:
    """Deletes by age from one school's casebook, and reads and writes its certificates."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def certificates(self) -> tuple[DeletionCertificate, ...]:
        """Return every certificate, the oldest first."""
        return tuple(map(_certificate, all_rows(self._book.engine, AGE_DELETIONS, self._book.school)))

    def due(self, day: CasebookDay) -> Deleted:
        """Return how many rows would go, by table and clock; nothing is deleted."""
        with self._book.engine.connect() as connection:
            return _counted(over_age(connection, self._book.school, day))

    def delete(
        self, day: CasebookDay, *, certificate_id: str, before: Deleted, tags_sha256: str, at: datetime
    ) -> DeletionCertificate | None:
        """Delete what is due and certify it with the counts of `before`; None where there is nothing to certify.

        Where a certificate of this id stands already, it is returned, and nothing is deleted.
        """
        with alone.alone(self._book.engine, chain_of=self._book.school) as connection:
            if standing := self._standing(connection, certificate_id):
                return standing
            going = over_age(connection, self._book.school, day)
            for table in CLOCKS_OF_TABLES:
                _delete(connection, self._book.school, table, going[table])
            counts = without_nothing(before + _counted(going))
            if not counts:
                return None
            certificate = DeletionCertificate(certificate_id, day.today, counts, at)
            self._certify(connection, certificate, tags_sha256)
        return certificate

    def _standing(self, connection: Connection, certificate_id: str) -> DeletionCertificate | None:
        here = (AGE_DELETIONS.c.school == self._book.school, AGE_DELETIONS.c.certificate_id == certificate_id)
        row = connection.execute(select(AGE_DELETIONS).where(*here)).first()
        return None if row is None else _certificate(row)

    def _certify(self, connection: Connection, certificate: DeletionCertificate, tags_sha256: str) -> None:
        said = [[table, clock, rows] for (table, clock), rows in sorted(certificate.counts.items())]
        row = {
            "school": self._book.school,
            "certificate_id": certificate.certificate_id,
            "deleted_on": certificate.deleted_on,
            "counts": json.dumps(said),
            "tags_sha256": tags_sha256,
            "made_at": certificate.made_at,
        }
        add_sealed(connection, AGE_DELETIONS, row)


def _certificate(row: Row[Any]) -> DeletionCertificate:
    counts = {(table, clock): rows for table, clock, rows in json.loads(row.counts)}
    return DeletionCertificate(row.certificate_id, row.deleted_on, counts, row.made_at)


def _counted(going: Mapping[Table, Sequence[int | str]]) -> Deleted:
    return without_nothing(
        Counter({(f"casebook.{table.name}", CLOCKS_OF_TABLES[table]): len(keys) for table, keys in going.items()})
    )


def _delete(connection: Connection, school: str, table: Table, keys: Sequence[int | str]) -> None:
    [key] = table.primary_key.columns
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        if table in CHAINED:
            enter_gone(connection, school, table, some)
        connection.execute(delete(table).where(key.in_(some)))
