"""A copy to hand over: its own key, no picture, the day by which it must go, and nothing where that day is over."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.warehouse.rows import listing_end, post
from warehouse.catalogue.clocks import BODY_DAYS
from warehouse.runs.publish import publish
from warehouse.runs.snapshot import take
from warehouse.store.build import build
from warehouse.store.load import load
from warehouse.store.migrate import migrate
from warehouse.store.open import WarehouseError, opened

KEY, NEW_KEY = "k" * 43, "n" * 43
MONDAY = date(2026, 11, 2)
RUN = "insert into raw.runs values (?, ?, 's', 'S', 'p', ?, ?, true, ?, null)"


@cache
def made_once() -> bytes:
    """Return the published copy of a warehouse of one run."""
    with TemporaryDirectory() as name, opened((folder := Path(name)) / "warehouse.duckdb", KEY) as db:
        migrate(db)
        build(db)
        at = f"{MONDAY} 06:00:00+00"
        db.execute(RUN, [str(MONDAY), MONDAY, at, at, at])
        load(db, run_id=str(MONDAY), source="x", records=[post("1"), listing_end()])
        publish(db, folder / "published.duckdb", KEY)
        return (folder / "published.duckdb").read_bytes()


@pytest.fixture
def published(tmp_path):
    (tmp_path / "published.duckdb").write_bytes(made_once())
    return tmp_path / "published.duckdb"


def test_a_snapshot_has_its_own_key_no_picture_and_the_day_of_the_oldest_run(published, tmp_path):
    target = tmp_path / "copy.duckdb"

    taken = take(published, KEY, target, NEW_KEY, today=MONDAY, purpose="an inspection")

    assert taken.delete_after == MONDAY + timedelta(days=BODY_DAYS)
    assert target.stat().st_mode & 0o777 == 0o600
    assert b"Sports day" not in target.read_bytes()
    with opened(target, NEW_KEY, read_only=True) as copy:
        assert copy.execute("select * from main.snapshot").fetchall() == [("an inspection", MONDAY, taken.delete_after)]
        assert copy.execute("select count(*) from published.runs").fetchall() == [(1,)]
        assert copy.execute("select 1 from duckdb_tables() where schema_name = 'desk'").fetchall() == []
    with pytest.raises(WarehouseError, match="The key does not open"), opened(target, KEY, read_only=True):
        pass


def test_what_should_have_been_deleted_is_not_handed_over(published, tmp_path):
    late = MONDAY + timedelta(days=BODY_DAYS + 1)

    with pytest.raises(WarehouseError, match="should have been deleted after 2026-11-30"):
        take(published, KEY, tmp_path / "copy.duckdb", NEW_KEY, today=late, purpose="an inspection")

    assert [path.name for path in tmp_path.glob("*copy*")] == []


def test_a_file_that_is_there_is_not_overwritten(published, tmp_path):
    target = tmp_path / "copy.duckdb"
    target.write_text("mine")

    with pytest.raises(WarehouseError, match="never overwritten"):
        take(published, KEY, target, NEW_KEY, today=MONDAY, purpose="an inspection")

    assert target.read_text() == "mine"


def test_before_the_first_run_there_is_nothing_to_hand_over(tmp_path):
    with pytest.raises(WarehouseError, match="Run `audit run` first"):
        take(tmp_path / "none.duckdb", KEY, tmp_path / "copy.duckdb", NEW_KEY, today=MONDAY, purpose="an inspection")
