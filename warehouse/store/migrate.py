"""Makes a school's warehouse, and brings its tables up to date: numbered SQL files, each run once."""

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import duckdb

from policies.errors import UserError
from warehouse.store.build import build
from warehouse.store.open import drop, opened

LEDGER = "create table if not exists main.migrations (name text primary key)"


BASELINE = "0001_baseline"
_OLDER = (
    "This warehouse is from before the first release, and cannot be brought up to date; nothing was changed. Set "
    "AUDIT_HOME to a new folder, run `audit init` there, and copy school.toml, the registers and the photographs over."
)
NOT_LOOKED = "not looked at; the next run brings the warehouse up to this program first."
_NEWER = "This warehouse was made by a newer program (it has {name}). Update the program."


class MigrationError(UserError):
    """The warehouse is of a newer program than this one, or of one from before the first release."""


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


def ensure_known(db: duckdb.DuckDBPyConnection, scripts: Mapping[str, str] | None = None) -> None:
    """Refuse a warehouse from before the baseline, and one that is newer than this program; reads only."""
    done = applied(db)
    if done and BASELINE not in done:
        raise MigrationError(_OLDER)
    if unknown := [name for name in done if name not in (scripts or shipped())]:
        raise MigrationError(_NEWER.format(name=unknown[-1]))


def pending(db: duckdb.DuckDBPyConnection, scripts: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of the migrations still to be run; reads only. MigrationError as `ensure_known`."""
    ensure_known(db, scripts)
    done = set(applied(db))
    return [name for name in scripts or shipped() if name not in done]


def migrate(db: duckdb.DuckDBPyConnection, scripts: Mapping[str, str] | None = None) -> list[str]:
    """Run what is pending of `scripts` (the shipped ones) and return its names. MigrationError as `ensure_known`."""
    scripts = scripts or shipped()
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


def make(path: Path, key: str) -> None:
    """Make an empty warehouse with its tables and views at `path`, unless another run has made it meanwhile.

    WarehouseError as for every encrypted file.
    """
    beside = path.with_suffix(".new")
    drop(beside)
    with opened(beside, key) as db:
        migrate(db)
        build(db)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    _put_in_place(beside, path)


def _put_in_place(beside: Path, path: Path) -> None:
    """Give the file its name, but never the name of one that is there."""
    try:
        os.link(beside, path)
    except OSError:  # there is one already, or the disk knows no second names
        if not path.exists():
            beside.replace(path)
    beside.unlink(missing_ok=True)
