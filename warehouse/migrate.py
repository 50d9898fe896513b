"""Brings a warehouse's tables up to date: numbered SQL files, each run once, in a transaction with its ledger row."""

from collections.abc import Mapping
from importlib import resources

import duckdb

from policies.errors import UserError

LEDGER = "create table if not exists main.migrations (name text primary key)"


class MigrationError(UserError):
    """The warehouse was made by a newer program than this one."""


def shipped() -> dict[str, str]:
    """Return the migrations of this program in order: name -> SQL."""
    folder = resources.files("warehouse.migrations")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in files}


def applied(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the migrations that this warehouse has had, in order; reads only."""
    table = db.execute(
        "select count(*) from duckdb_tables() where database_name = current_database() "
        "and schema_name = 'main' and table_name = 'migrations'"
    ).fetchall()
    if table == [(0,)]:
        return []
    return [name for (name,) in db.execute("select name from main.migrations order by name").fetchall()]


def pending(db: duckdb.DuckDBPyConnection, scripts: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of the migrations still to be run; reads only."""
    done = set(applied(db))
    return [name for name in scripts or shipped() if name not in done]


def migrate(db: duckdb.DuckDBPyConnection, scripts: Mapping[str, str] | None = None) -> list[str]:
    """Run what is pending of `scripts` (the shipped ones) and return its names.

    Raises MigrationError if the warehouse is newer than the program.
    """
    scripts = scripts or shipped()
    if unknown := [name for name in applied(db) if name not in scripts]:
        message = f"This warehouse was made by a newer program (it has {unknown[-1]}). Update the program."
        raise MigrationError(message)
    todo = pending(db, scripts)
    for name in todo:
        db.execute("begin")
        try:
            db.execute(LEDGER)
            db.execute(scripts[name])
            db.execute("insert into main.migrations values (?)", [name])
        except duckdb.Error:
            db.execute("rollback")
            raise
        db.execute("commit")
    return todo
