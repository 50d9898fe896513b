"""Puts rows into tables, many at once, as Polars frames; a source's records instead of what the run had from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from typing import Any, ClassVar, Protocol, TypeAlias

import duckdb
import polars as pl

Deleted: TypeAlias = Counter[tuple[str, str]]  # (table, clock) -> rows that went


def counted(db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> int:
    """Run one delete or update and return how many rows it met."""
    return int(db.execute(sql, list(values)).fetchall()[0][0])


def without_nothing(deleted: Deleted) -> Deleted:
    """Return the counts that are not zero."""
    return Counter({key: rows for key, rows in deleted.items() if rows})


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
        "select table_name from duckdb_columns() where database_name = current_database() "
        "and schema_name = 'raw' and column_name in ('run_id', 'source') "
        "and table_name not in ('pages', 'requests', 'pulls') group by table_name having count(*) = 2 order by 1"
    ).fetchall()
    return [name for (name,) in rows]


def load(
    db: duckdb.DuckDBPyConnection, *, run_id: str, source: str, records: Iterable[Loadable], adds: bool = False
) -> dict[str, int]:
    """Replace what this run has from this source by these records, or add to it; return the rows of each table.

    A source that yields everything at each pull replaces; one that yields only what is still missing `adds`.
    """
    by_table: defaultdict[str, list[Loadable]] = defaultdict(list)
    for record in records:
        by_table[record.TABLE].append(record)
    types, keys = _types(db), _keys(db)
    with transaction(db):
        for table in () if adds else _filled(db, run_id, source):
            db.execute(f"delete from raw.{table} where run_id = ? and source = ?", [run_id, source])
        for table, rows in by_table.items():
            names = [field.name for field in fields(rows[0])]
            frame = _frame(rows, {name: POLARS_TYPES[types[table, name]] for name in names})
            unique = [name for name in keys.get(table, ()) if name in names]
            _insert(db, table, (run_id, source), frame, unique)
    return {table: len(rows) for table, rows in by_table.items()}


def _filled(db: duckdb.DuckDBPyConnection, run_id: str, source: str) -> list[str]:
    """Return the record tables that hold rows of this run from this source, in one question."""
    parts = [
        f"select '{table}' where exists (select 1 from raw.{table} where run_id = $run_id and source = $source)"
        for table in record_tables(db)
    ]
    rows = db.execute(" union all ".join(parts), {"run_id": run_id, "source": source}).fetchall()
    return [table for (table,) in rows]


def _frame(rows: list[Loadable], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({name: [getattr(row, name) for row in rows] for name in schema}, schema=schema)


def _insert(
    db: duckdb.DuckDBPyConnection, table: str, place: tuple[str, str], frame: pl.DataFrame, unique: list[str]
) -> None:
    if unique:
        frame = frame.unique(subset=unique, keep="last", maintain_order=True)
    columns = ", ".join(frame.columns)
    how = "insert or replace into" if unique else "insert into"
    db.register("incoming", frame)
    db.execute(f"{how} raw.{table} (run_id, source, {columns}) select ?, ?, {columns} from incoming", list(place))
    db.unregister("incoming")


def _types(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    rows = db.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'raw'"
    ).fetchall()
    return {(table, column): kind for table, column, kind in rows}


def _keys(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = db.execute(
        "select table_name, constraint_column_names from duckdb_constraints() "
        "where database_name = current_database() and schema_name = 'raw' and constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    return dict(rows)
