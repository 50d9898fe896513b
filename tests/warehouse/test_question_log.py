"""The question log is chained and sealed: whatever is changed in it, or taken out of it, is found by its number.

On SQLite and on PostgreSQL alike.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, text

from tests.casebooks import CASEBOOK_KEY
from warehouse.casebook import verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.verify import wrong_rows

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SCHOOL = "ousterly-vale"
OTHER = {
    "asked_at": "'2020-01-01 00:00:00'",
    "at": "'2020-01-01 00:00:00'",
    "rows": "77",
    "person": "77",
    "question": "99",
}
COLUMNS = {
    "query_log": (
        "school", "by_user", "purpose", "sql", "asked_at", "rows", "problem", "person", "role", "parameters",
    ),
    "query_answers": ("school", "question", "outcome", "rows", "problem", "tables_read"),
    "desk_access_log": ("school", "at", "person", "role", "action", "subject"),
}  # fmt: skip
CASES = [(table, column, row) for table, columns in COLUMNS.items() for column in columns for row in (1, 2, 3)]


def with_three_rows_in_each_log(made):
    people = DeskPeople(made, key="k" * 48)
    people.invite("dpo", "dpo", NOON)
    [person] = people.people()
    for number in range(3):
        asked = made.log_query(
            by_user="desk person 1", purpose="subject access request", sql=f"select {number}", at=NOON, person=1,
            role="dpo", parameters='{"since": "2026-09-01"}',
        )  # fmt: skip
        denied = number == 1
        made.close_query(
            asked, rows=None if denied else 1, problem="Too slow." if denied else None, tables=("published.runs",)
        )
        AccessLog(made).write(person=person, action="case", subject=f"f{number}", at=NOON)


@pytest.fixture
def casebook_url(casebook_of):
    return casebook_of(with_three_rows_in_each_log)


def change(book, sql):
    with book.engine.begin() as connection:
        connection.execute(text(sql))


def test_what_was_written_is_whole(book):
    assert wrong_rows(book) == {}
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, SCHOOL)


@pytest.mark.parametrize(
    ("table", "column", "row", "value"),
    [*((*case, "another") for case in CASES), *((*case, "null") for case in CASES[::3])],
)
def test_a_changed_column_is_found_by_its_number(book, table, column, row, value):
    new = value if value == "null" else OTHER.get(column, "'another'")
    with book.engine.connect() as connection:
        before = connection.execute(text(f'select "{column}" from {table} where number = {row}')).scalar()
        needed = {entry["name"]: not entry["nullable"] for entry in inspect(connection).get_columns(table)}
    if value == "null" and (needed[column] or before is None):
        new = OTHER.get(column, "'another'")  # it may not be empty, or is already

    change(book, f'update {table} set "{column}" = {new} where number = {row}')

    assert row in wrong_rows(book).get(table, ()), (before, new)


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_deleted_row_is_found_by_its_number(book, table, row):
    change(book, f"delete from {table} where number = {row}")

    assert row in wrong_rows(book)[table]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_row_that_was_put_in_is_found(book, table):
    names = ", ".join(f'"{column}"' for column in COLUMNS[table])
    change(book, f"insert into {table} ({names}) select {names} from {table} where number = 2")

    assert 4 in wrong_rows(book)[table]


def test_a_question_that_was_not_answered_yet_is_no_damage(book):
    book.log_query(by_user="dpo", purpose="subject access request", sql="select 4", at=NOON)

    assert wrong_rows(book) == {}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file::memory:?uri=true"])
def test_a_casebook_in_memory_is_refused(url):
    with pytest.raises(CasebookError, match="in memory alone"):
        Casebook(url, SCHOOL, CASEBOOK_KEY)
