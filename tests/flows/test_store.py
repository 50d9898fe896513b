"""The store that a run lends its pulls keeps to the run's budget, to the last unit and the last cent."""

from decimal import Decimal

import duckdb
import pytest

from connectors.source import Page, RequestCost
from flows.home.store import RunStore
from policies.school import Budget
from tests.warehouse.conftest import MORNING, db

__all__ = ["db"]


@pytest.mark.parametrize(
    ("cost", "is_allowed"),
    [
        (RequestCost(usd=Decimal("0.60"), units=60), True),
        (RequestCost(usd=Decimal("0.61")), False),
        (RequestCost(units=61), False),
    ],
    ids=["exactly what is left", "a cent too much", "a unit too much"],
)
def test_a_request_may_cost_what_is_left_and_no_more(
    db: duckdb.DuckDBPyConnection, cost: RequestCost, is_allowed: bool
) -> None:
    store = RunStore(db, "2026-11-02", "x", Budget(usd_per_run=Decimal("1.00"), units_per_run=100), "key")
    store.note("GET /2/users", 500, MORNING, RequestCost(usd=Decimal("0.40"), units=40))

    assert (store.refusing_budget(cost) == "") is is_allowed


def test_what_was_paid_for_pages_that_an_erasure_emptied_may_be_paid_again(db: duckdb.DuckDBPyConnection) -> None:
    budget = Budget(usd_per_run=Decimal("1.00"), units_per_run=100)
    store = RunStore(db, "2026-11-02", "x", budget, "key")
    page = Page("followers:1", 0, "e", "{}", None, None, MORNING, 200, b"{}", RequestCost(1, Decimal("0.90"), 90))
    store.keep(page)
    assert store.refusing_budget(page.cost) == "The run's budget"

    db.execute("update raw.pages set body = null")

    again = RunStore(db, "2026-11-02", "x", budget, "key")
    assert again.refusing_budget(page.cost) == ""
    again.keep(page)
    assert again.refusing_budget(page.cost) == "The run's budget"
