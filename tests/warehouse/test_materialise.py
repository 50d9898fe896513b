"""Frozen views answer as the views do, and nothing of the freezing stays."""

import re

import pytest

from tests.warehouse.rows import follow, listing_end, photo, post, profile, registers_read
from warehouse.build import in_order, models
from warehouse.load import load
from warehouse.materialise import materialise, rolled_back

CORE = sorted(name for name in models() if name.startswith("core."))


def answers(db):
    return {name: db.execute(f"select * from {name} order by all").fetchall() for name in CORE}


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
    before = answers(db)

    with rolled_back(db):
        materialise(db)
        frozen = answers(db)
        load_later = "insert into raw.follows values ('2026-11-02', 'x', 'x', '100', '8', 'follower', null)"
        db.execute(load_later)
        still = answers(db)

    assert frozen == before
    assert still == before
    assert answers(db) == before
    assert db.execute("select count(*) from duckdb_schemas() where schema_name = 'frozen'").fetchall() == [(0,)]
    db.execute(load_later)
    assert answers(db) != before


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
