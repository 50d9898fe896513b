"""Finds damage in the encrypted files before anything is bought that could then not be kept.

DuckDB authenticates every block as it reads it (AES-256-GCM), so reading every column of every table finds a changed
byte in any of them. A table's index is read only where it is used: for the warehouse, which alone has some, the hash of
the closed file says the same of every byte.
"""

import hashlib
from pathlib import Path

import duckdb

from warehouse.store.open import opened


def ensure_readable(path: Path, key: str) -> None:
    """Read every column of every table of this file; WarehouseError if a block is not what was written."""
    with opened(path, key, read_only=not has_log(path)) as db:
        for table, columns in _tables(db):
            heaviest = ", ".join(f"max(hash({column}))" for column in columns)
            db.execute(f"select {heaviest} from {table}").fetchall()


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file that is closed; None while there is a log beside it, or no file."""
    return None if has_log(path) or not path.exists() else sha256_of(path)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_log(path: Path) -> bool:
    """Say whether changes of this database are still in the log beside it."""
    return path.with_name(f"{path.name}.wal").exists()


def _tables(db: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    return db.execute(
        "select format('\"{}\".\"{}\"', schema_name, table_name), list('\"' || column_name || '\"') "
        "from duckdb_columns() inner join duckdb_tables() using (database_name, schema_name, table_name) "
        "where database_name = current_database() group by all order by all"
    ).fetchall()
