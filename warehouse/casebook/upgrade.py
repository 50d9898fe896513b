"""Makes a new casebook's tables, and brings an older one's up to date by Alembic's migrations, all of them or none.

Of a casebook in SQLite a copy is kept beside it before it is changed: `casebook.sqlite.before-<migration>`.
"""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, inspect, select
from sqlcipher3 import dbapi2

from warehouse.casebook import migrations
from warehouse.casebook.alone import UPGRADE, alone
from warehouse.casebook.errors import DAMAGED, TOO_OLD, CasebookError
from warehouse.casebook.people import desk_tables  # noqa: F401 - they declare tables
from warehouse.casebook.tables import TABLES
from warehouse.store.private_files import new_private_file

HEAD = "0.7.0"  # the newest migration in migrations/versions; a test compares them
SCRIPTS = Path(migrations.__path__[0])
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def bring_up_to_date(engine: Engine, *, scripts: Path = SCRIPTS, head: str = HEAD) -> bool:
    """Make the tables or run the migrations that this casebook lacks, and say whether there was anything to do.

    Raises CasebookError if the casebook is from before 0.2.0, was made by a newer program, has lost a table, or cannot
    be written.
    """
    with engine.connect() as connection:
        if version_of(connection) == head:
            if not TABLES.tables.keys() <= set(inspect(connection).get_table_names()):
                raise CasebookError(DAMAGED)
            return False
    with alone(engine, UPGRADE) as connection:
        version = version_of(connection)
        if version == head:  # another process was quicker
            return False
        if version is None:
            TABLES.create_all(connection)
            _VERSION.create(connection)
            connection.execute(insert(_VERSION).values(version_num=head))
            return True
        ensure_casebook_known(version, scripts=scripts)
        if connection.dialect.name == "sqlite":
            _keep_copy(engine, head)
        _migrate(connection, scripts)
    return True


def version_of(connection: Connection) -> str | None:
    """Return the newest migration that this casebook has had; None for a new one.

    Raises CasebookError for a casebook that has tables and no version: it is from before there were any.
    """
    tables = set(inspect(connection).get_table_names())
    if _VERSION.name in tables:
        version: str | None = connection.execute(select(_VERSION)).scalar()
        return version
    if tables & TABLES.tables.keys():
        raise CasebookError(TOO_OLD)
    return None


def ensure_casebook_known(version: str, *, what: str = "casebook", scripts: Path = SCRIPTS) -> None:
    """Raise CasebookError where this program has no migration of that name: it is from before 0.2.0, or newer."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only an upgrade waits for its import

    if version in {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}:
        return
    if version.startswith("00"):  # the numbers of the migrations before the baseline
        raise CasebookError(TOO_OLD.replace("casebook", what))
    newer = f"This {what} was made by a newer program (it has migration {version})."
    raise CasebookError(f"{newer} Update the program; nothing was changed.")


def _keep_copy(engine: Engine, head: str) -> None:
    """Copy the casebook as it stands, encrypted by its key; the name is given once the copy is whole."""
    casebook = Path(str(engine.url.database))
    beside, unfinished = (casebook.with_name(f"{casebook.name}.{end}") for end in (f"before-{head}", "copying"))
    unfinished.unlink(missing_ok=True)
    new_private_file(unfinished).close()
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
