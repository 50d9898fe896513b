"""How the casebook's database is opened: encrypted where it is a file, read while one writes, and never in memory."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlcipher3 import dbapi2

from warehouse.casebook.alone import folder_locked
from warehouse.casebook.errors import IN_MEMORY, TOO_OLD, CasebookError, sentence_of
from warehouse.store.open import KEY
from warehouse.store.sealing import key_for

_PLAIN = b"SQLite format 3\x00"  # how a file begins that anybody can read
_CONNECTIONS = 12  # kept open at most; each is opened when it is first needed
_PATIENCE = 10  # seconds to wait for another writer
_NO_KEY = "The casebook has no key. Put keys/casebook.key back from your copy, or set AUDIT_CASEBOOK_KEY."
_NOT_A_KEY = (
    "The casebook's key must be 32 to 128 letters, digits, - or _. Check keys/casebook.key or AUDIT_CASEBOOK_KEY."
)


def is_plain(path: Path) -> bool:
    """Say whether a file is a SQLite database that anybody can read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except FileNotFoundError:
        return False


def is_encrypted(path: Path) -> bool:
    """Say whether there is a file with something in it that is no SQLite database as anybody can read it."""
    return path.exists() and path.stat().st_size > 0 and not is_plain(path)


def ensure_is_key(key: str | None) -> str:
    """Return the key; CasebookError where there is none, or a text that cannot be one."""
    if not key:
        raise CasebookError(_NO_KEY)
    if not KEY.fullmatch(key):
        raise CasebookError(_NOT_A_KEY)
    return key


def raw_key(key: str) -> str:
    """Return SQLCipher's literal of the 32 bytes that a key stands for."""
    return f"x'{key_for(ensure_is_key(key), 'casebook.sqlite').hex()}'"


def connected(path: Path, key: str | None = None) -> Any:
    """Return a connection of sqlcipher3 to a file, encrypted by this key, or plain without one; it begins nothing."""
    connection = dbapi2.connect(str(path), timeout=_PATIENCE, isolation_level=None)
    _unlock(connection, raw_key(key) if key else None)
    return connection


def opens(path: Path, key: str) -> bool:
    """Say whether a key opens a casebook's file; CasebookError where it cannot be read for another reason."""
    if not is_encrypted(path):
        return False
    try:
        with closing(connected(path, key)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchall()
    except dbapi2.Error as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            return False
        raise CasebookError(sentence_of(error.sqlite_errorname, path)) from error
    return True


def rekey(path: Path, keys: Sequence[str], new: str) -> None:
    """Write a casebook's file anew under another key, wholly or not at all; one that is under it already is left.

    Whoever has it open with the old key is told so by their next question. CasebookError where none of `keys` opens it,
    and where somebody reads or writes it for longer than 10 seconds.
    """
    if not is_encrypted(path):
        return
    if (key := next((each for each in (new, *keys) if opens(path, each)), None)) is None:
        raise CasebookError(sentence_of("SQLITE_NOTADB", path))
    try:
        with closing(connected(path, key)) as connection:
            if key != new:
                connection.execute(f'pragma rekey = "{raw_key(new)}"').fetchall()  # it fails without a word
            is_busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except dbapi2.Error as error:
        raise CasebookError(sentence_of(error.sqlite_errorname, path)) from error
    if is_busy or not opens(path, new):
        raise CasebookError(sentence_of("SQLITE_BUSY", path))


def encrypted_engine(url: URL, key: str) -> Engine:
    """Return an engine whose every connection to the SQLite file of this URL is given the key first."""
    literal = raw_key(key)
    patient = url.update_query_dict({"timeout": str(_PATIENCE), **url.query})
    engine = create_engine(patient, module=dbapi2, hide_parameters=True, pool_size=_CONNECTIONS)

    def connect(dialect: Any, _record: object, args: Any, named: Any) -> Any:
        connection = dialect.connect(*args, **named)
        _unlock(connection, literal)
        return connection

    event.listen(engine, "do_connect", connect)
    return engine


def _unlock(connection: Any, literal: str | None) -> None:
    cursor = connection.cursor()
    cursor.execute("pragma cipher_log_level = none")  # a wrong key is told in our own sentence, and by an error
    if literal is not None:
        cursor.execute(f'pragma key = "{literal}"')
    cursor.close()


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
    """Return the URL of a server with an end to every wait, in seconds, unless it says otherwise itself."""
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
