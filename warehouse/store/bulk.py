"""Writes many rows at once: one Polars frame in the table's own column types, which DuckDB takes whole."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import polars as pl

POLARS_TYPES: dict[str, Any] = {
    "VARCHAR": pl.String,
    "VARCHAR[]": pl.List(pl.String),
    "BIGINT": pl.Int64,
    "BOOLEAN": pl.Boolean,
    "BLOB": pl.Binary,
    "DATE": pl.Date,
    "TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"),
    "DOUBLE": pl.Float64,
    "DOUBLE[]": pl.List(pl.Float64),
    "DOUBLE[][]": pl.List(pl.List(pl.Float64)),
}


def insert(db: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows, which all have the columns of the first, into `schema.table`; nothing where there are none.

    Raises KeyError for a column that the table does not have.
    """
    if not rows:
        return
    types = column_types(db, table)
    schema = {name: POLARS_TYPES[types[name]] for name in rows[0]}
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in schema}, schema=schema)
    db.register("incoming", frame)
    try:
        db.execute(f"insert into {table} ({', '.join(schema)}) select * from incoming")
    finally:
        db.unregister("incoming")


def column_types(db: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return the type of each column of `schema.table`, by its name."""
    schema, _, name = table.partition(".")
    return dict(
        db.execute(
            "select column_name, data_type from duckdb_columns() "
            "where database_name = current_database() and schema_name = ? and table_name = ?",
            [schema, name],
        ).fetchall()
    )
