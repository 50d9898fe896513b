"""The casebook at rest: SQLCipher encrypts every page of `casebook.sqlite`, of its log and of the copies beside it.

SQLCipher (BSD) comes in the package sqlcipher3 (zlib licence): AES-256 with an HMAC-SHA512 of each page. What it is
given is no pass phrase that it would have to stretch for a third of a second, but 32 bytes derived from the key.
"""

import re
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import URL, Engine, create_engine, event
from sqlcipher3 import dbapi2

from warehouse.casebook.errors import CasebookError

KEY = re.compile(r"[A-Za-z0-9_-]{32,128}")
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
    derived = HKDF(SHA256(), 32, salt=None, info=b"casebook.sqlite").derive(ensure_is_key(key).encode())
    return f"x'{derived.hex()}'"


def connected(path: Path, key: str | None = None, *, patience: float = _PATIENCE) -> Any:
    """Return a connection of sqlcipher3 to a file, encrypted by this key, or plain without one; it begins nothing."""
    connection = dbapi2.connect(str(path), timeout=patience, isolation_level=None)
    _unlock(connection, raw_key(key) if key else None)
    return connection


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
