"""Publishes anew what has been published, so that the copy holds no more than the warehouse after a deletion.

A run that is under way, or was broken off, is not shown by it: the copy is then made from the warehouse without it.
"""

from pathlib import Path

import duckdb

from warehouse.runs.publish import publish
from warehouse.runs.runs import is_published
from warehouse.store.open import attach, drop, opened

_TABLES_OF_RUNS = (
    "select schema_name || '.' || table_name from duckdb_columns() "
    "where database_name = 'kept' and schema_name in ('raw', 'outcome') and column_name = 'run_id' "
    "and schema_name || '.' || table_name in "
    "(select schema_name || '.' || table_name from duckdb_tables() where database_name = 'kept')"
)


def publish_settled(db: duckdb.DuckDBPyConnection, target: Path, key: str) -> bool:
    """Write the published copy anew at `target`; say whether there is anything that was ever published.

    `db` is the open warehouse, as `kept`. WarehouseError if the disk is full; the copy there was then stays.
    """
    [(published,)] = db.execute("select count(*) from raw.runs where published_at is not null").fetchall()
    if not published:
        return False
    if is_published(db):
        publish(db, target, key)
        return True
    aside = target.with_name("settled.part.duckdb")
    drop(aside)
    try:
        attach(db, aside, key, name="settled")
        try:
            db.execute("copy from database kept to settled")
        finally:
            db.execute("detach settled")
        with opened(aside, key) as settled:
            _leave_out_unpublished(settled)
            publish(settled, target, key)
    finally:
        drop(aside)
    return True


def _leave_out_unpublished(db: duckdb.DuckDBPyConnection) -> None:
    tables = [name for (name,) in db.execute(_TABLES_OF_RUNS).fetchall() if name != "raw.runs"]
    for name in [*tables, "raw.runs"]:
        unpublished = "run_id in (select run_id from raw.runs where published_at is null)"
        db.execute(f"delete from {name} where {unpublished}")
