"""Frozen views answer as the views do, and nothing of the freezing stays."""

import re

import pytest

from tests.warehouse.rows import follow, listing_end, photo, post, profile, registers_read
from warehouse.store.build import in_order, models, under
from warehouse.store.load import load
from warehouse.store.materialise import in_memory, materialise, rolled_back

CORE = sorted(name for name in models() if name.startswith("core."))


def answers(db):
    return {name: db.execute(f"select * from {name} order by all").fetchall() for name in CORE}


def definitions(db):
    return db.execute("select schema_name, view_name, sql from duckdb_views() order by all").fetchall()


def test_a_frozen_view_answers_as_the_view_itself_does_and_is_itself_again_afterwards(db, week):
    run_id = week("2026-11-02")
    records = [
        profile("7"),
        follow("7"),
        post("1", repost_count=1),
        photo("1", "3_1"),
        listing_end(),
        listing_end("posts"),
    ]
    load(db, run_id=run_id, source="x", records=records)
    registers_read(db, run_id)
    before, as_made = answers(db), definitions(db)

    with rolled_back(db):
        materialise(db)
        frozen, as_frozen = answers(db), definitions(db)
        load_later = "insert into raw.follows values ('2026-11-02', 'x', 'x', '100', '8', 'follower', null)"
        db.execute(load_later)
        still = answers(db)

    assert frozen == before
    assert still == before
    assert as_frozen != as_made
    assert definitions(db) == as_made
    assert db.execute("select count(*) from duckdb_schemas() where schema_name = 'frozen'").fetchall() == [(0,)]
    db.execute(load_later)
    assert db.execute("select * from core.followers order by all").fetchall() != before["core.followers"]


def test_of_the_views_that_one_needs_the_rest_is_worked_out_later_and_these_stay(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[profile("7"), follow("7"), listing_end()])
    seen_later = "insert into raw.follows values ('2026-11-02', 'x', 'x', '100', '8', 'follower', null)"
    seen = "select actor_id from core.followers order by 1"

    with rolled_back(db):
        materialise(db, "core.followers")
        db.execute(seen_later)
        first = (db.execute(seen).fetchall(), frozen(db))
        materialise(db)
        then = (db.execute(seen).fetchall(), frozen(db))
        actors = db.execute("select actor_id from core.actors order by 1").fetchall()

    assert first == ([("7",)], under("core.followers"))
    assert then == ([("7",)], set(CORE))
    assert actors == [("7",)]
    assert {"core.followers", "core.members", "core.audit"} <= under("core.followers")


def test_no_view_has_the_name_that_is_wanted(db):
    with rolled_back(db), pytest.raises(KeyError, match=r"core\.nothing"):
        materialise(db, "core.nothing")


def test_what_is_published_is_read_from_views_that_were_worked_out_in_memory(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[profile("7"), follow("7"), post("1"), listing_end()])
    published = sorted(name for name in models() if name.startswith("published."))
    as_views = {name: db.execute(f"from {name} order by all").fetchall() for name in published}
    usual = places(db)

    with in_memory(db, published):
        db.execute("insert into raw.follows values ('2026-11-02', 'x', 'x', '100', '8', 'follower', null)")
        as_models = {name: db.execute(f"from ({models()[name]}) order by all").fetchall() for name in published}

    assert as_models == as_views
    assert [row[2] for row in as_models["published.followers"]] == ["7"]
    assert places(db) == usual


def test_whatever_goes_wrong_leaves_nothing_in_memory(db):
    usual = places(db)

    with pytest.raises(ZeroDivisionError), in_memory(db, ["published.followers"]):
        raise ZeroDivisionError
    with pytest.raises(KeyError, match=r"published\.nothing"), in_memory(db, ["published.nothing"]):
        pytest.fail("there is no such view")

    assert places(db) == usual


def places(db):
    [(path,)] = db.execute("select current_setting('search_path')").fetchall()
    return path, db.execute("select database_name from duckdb_databases() order by all").fetchall()


def frozen(db):
    names = db.execute("select table_name from duckdb_tables() where schema_name = 'frozen'").fetchall()
    return {f"core.{name}" for (name,) in names}


def test_a_view_comes_after_those_that_it_reads():
    order = in_order()
    named = {name: re.findall(r"\b(?:from|join) (\w+\.\w+)", sql) for name, sql in models().items()}
    reads = [(name, other) for name in order for other in named[name] if other in order]

    assert len(reads) > 100
    assert [(name, other) for name, other in reads if order.index(other) > order.index(name)] == []


@pytest.mark.usefixtures("db")
def test_the_order_is_the_same_where_the_views_are_there_already():
    order = in_order()
    in_order.cache_clear()

    assert in_order() == order
