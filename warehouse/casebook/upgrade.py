"""Brings a casebook's tables up to date by Alembic's migrations, each run once and all of them or none.

A casebook from before migrations has no `alembic_version`; the first migration recognises it by the tables it has. Of a
casebook in SQLite a copy is kept beside it before it is changed: `casebook.sqlite.before-<migration>`.
"""

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlcipher3 import dbapi2

from warehouse.casebook import migrations
from warehouse.casebook.alone import UPGRADE, alone
from warehouse.casebook.errors import DAMAGED, CasebookError
from warehouse.casebook.tables import TABLES

HEAD = "0010"  # the newest file in migrations/versions; a test compares them
SCRIPTS = Path(migrations.__path__[0])


def bring_up_to_date(engine: Engine, *, scripts: Path = SCRIPTS, head: str = HEAD) -> bool:
    """Run the migrations that this casebook lacks, and say whether there were any.

    Raises CasebookError if the casebook was made by a newer program, has lost a table, or cannot be written.
    """
    with engine.connect() as connection:
        if version_of(connection) == head:
            _must_have_its_tables(connection)
            return False
    with alone(engine, UPGRADE) as connection:
        version = version_of(connection)
        if version == head:  # another process was quicker
            return False
        _must_be_known(version, scripts)
        if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
            _keep_copy(engine, head)
        _migrate(connection, scripts)
    return True


def version_of(connection: Connection) -> str | None:
    """Return the newest migration that this casebook has had; None for a new one and one from before migrations."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return version


def _must_have_its_tables(connection: Connection) -> None:
    if not TABLES.tables.keys() <= set(inspect(connection).get_table_names()):
        raise CasebookError(DAMAGED)


def _must_be_known(version: str | None, scripts: Path) -> None:
    revisions = {path.name[1:5] for path in (scripts / "versions").glob("m[0-9]*.py")}
    if version is not None and version not in revisions:
        raise CasebookError(
            f"This casebook was made by a newer program (it has migration {version}). Update the program; nothing was "
            "changed."
        )


def _keep_copy(engine: Engine, head: str) -> None:
    """Copy the casebook as it stands, encrypted by its key; the name is given once the copy is whole."""
    casebook = Path(str(engine.url.database))
    beside, unfinished = (casebook.with_name(f"{casebook.name}.{end}") for end in (f"before-{head}", "copying"))
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(engine.raw_connection()) as other:
            other.cursor().execute("vacuum into ?", [str(unfinished)])
    except dbapi2.Error as error:
        unfinished.unlink(missing_ok=True)
        raise CasebookError(
            "The casebook could not be copied before its upgrade, so it was left as it is. Free some space beside it, "
            "and run again."
        ) from error
    unfinished.replace(beside)


def _migrate(connection: Connection, scripts: Path) -> None:
    from alembic import command  # noqa: PLC0415 - only an upgrade waits for its import
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
