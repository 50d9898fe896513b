"""A published copy as it stood after one of its runs."""

from pathlib import Path

import duckdb

from tests.dashboards.copies import SCHEMA
from warehouse.store.open import attach, engine


def as_of(published: Path, key: str, run_id: str) -> duckdb.DuckDBPyConnection:
    """Return what a published copy said after this run; of tables without a run, what it says now."""
    db = engine()
    db.execute(SCHEMA)
    attach(db, published, key, name="whole")
    tables = (
        "select table_name, list(column_name) from duckdb_columns() where {} and schema_name = 'published' group by 1"
    )
    made = dict(db.execute(tables.format("database_name = 'whole'")).fetchall())
    for name, columns in made.items():
        known = "where run_id <= $run_id" if "run_id" in columns else "where $run_id is not null"
        db.execute(f"drop table if exists published.{name}")
        db.execute(f"create table published.{name} as select * from whole.published.{name} {known}", {"run_id": run_id})
    db.execute("detach whole")
    return db
