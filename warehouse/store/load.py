"""Puts rows into tables, many at once, as Polars frames; a source's records instead of what the run had from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from typing import Any, ClassVar, Protocol, TypeAlias

import duckdb
import polars as pl

Deleted: TypeAlias = Counter[tuple[str, str]]  # (table, clock) -> rows that went


def counted(
    db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] | Mapping[str, object] | None = None
) -> int:
    """Run one statement that writes or deletes, and return how many rows it met."""
    return int(db.execute(sql, values).fetchall()[0][0])


def without_nothing(deleted: Deleted) -> Deleted:
    """Return the counts that are not zero."""
    return Counter({key: rows for key, rows in deleted.items() if rows})


_POLARS_TYPES: dict[str, Any] = {
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


def insert(
    db: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], *, replaces: bool = False
) -> None:
    """Insert these rows, which all have the columns of the first, into `schema.table`; nothing where there are none.

    With `replaces` each takes the place of the row of its key. Raises KeyError for a column that the table lacks.
    """
    if rows:
        _put(db, table, _frame(db, table, {name: [row[name] for row in rows] for name in rows[0]}), replaces=replaces)


def replace_run(db: duckdb.DuckDBPyConnection, table: str, run_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace what this run has in a table; joins a transaction that is under way."""
    db.execute(f"delete from {table} where run_id = ?", [run_id])
    insert(db, table, [{**row, "run_id": run_id} for row in rows])


def _frame(db: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, list[Any]]) -> pl.DataFrame:
    there = db.table(table)
    types = dict(zip(there.columns, map(str, there.types), strict=True))
    return pl.DataFrame(columns, schema={column: _POLARS_TYPES[types[column]] for column in columns})


def _put(db: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame, *, replaces: bool) -> None:
    """Insert a frame, as Arrow's own stream: for a frame as such DuckDB imports the data sets of pyarrow."""
    how = "insert or replace into" if replaces else "insert into"
    db.register("incoming", frame.__arrow_c_stream__())
    try:
        db.execute(f"{how} {table} by name select * from incoming")
    finally:
        db.unregister("incoming")


class Loadable(Protocol):
    """A frozen record in a raw table's own column names."""

    TABLE: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@contextmanager
def transaction(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what happens inside, or none of it."""
    db.execute("begin")
    try:
        yield
        db.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):  # after a failed commit there is nothing left to roll back
            db.execute("rollback")
        raise


def record_tables(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the raw tables that hold records: those with a run and a source, but no pages or requests."""
    rows = db.execute(
        "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'raw' "
        "and table_name not in ('pages', 'requests', 'pulls') order by 1"
    ).fetchall()
    return [name for (name,) in rows if {"run_id", "source"} <= {*db.table(f"raw.{name}").columns}]


def load(
    db: duckdb.DuckDBPyConnection, *, run_id: str, source: str, records: Iterable[Loadable], adds: bool = False
) -> dict[str, int]:
    """Replace what this run has from this source by these records, or add to it; return the rows of each table.

    A source that yields everything at each pull replaces; one that yields only what is still missing `adds`.
    """
    by_table: defaultdict[str, list[Loadable]] = defaultdict(list)
    for record in records:
        by_table[record.TABLE].append(record)
    keys = _keys(db)
    with transaction(db):
        for table in () if adds else _filled(db, run_id, source):
            db.execute(f"delete from raw.{table} where run_id = ? and source = ?", [run_id, source])
        for table, rows in by_table.items():
            columns = {field.name: [getattr(row, field.name) for row in rows] for field in fields(rows[0])}
            unique = [name for name in keys.get(table, ()) if name in columns]
            own = {"run_id": [run_id] * len(rows), "source": [source] * len(rows)}
            frame = _frame(db, f"raw.{table}", columns | own)
            last = frame.unique(unique, keep="last", maintain_order=True) if unique else frame
            _put(db, f"raw.{table}", last, replaces=bool(unique))
    return {table: len(rows) for table, rows in by_table.items()}


def _filled(db: duckdb.DuckDBPyConnection, run_id: str, source: str) -> list[str]:
    """Return the record tables that hold rows of this run from this source, in one question."""
    parts = [
        f"select '{table}' where exists (select 1 from raw.{table} where run_id = $run_id and source = $source)"
        for table in record_tables(db)
    ]
    rows = db.execute(" union all ".join(parts), {"run_id": run_id, "source": source}).fetchall()
    return [table for (table,) in rows]


def _keys(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = db.execute(
        "select table_name, constraint_column_names from duckdb_constraints() "
        "where database_name = current_database() and schema_name = 'raw' and constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    return dict(rows)
