"""A thing that a platform charges once a day is in the ledger once a day, whoever asked for it first."""

from datetime import timedelta
from decimal import Decimal

import duckdb
import pytest

from tests.warehouse.conftest import MORNING, db
from warehouse.runs.pages import Charges, RequestPrice, charges_of, due_of

__all__ = ["db"]

THREE = ("x/user/1", "x/user/2", "x/user/3")


def due(db: duckdb.DuckDBPyConnection, charges: Charges) -> Decimal:
    return due_of(db, RequestPrice(len(charges.hashes), Decimal("0.010") * len(charges.hashes), charges=charges))


@pytest.mark.parametrize(
    ("things", "hours", "usd"),
    [
        (THREE, 1, "0"),
        (("x/user/3", "x/user/4"), 1, "0.010"),
        (("x/post/1",), 1, "0.010"),
        (THREE, 24, "0.030"),
    ],
    ids=["all again", "one is new", "another kind with the same id", "the next day"],
)
def test_what_was_charged_today_is_not_due_again(
    db: duckdb.DuckDBPyConnection, things: tuple[str, ...], hours: int, usd: str
) -> None:
    first = due(db, charges_of("key", THREE, MORNING))

    again = due(db, charges_of("key", things, MORNING + timedelta(hours=hours)))

    assert (first, again) == (Decimal("0.030"), Decimal(usd))


def test_a_thing_that_comes_twice_in_one_answer_is_charged_once(db: duckdb.DuckDBPyConnection) -> None:
    charges = charges_of("key", ("x/user/1", "x/user/1"), MORNING)

    assert due_of(db, RequestPrice(2, Decimal("0.020"), charges=charges)) == Decimal("0.010")


def test_an_answer_of_which_nothing_is_charged_once_a_day_costs_its_full_price(db: duckdb.DuckDBPyConnection) -> None:
    price = RequestPrice(3, Decimal("0.030"), charges=charges_of("key", (), MORNING))

    assert due_of(db, price) == Decimal("0.030")


def test_charges_name_nobody_and_those_of_a_day_go_with_the_first_of_a_later_one(db: duckdb.DuckDBPyConnection) -> None:
    due(db, charges_of("key", THREE, MORNING))
    due(db, charges_of("key", ("x/user/9",), MORNING + timedelta(days=1)))

    rows = db.sql("select charged_on, charge from main.charges").fetchall()
    assert [day for day, _ in rows] == [MORNING.date() + timedelta(days=1)]
    assert all(len(charge) == 64 and "user" not in charge for _, charge in rows)
