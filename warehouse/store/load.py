"""Puts a source's records into the raw tables, in one transaction, instead of what that run had from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from typing import Any, ClassVar, Protocol

import duckdb
import polars as pl

from warehouse.store.bulk import POLARS_TYPES


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
    insert = "insert or replace into" if unique else "insert into"
    db.register("incoming", frame)
    db.execute(f"{insert} raw.{table} (run_id, source, {columns}) select ?, ?, {columns} from incoming", list(place))
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
