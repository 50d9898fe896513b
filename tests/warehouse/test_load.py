"""Records go into the raw tables whole, in place of what the run had from that source."""

import subprocess
import sys

import duckdb
import pytest

from tests.warehouse.rows import follow, profile
from warehouse.store.load import load


def count(db, table="follows"):
    return db.execute(f"select count(*) from raw.{table}").fetchall()[0][0]


def test_loading_twice_replaces_and_never_doubles(db):
    load(db, run_id="r", source="x", records=[follow("1"), follow("2")])
    rows = load(db, run_id="r", source="x", records=[follow("1")])

    assert rows == {"follows": 1}
    assert count(db) == 1


def test_another_source_and_another_run_are_left_alone(db):
    load(db, run_id="r", source="x", records=[follow("1")])
    load(db, run_id="r", source="youtube", records=[follow("1", platform="youtube")])
    load(db, run_id="s", source="x", records=[follow("1")])
    load(db, run_id="r", source="x", records=[])

    assert count(db) == 2


def test_a_record_that_comes_twice_is_kept_once_as_it_came_last(db):
    load(db, run_id="r", source="x", records=[profile("1", "First"), profile("1", "Last")])

    assert db.execute("select display_name from raw.profiles").fetchall() == [("Last",)]


def test_a_load_that_fails_keeps_what_was_there(db):
    load(db, run_id="r", source="x", records=[follow("1")])

    with pytest.raises(duckdb.ConstraintException):
        load(db, run_id="r", source="x", records=[follow("2"), profile(None)])

    assert db.execute("select actor_id from raw.follows").fetchall() == [("1",)]


def test_what_adds_keeps_what_was_there_and_puts_the_new_in_place_of_the_same(db):
    load(db, run_id="r", source="media", records=[profile("1", "First"), profile("2")])
    load(db, run_id="r", source="media", records=[profile("1", "Second")], adds=True)

    assert db.execute("select account_id, display_name from raw.profiles order by 1").fetchall() == [
        ("1", "Second"),
        ("2", "Someone"),
    ]


def test_putting_rows_into_a_table_imports_nothing_but_what_is_there_already():
    """For a frame that is given to it as such, DuckDB imports pyarrow's data sets and pandas: a fifth of a second."""
    script = """
import sys
import duckdb
from warehouse.store.load import insert
db = duckdb.connect()
db.execute("create table made (name text, parts double[])")
insert(db, "made", [{"name": "one", "parts": [0.5]}, {"name": None, "parts": None}])
print(db.execute("select * from made").fetchall())
print(*{name.partition(".")[0] for name in sys.modules} & {"duckdb", "pandas", "pyarrow", "numpy"})
"""
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert made.stdout.splitlines() == ["[('one', [0.5]), (None, None)]", "duckdb"]
