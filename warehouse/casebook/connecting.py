"""How the casebook's database is opened: encrypted where it is a file, read while one writes, and never in memory."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url

from warehouse.casebook.alone import folder_locked
from warehouse.casebook.at_rest import encrypted_engine, ensure_is_key, is_plain
from warehouse.casebook.errors import IN_MEMORY, TOO_OLD, CasebookError

_CONNECTIONS = 12  # kept open at most; each is opened when it is first needed


def engine_of(text: str, key: str | None) -> Engine:
    """Return the engine of a casebook at a SQLAlchemy URL.

    Raises CasebookError for a text that cannot be a key, for none, and for a casebook in the clear, which is too old.
    """
    url = make_url(text)
    if url.get_backend_name() != "sqlite":
        return create_engine(
            _patient(url), hide_parameters=True, pool_size=_CONNECTIONS, pool_pre_ping=True, pool_use_lifo=True
        )
    key = ensure_is_key(key)
    if url.database and is_plain(Path(url.database)):
        raise CasebookError(TOO_OLD)
    return encrypted_engine(url, key)


def _patient(url: URL) -> URL:
    """Return the URL of a server with an end to every wait, in seconds, unless it says otherwise itself.

    A server that answers no more is given up, and nobody waits for another's lock for ever.
    """
    if not url.get_backend_name().startswith("postgresql"):
        return url
    waits = {
        "connect_timeout": "10",
        "keepalives_idle": "30",
        "keepalives_interval": "10",
        "keepalives_count": "3",
        "options": "-c lock_timeout=30s -c idle_in_transaction_session_timeout=15min",
    }
    return url.update_query_dict({**waits, **url.query})


def ensure_kept(engine: Engine) -> None:
    """Refuse a casebook that would be gone with the program: no decision, and no question, may go unwritten."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        files = connection.exec_driver_sql("select file from pragma_database_list where name = 'main'").scalars().all()
    if not all(files):
        raise CasebookError(IN_MEMORY)


def write_ahead(connection: Any, _record: object) -> None:
    """Let others read while one writes, and write zeros over what is deleted.

    Of two that change a new file's journal at once, SQLite refuses one without waiting: here they take turns.
    """
    cursor = connection.cursor()
    file = cursor.execute("select file from pragma_database_list where name = 'main'").fetchone()[0]
    if file and cursor.execute("pragma journal_mode").fetchone()[0] != "wal":
        with folder_locked(Path(file).parent):
            cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma secure_delete = on")
    cursor.close()
