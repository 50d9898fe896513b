"""The connection that a question is asked on: views of the published copy, some rows of the casebook, all locked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.store.open import attach, engine

# What is read ahead of an answer. DuckDB counts a text as sixteen bytes in it, however long, and holds 30 vectors of
# them at its usual 1 MB: of 10,000 characters each, 600 MB.
_READ_AHEAD = "10KB"
LOCKS = (
    ("autoinstall_known_extensions", False),
    ("autoload_known_extensions", False),
    ("allow_community_extensions", False),
    ("python_enable_replacements", False),  # or SQL reads the program's own variables
    ("python_scan_all_frames", False),
    ("temp_directory", ""),
    ("max_temp_directory_size", "0KB"),  # no copy of the data is left on a disk
    ("enable_external_access", False),
    ("streaming_buffer_size", _READ_AHEAD),
    ("lock_configuration", True),
)
Kinds = Mapping[str, Mapping[str, str]]


@contextmanager
def opened_copy(
    path: Path, key: str, extension: str, casebook: Kinds, limits: Mapping[str, Any]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection with the schemas `published` and `casebook` in memory: views of the copy, and empty tables.

    WarehouseError if the copy cannot be opened.
    """
    db = engine(extension)
    try:
        db.execute(f"set memory_limit = '{int(limits['engine_memory']) // 1_000_000}MB'")
        attach(db, path, key, name="kept", read_only=True)
        names = db.execute(
            "select table_name, comment from duckdb_tables() where database_name = 'kept' and schema_name = 'published'"
        ).fetchall()
        db.execute("create schema published")
        for name, about in names:
            db.execute(f"create view published.{name} as select * from kept.published.{name}")  # noqa: S608 - ours
            db.execute(f"comment on view published.{name} is {_literal(about or '')}")
        db.execute("create schema casebook")
        for name, kinds in casebook.items():
            columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            db.execute(f"create table casebook.{name} ({columns})")
        db.execute("set search_path = 'memory.published,memory.casebook'")
        yield db
    finally:
        db.close()


def casebook_filled(db: duckdb.DuckDBPyConnection, casebook: Kinds, rows: Mapping[str, Sequence[Any]]) -> None:
    """Put rows, whose values are texts, into the tables of schema `casebook`."""
    for name, given in rows.items():
        form = json.dumps([dict.fromkeys(casebook[name], "VARCHAR")])
        taken = "select unnest(from_json($rows, $form), max_depth := 2)"
        db.execute(f"insert into casebook.{name} {taken}", {"rows": json.dumps(given), "form": form})


def locked(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Lock the connection for good and return it: no attach, copy, file, extension or setting from here on."""
    for name, value in LOCKS:
        db.execute(f"set {name} = {_literal(value)}")
    return db


def _literal(value: bool | str) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()
