"""Chains of rows: each holds the hash of what it says and of the row before, so that none is changed unnoticed.

A row that was changed, put in or taken out breaks the chain where it stood; rows taken off its end are missed by their
seals. Where the oldest rows went for their age, the certificate of that says with which hash the rows that are left go
on; a row whose words gave way to an erasure keeps the hash of what it said. Whoever may write the file, and knows how,
can make all hashes anew: a chain shows mistakes and clumsy meddling.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Table, insert, select, update

from warehouse.casebook.alone import QUESTIONS, alone
from warehouse.casebook.deletion_tables import AGE_DELETIONS, REDACTIONS
from warehouse.casebook.seals import seal
from warehouse.casebook.tables import QUERIES, QUERY_ANSWERS, SEALS
from warehouse.casebook.times import in_utc

_FIRST = "0" * 64
_NOT_SAID = frozenset({"number", "sha256"})


def add_to_chain(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Add a row with its hash and its seal; return its number. Nobody else may add to this table meanwhile."""
    chained = select(table.c.sha256).where(table.c.school == row["school"], table.c.sha256.is_not(None))
    before = connection.execute(chained.order_by(table.c.number.desc()).limit(1)).scalar()
    before = before or _begins(connection, table, row["school"])
    made = connection.execute(insert(table), {**row, "sha256": chain_hash(before, row)})
    number = int(made.inserted_primary_key[0])  # type: ignore[index]
    seal(connection, table, number)
    return number


def broken_links(connection: Connection, table: Table, school: str, *, but: Iterable[str] = ()) -> tuple[int, ...]:
    """Return the numbers of the rows that are not what was written, or that are gone, in order; none if all hold.

    `but` are columns that no hash holds. Rows from before the chain began, which have no hash, are left to their seals.
    """
    rows = connection.execute(select(table).where(table.c.school == school).order_by(table.c.number)).all()
    kept = select(SEALS.c.row_number).where(
        SEALS.c.school == school, SEALS.c.kind == table.name, SEALS.c.row_number.is_not(None)
    )
    wrong = set(connection.execute(kept).scalars()) - {row.number for row in rows}
    before, redacted = _begins(connection, table, school), _redacted(connection, table, school)
    has_begun = before != _FIRST
    for row in rows:
        if row.sha256 is None and not has_begun:
            continue
        has_begun = True
        if row.number not in redacted and row.sha256 != chain_hash(before, _said(table, row, {*but, *_NOT_SAID})):
            wrong.add(row.number)
        before = row.sha256
    return tuple(sorted(wrong))


def began_later(connection: Connection, table: Table, school: str) -> bool:
    """Say whether rows at the chain's beginning were deleted for their age."""
    return _begins(connection, table, school) != _FIRST


def _begins(connection: Connection, table: Table, school: str) -> str:
    """Return the hash with which the chain goes on where its oldest rows were deleted for their age, or the first."""
    query = select(AGE_DELETIONS.c.chains).where(AGE_DELETIONS.c.school == school).order_by(AGE_DELETIONS.c.number)
    begins = [json.loads(chains).get(table.name) for chains in connection.execute(query).scalars()]
    return next((sha256 for sha256 in reversed(begins) if sha256), _FIRST)


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
    return in_utc(value).isoformat() if isinstance(value, datetime) else value


Outcome = Literal["allowed", "denied"]
WRITTEN_AFTERWARDS = ("rows", "problem")  # columns of a question that say how it was answered


def add_question(engine: Engine, row: Mapping[str, Any], at: datetime) -> int:
    """Write down a question before it is answered; return its number."""
    with alone(engine, QUESTIONS) as connection:
        return question_in(connection, row, at)


def question_in(connection: Connection, row: Mapping[str, Any], at: datetime) -> int:
    """Write down a question in a transaction that is alone with the questions; return its number."""
    return add_to_chain(connection, QUERIES, {**row, "asked_at": at.astimezone(UTC)})


def add_answer(
    engine: Engine,
    *,
    school: str,
    question: int,
    rows: int | None,
    problem: str | None,
    tables: Sequence[str] = (),
    outcome: Outcome | None = None,
) -> None:
    """Write down what came of a question: `allowed` or `denied`, which it is where nothing says otherwise."""
    said = {"rows": rows, "problem": problem}
    came = outcome or ("denied" if rows is None else "allowed")
    row = {"school": school, "question": question, "outcome": came, "tables_read": ", ".join(tables) or None, **said}
    with alone(engine, QUESTIONS) as connection:
        answer_in(connection, row)


def answer_in(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write down what came of a question in a transaction that is alone with the questions."""
    add_to_chain(connection, QUERY_ANSWERS, row)
    said = {name: row.get(name) for name in WRITTEN_AFTERWARDS}
    connection.execute(update(QUERIES).where(QUERIES.c.number == row["question"]).values(**said))


def last_answered(engine: Engine, school: str, sql: str) -> datetime | None:
    """Return when this was asked last of what was answered; None where it never was."""
    query = select(QUERIES.c.asked_at).where(
        QUERIES.c.school == school, QUERIES.c.sql == sql, QUERIES.c.rows.is_not(None)
    )
    with engine.connect() as connection:
        found = connection.execute(query.order_by(QUERIES.c.number.desc()).limit(1)).scalar()
    return None if found is None else in_utc(found)


def broken_questions(connection: Connection, school: str) -> tuple[int, ...]:
    """Return the numbers of the questions that are not what was written, or are gone, or say another end."""
    wrong = set(broken_links(connection, QUERIES, school, but=WRITTEN_AFTERWARDS))
    answers = connection.execute(
        select(QUERY_ANSWERS).where(QUERY_ANSWERS.c.school == school).order_by(QUERY_ANSWERS.c.number)
    ).all()
    ends = {row.question: (row.rows, row.problem) for row in answers}
    questions = connection.execute(select(QUERIES).where(QUERIES.c.school == school)).all()
    for row in questions:
        is_older = row.sha256 is None and row.number not in ends  # from before ends were rows of their own
        if not is_older and (row.rows, row.problem) != ends.get(row.number, (None, None)):
            wrong.add(row.number)
    first = min((row.number for row in questions), default=None)
    orphans = ends.keys() - {row.number for row in questions}
    if began_later(connection, QUERIES, school):  # its question went for its age, and it goes next
        orphans = {number for number in orphans if first is not None and number > first}
    return tuple(sorted(wrong | orphans))


def broken_answers(connection: Connection, school: str) -> tuple[int, ...]:
    """Return the numbers of the answers that are not what was written, or are gone."""
    return broken_links(connection, QUERY_ANSWERS, school)
