"""Every check has a test of its own name and a clause that asks for it; the drawn views are as the real ones."""

from pathlib import Path

import duckdb
import pytest

import demo
from checks.catalogue import catalogue
from policies.model import known_packs, load_pack, read_pack
from tests.drawn import CORE, fill
from tests.warehouse.conftest import db
from warehouse.store.open import engine

__all__ = ["db"]

TESTS = Path(__file__).parents[1] / "checks"
DEMO = Path(demo.__file__).parent / "school" / "folder" / "policy.toml"
PACKS = (*map(load_pack, known_packs()), read_pack(DEMO))
# The checks that see all that they ask: what they cannot see, in their own words, adds exceptions and hides none.
SEE_ALL = {
    "policy_review": "shows only when the new dates are put into the pack",
    "unapproved_follower": "an account that no register declares counts as not approved",
}
COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'core'"


@pytest.mark.parametrize("check_id", catalogue())
def test_a_check_has_a_test_of_its_own_name(check_id: str) -> None:
    assert len(list(TESTS.glob(f"*/test_{check_id}.py"))) == 1


def test_every_check_is_asked_for_by_a_clause() -> None:
    assert catalogue().keys() - {check_id for pack in PACKS for check_id in pack.check_ids} == set()


def test_a_clause_is_covered_whole_only_by_checks_that_see_all_that_they_ask() -> None:
    known = catalogue()
    whole = [(pack.id, clause) for pack in PACKS for clause in pack.clause if clause.covers == "whole"]

    assert whole
    assert [(p, c.id, q.check) for p, c in whole for q in c.checks if not known[q.check].sees_all] == []


def test_what_a_check_that_sees_all_cannot_see_hides_no_exception() -> None:
    known = catalogue()

    assert {check.id for check in known.values() if check.sees_all} == SEE_ALL.keys()
    assert [name for name, words in SEE_ALL.items() if words not in known[name].cannot_see] == []


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[tuple[str, str]]]:
    views: dict[str, set[tuple[str, str]]] = {}
    for view, column, kind in connection.execute(COLUMNS).fetchall():
        views.setdefault(view, set()).add((column, kind))
    return views


def test_a_drawn_view_has_the_columns_of_the_real_one(db: duckdb.DuckDBPyConnection) -> None:
    drawn = engine()
    fill(drawn)
    real = _columns(db)

    made = _columns(drawn)
    assert made.keys() >= CORE.keys()
    assert {view: columns - real.get(view, set()) for view, columns in made.items() if columns - real[view]} == {}
