"""The store that a run lends its pulls keeps to the run's budget, to the last unit and the last cent."""

from decimal import Decimal

import duckdb
import pytest

from connectors.source import RequestCost
from flows.store import RunStore
from policies.school import Budget
from tests.warehouse.conftest import MORNING, db

__all__ = ["db"]


@pytest.mark.parametrize(
    ("cost", "affords"),
    [
        (RequestCost(usd=Decimal("0.60"), units=60), True),
        (RequestCost(usd=Decimal("0.61")), False),
        (RequestCost(units=61), False),
    ],
    ids=["exactly what is left", "a cent too much", "a unit too much"],
)
def test_a_request_may_cost_what_is_left_and_no_more(
    db: duckdb.DuckDBPyConnection, cost: RequestCost, affords: bool
) -> None:
    store = RunStore(db, "2026-11-02", "x", Budget(usd_per_run=Decimal("1.00"), units_per_run=100))
    store.note("GET /2/users", 500, MORNING, RequestCost(usd=Decimal("0.40"), units=40))

    assert store.affords(cost) is affords
