"""Chains of rows: each holds the hash of what it says and of the row before, so that none is changed unnoticed.

A row that was changed, put in or taken out breaks the chain; rows taken off its end are missed by their seals. Where
the oldest rows went for their age, the certificate of that says with which hash the rows that are left go on; a row
whose words gave way to an erasure keeps its hash. Whoever may write the file can make all hashes anew: a chain shows
mistakes and clumsy meddling. Two such chains are the questions, each written before it is answered, and the answers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select, update

from engines.roll_ids import ERASED_ID
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.seals import WRITTEN_AFTERWARDS, add_sealed
from warehouse.casebook.tables import AGE_DELETIONS, QUERIES, QUERY_ANSWERS, REDACTIONS, SEALS

FIRST = "0" * 64
NOT_SAID = frozenset({"number", "sha256"})


def add_to_chain(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Add a row with its hash and its seal; return its number. Nobody else may add to this table meanwhile."""
    chained = select(table.c.sha256).where(table.c.school == row["school"])
    before = connection.execute(chained.order_by(table.c.number.desc()).limit(1)).scalar()
    before = before or _begins(connection, table, row["school"])
    return add_sealed(connection, table, {**row, "sha256": chain_hash(before, row)})


def broken_links(connection: Connection, table: Table, school: str, *, but: Iterable[str] = ()) -> tuple[int, ...]:
    """Return the numbers of the rows that are not what was written, or that are gone, in order; none if all hold.

    `but` are columns that no hash holds.
    """
    rows = numbered_rows(connection, table, school)
    kept = select(SEALS.c.row_number).where(
        SEALS.c.school == school, SEALS.c.kind == table.name, SEALS.c.row_number.is_not(None)
    )
    wrong = set(connection.execute(kept).scalars()) - {row.number for row in rows}
    before, redacted = _begins(connection, table, school), _redacted(connection, table, school)
    for row in rows:
        is_erased = row.number in redacted and any(ERASED_ID in str(value) for value in row)  # none that only says so
        if not is_erased and row.sha256 != chain_hash(before, _said(table, row, {*but, *NOT_SAID})):
            wrong.add(row.number)
        before = row.sha256
    return tuple(sorted(wrong))


def _begins(connection: Connection, table: Table, school: str) -> str:
    """Return the hash with which the chain goes on where its oldest rows were deleted for their age, or the first."""
    query = select(AGE_DELETIONS.c.chains).where(AGE_DELETIONS.c.school == school).order_by(AGE_DELETIONS.c.number)
    return beginning(connection.execute(query).scalars().all(), table.name)


def beginning(chains: Sequence[str], name: str) -> str:
    """Return the same by the `chains` of all certificates of deletions by age, the oldest first."""
    begins = (json.loads(each).get(name) for each in reversed(chains))
    return next(filter(None, begins), FIRST)


def _redacted(connection: Connection, table: Table, school: str) -> set[int]:
    query = select(REDACTIONS.c.row_number).where(REDACTIONS.c.school == school, REDACTIONS.c.kind == table.name)
    return set(connection.execute(query).scalars())


def chain_hash(before: str | None, row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row and of the hash before it, in hexadecimal; what a row does not say does not count."""
    said = {name: _plain(value) for name, value in row.items() if value is not None}
    return hashlib.sha256(json.dumps([before, said], sort_keys=True).encode()).hexdigest()


def _said(table: Table, row: Row[Any], but: Iterable[str]) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.columns if column.name not in but}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def question_in(connection: Connection, row: Mapping[str, Any], at: datetime) -> int:
    """Write down a question in a transaction that is alone with the questions; return its number."""
    return add_to_chain(connection, QUERIES, {**row, "asked_at": at})


def answer_in(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write down what came of a question in a transaction that is alone with the questions."""
    add_to_chain(connection, QUERY_ANSWERS, row)
    said = {name: row.get(name) for name in WRITTEN_AFTERWARDS}
    connection.execute(update(QUERIES).where(QUERIES.c.number == row["question"]).values(**said))


def backup_question(school: str) -> str:
    """Return the statement under which a backup of this school is written down."""
    return f"audit backup {school}"


def last_answered(engine: Engine, school: str, sql: str) -> datetime | None:
    """Return when this was asked last of what was answered; None where it never was."""
    query = select(QUERIES.c.asked_at).where(
        QUERIES.c.school == school, QUERIES.c.sql == sql, QUERIES.c.rows.is_not(None)
    )
    with engine.connect() as connection:
        return connection.execute(query.order_by(QUERIES.c.number.desc()).limit(1)).scalar()


def broken_questions(connection: Connection, school: str) -> tuple[int, ...]:
    """Return the numbers of the questions that are not what was written, or are gone, or say another end."""
    wrong = set(broken_links(connection, QUERIES, school, but=WRITTEN_AFTERWARDS))
    answers = numbered_rows(connection, QUERY_ANSWERS, school)
    ends = {row.question: (row.rows, row.problem) for row in answers}
    questions = numbered_rows(connection, QUERIES, school)
    for row in questions:
        if (row.rows, row.problem) != ends.get(row.number, (None, None)):
            wrong.add(row.number)
    first = min((row.number for row in questions), default=None)
    orphans = ends.keys() - {row.number for row in questions}
    if _begins(connection, QUERIES, school) != FIRST:  # its question went for its age, and it goes next
        orphans = {number for number in orphans if first is not None and number > first}
    return tuple(sorted(wrong | orphans))
