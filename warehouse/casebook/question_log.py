"""The question log: who asked what, when and why, and what came of it; both are chained and sealed.

A question is written before it is answered. What came of it is a row of its own, so that no row of either is changed;
`query_log` says the same beside the question, and is compared with it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, select, update

from warehouse.casebook.alone import QUESTIONS, alone
from warehouse.casebook.chains import add_to_chain, began_later, broken_links
from warehouse.casebook.tables import QUERIES, QUERY_ANSWERS
from warehouse.casebook.times import in_utc

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
