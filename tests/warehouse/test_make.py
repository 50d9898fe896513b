"""A warehouse is made whole or not at all."""

import pytest

from warehouse.store.migrate import make
from warehouse.store.open import opened

KEY = "k" * 40


def tables(path):
    with opened(path, KEY, read_only=True) as db:
        return db.execute("select count(*) from duckdb_tables()").fetchall()[0][0]


@pytest.mark.parametrize("left", [b"", b"scribbles"])
def test_what_a_killed_making_left_is_no_warehouse_and_in_nobodys_way(tmp_path, left):
    path = tmp_path / "warehouse.duckdb"
    for name in ("warehouse.new", "warehouse.new.wal"):
        (tmp_path / name).write_bytes(left)

    make(path, KEY)

    assert tables(path) > 20
    assert [file.name for file in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_a_warehouse_that_another_run_made_meanwhile_stays(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    make(path, KEY)
    with opened(path, KEY) as db:
        db.execute("create table ours as select 1")
    before = tables(path)

    make(path, KEY)

    assert tables(path) == before
