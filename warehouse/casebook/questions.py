"""The questions that are asked: each is written down before it is answered, and then what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from warehouse.casebook.chain import WRITTEN_AFTERWARDS, add_sealed
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.tables import QUERIES, QUERY_ANSWERS


def question_in(connection: Connection, row: Mapping[str, Any], at: datetime) -> int:
    """Write down a question in a transaction that writes; return its number."""
    return add_sealed(connection, QUERIES, {**row, "asked_at": at})


def answer_in(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write down what came of a question in a transaction that writes."""
    add_sealed(connection, QUERY_ANSWERS, row)
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


def other_ends(connection: Connection, school: str) -> tuple[int, ...]:
    """Return the numbers of the questions that say another end than the answer that was written down."""
    answers = numbered_rows(connection, QUERY_ANSWERS, school)
    ends = {row.question: (row.rows, row.problem) for row in answers}
    questions = numbered_rows(connection, QUERIES, school)
    return tuple(row.number for row in questions if (row.rows, row.problem) != ends.get(row.number, (None, None)))
