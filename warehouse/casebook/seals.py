"""A seal for each row of the casebook: what was written is what is read, and how many rows were ever written.

A row's seal is the hash of what it said. A row that was deleted for its age keeps its seal without the
hash, so that the number of seals only grows: a casebook that has fewer than a run saw has lost rows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from warehouse.casebook.errors import DAMAGED, CasebookError
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.tables import (
    ACCEPTANCES,
    AGE_DELETIONS,
    ATTESTATIONS,
    CHALLENGES,
    DECISIONS,
    ERASURES,
    HOLDS,
    LABELS,
    QUERIES,
    QUERY_ANSWERS,
    REDACTIONS,
    REGISTER_CHANGES,
    REQUESTS,
    SEALS,
    TOMBSTONES,
)

SEALED = (
    DECISIONS, ATTESTATIONS, ACCEPTANCES, HOLDS, TOMBSTONES, LABELS, QUERIES, ACCESS_LOG, REGISTER_CHANGES,
    CHALLENGES,
    ERASURES, REDACTIONS,
    AGE_DELETIONS,
    QUERY_ANSWERS, REQUESTS,
)  # fmt: skip
# Not counted by the warehouse: an answer belongs to a question, which is, and a request to no run.
NOT_COUNTED = frozenset({QUERY_ANSWERS, REQUESTS})
WRITTEN_AFTERWARDS = frozenset({"rows", "problem"})  # how a question was answered stands in no seal and no hash


def add_sealed(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and its seal; return its number."""
    number = int(connection.execute(insert(table), row).inserted_primary_key[0])  # type: ignore[index]
    seal(connection, table, number)
    return number


def seal(connection: Connection, table: Table, number: int) -> None:
    """Seal the row of this number, in the transaction that wrote it."""
    for row in connection.execute(select(table).where(table.c.number == number)).all():
        seal_row(connection, table, row)


def seal_instead(connection: Connection, table: Table, number: int) -> str | None:
    """Give a row that was changed on purpose the seal of what it says now; return the hash that it had."""
    here = (SEALS.c.kind == table.name, SEALS.c.row_number == number)
    before: str | None = connection.execute(select(SEALS.c.sha256).where(*here)).scalar()
    for row in connection.execute(select(table).where(table.c.number == number)).all():
        connection.execute(update(SEALS).where(*here).values(sha256=hash_of_row(table, row)))
    return before


def drop_hashes(connection: Connection, table: Table, numbers: Iterable[int]) -> None:
    """Keep the seals of these rows as a count only: without the row's number and hash."""
    here = (SEALS.c.kind == table.name, SEALS.c.row_number.in_(list(numbers)))
    connection.execute(update(SEALS).where(*here).values(row_number=None, sha256=None))


def written(connection: Connection, school: str) -> Mapping[str, int]:
    """Return how many rows were ever written to each table for this school."""
    query = select(SEALS.c.kind, func.count()).where(SEALS.c.school == school).group_by(SEALS.c.kind)
    counts = {kind: count for kind, count in connection.execute(query).all()}  # noqa: C416 - rows are no pairs
    return {table.name: counts.get(table.name, 0) for table in SEALED if table not in NOT_COUNTED}


def ensure_readable(connection: Connection) -> None:
    """Raise CasebookError if the casebook's file is damaged."""
    if connection.dialect.name == "sqlite":
        problems = connection.exec_driver_sql("pragma integrity_check").scalars().all()
        if problems != ["ok"]:
            raise CasebookError(DAMAGED)


def ensure_whole(connection: Connection, school: str) -> None:
    """Compare every row with its seal; CasebookError if one is not what was written, is gone, or has none."""
    ensure_readable(connection)
    wrong = broken(connection, school)
    if wrong and wrong == broken(connection, school):  # not a row that somebody wrote between two questions
        tables = ", ".join(f"{rows} of {name}" for name, rows in wrong)
        raise CasebookError(f"Rows of the casebook are not what was written ({tables}). {DAMAGED}")


def broken(connection: Connection, school: str) -> list[tuple[str, int]]:
    """Return each table that has rows without their seal, or seals without their row, and how many."""
    return [(name, len(numbers)) for name, numbers in broken_rows(connection, school).items()]


def broken_rows(connection: Connection, school: str) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the rows that are not as they were sealed, or are gone, by table."""
    wrong = {}
    for table in SEALED:
        hashes = {row.number: hash_of_row(table, row) for row in numbered_rows(connection, table, school)}
        kept = select(SEALS.c.row_number, SEALS.c.sha256).where(
            SEALS.c.school == school, SEALS.c.kind == table.name, SEALS.c.row_number.is_not(None)
        )
        seals = {row.row_number: row.sha256 for row in connection.execute(kept).all()}
        if rows := [number for number in hashes.keys() | seals.keys() if hashes.get(number) != seals.get(number)]:
            wrong[table.name] = tuple(sorted(rows))
    return wrong


def seal_again(connection: Connection, school: str) -> None:
    """Seal every row of this school as it stands now; the seals of rows that are gone stay as a count."""
    for table in SEALED:
        here = (SEALS.c.school == school, SEALS.c.kind == table.name)
        connection.execute(update(SEALS).where(*here).values(row_number=None, sha256=None))
        free = connection.execute(select(SEALS.c.number).where(*here).order_by(SEALS.c.number)).scalars().all()
        rows = numbered_rows(connection, table, school)
        for number, row in zip(free, rows, strict=False):
            again = {"row_number": row.number, "sha256": hash_of_row(table, row)}
            connection.execute(update(SEALS).where(SEALS.c.number == number).values(**again))
        for row in rows[len(free) :]:
            seal_row(connection, table, row)


def seal_row(connection: Connection, table: Table, row: Row[Any]) -> None:
    """Seal a row as it was read from this table."""
    values = {"school": row.school, "kind": table.name, "row_number": row.number, "sha256": hash_of_row(table, row)}
    connection.execute(insert(SEALS), values)


def hash_of_row(table: Table, row: Row[Any]) -> str:
    """Return the SHA-256 of what a row says, in hexadecimal.

    A column that holds nothing does not count, so that rows keep their hash when a migration adds a column.
    """
    not_said = WRITTEN_AFTERWARDS if table is QUERIES else frozenset[str]()
    names = [column.name for column in table.columns if column.name not in not_said]
    said = {name: _plain(getattr(row, name)) for name in names if getattr(row, name) is not None}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> str:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else str(value)  # all are UTC
