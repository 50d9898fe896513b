"""Works core views out once: for the length of a transaction that is rolled back, or in memory beside the warehouse.

Asked one by one, the same rows would be worked out dozens of times. What is written to another database cannot be
written in that transaction; it reads what was worked out in memory.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import duckdb

from warehouse.store.build import in_order, models, under


@contextmanager
def rolled_back(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run what is inside in a transaction of which nothing is kept."""
    db.execute("begin")
    try:
        yield
    finally:
        db.execute("rollback")


def materialise(db: duckdb.DuckDBPyConnection, *wanted: str) -> None:
    """Work out every core view, in order, and let it read the result; only inside `rolled_back`.

    With `wanted`, those views alone and what they read. What was worked out in the transaction before stays so.
    """
    views = frozenset[str]().union(*map(under, wanted or in_order()))
    for name in _core(frozenset(views) - _worked_out(db)):
        copy = name.replace("core.", "frozen.")
        db.execute(f"create table {copy} as {models()[name]}")
        db.execute(f"create or replace view {name} as select * from {copy}")


def _core(views: Collection[str]) -> list[str]:
    """Return the core views among these, each after those that it reads."""
    return [name for name in in_order() if name.startswith("core.") and name in views]


def _worked_out(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the views that were worked out in this transaction."""
    db.execute("create schema if not exists frozen")
    names = db.execute(
        "select 'core.' || table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name = 'frozen'"
    ).fetchall()
    return frozenset(name for (name,) in names)


@contextmanager
def in_memory(db: duckdb.DuckDBPyConnection, wanted: Collection[str]) -> Iterator[None]:
    """Work out the core views that these views read, and let `core.NAME` mean the result inside.

    The models are meant, as SQL that is asked inside; a view of the warehouse reads the warehouse's own views.
    """
    views = frozenset[str]().union(*map(under, wanted))
    places = db.execute(
        "select database_name || '.' || schema_name from duckdb_schemas() where database_name = current_database()"
    ).fetchall()
    [(usual,)] = db.execute("select current_setting('search_path')").fetchall()
    db.execute("attach ':memory:' as worked_out")
    try:
        db.execute("create schema worked_out.core")
        db.execute(f"set search_path = '{','.join(['worked_out.core', *(place for (place,) in places)])}'")
        for name in _core(views):
            db.execute(f"create table worked_out.{name} as {models()[name]}")
        yield
    finally:
        db.execute(f"set search_path = '{usual}'")
        db.execute("detach worked_out")
