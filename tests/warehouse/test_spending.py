"""The group's ledger: each request of each school is added up by allowance and day, on SQLite and PostgreSQL alike."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.warehouse.conftest import SCHOOL, beside
from warehouse.casebook.counters import count_request, sync_state_of
from warehouse.casebook.put_back import put_back, take_out
from warehouse.casebook.school_rows import rows_of_school
from warehouse.casebook.spending import AllowanceDay, note_used_up, spent_since, used_up_until

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
X, PROJECT = AllowanceDay("a" * 16, "x", MONDAY), AllowanceDay("b" * 16, "youtube", MONDAY)
TUESDAY = AllowanceDay("b" * 16, "youtube", MONDAY + timedelta(days=1))


def sums(book):
    rows = spent_since(book.engine, MONDAY)
    return {(row.school, row.platform, row.day.day): (row.requests, row.units, row.usd) for row in rows}


def test_what_is_asked_is_added_by_school_allowance_and_day_and_no_restore_takes_it_back(book):
    sync_state_of(book, otherwise="c1")
    for _ in range(3):
        count_request(book, X, Decimal("0.0105"))
        count_request(book, PROJECT, units=50)
    count_request(book, TUESDAY, units=1)
    count_request(book)
    with closing(beside(book, "other-school")) as other:
        sync_state_of(other, otherwise="c1")
        count_request(other, PROJECT, units=7)
    before = sums(book)

    with book.engine.begin() as connection:
        put_back(connection, SCHOOL, rows_of_school(connection, SCHOOL))

    assert sync_state_of(book, otherwise="c1").requests == 8
    assert sums(book) == before == {
        (SCHOOL, "x", 2): (3, 0, Decimal("0.0315")),
        (SCHOOL, "youtube", 2): (3, 150, Decimal(0)),
        (SCHOOL, "youtube", 3): (1, 1, Decimal(0)),
        ("other-school", "youtube", 2): (1, 7, Decimal(0)),
    }  # fmt: skip
    with book.engine.begin() as connection:
        take_out(connection, SCHOOL)
    assert list(sums(book)) == [("other-school", "youtube", 2)]


def test_a_wall_stands_for_whoever_asks_by_the_same_allowance_until_its_time(book):
    note_used_up(book.engine, SCHOOL, PROJECT, NOON)
    note_used_up(book.engine, "other-school", PROJECT, NOON - timedelta(hours=1))

    assert used_up_until(book.engine, PROJECT.allowance, NOON - timedelta(seconds=1)) == NOON
    assert used_up_until(book.engine, PROJECT.allowance, NOON) is None
    assert used_up_until(book.engine, X.allowance, NOON - timedelta(days=1)) is None


def test_a_wall_further_off_than_a_platform_s_day_holds_nobody(book):
    note_used_up(book.engine, SCHOOL, PROJECT, NOON + timedelta(days=365))

    assert used_up_until(book.engine, PROJECT.allowance, NOON) is None
