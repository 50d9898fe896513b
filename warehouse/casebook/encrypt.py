"""Encrypts a casebook that an earlier program left in the clear, and the copies that were made of it.

The encrypted one is written beside it, compared row by row, and takes its name; then the plain one, which has another
name since, is overwritten and removed. A kill at any step leaves a whole casebook, and the next opening goes on.
"""

import os
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from warehouse.casebook.alone import folder_locked
from warehouse.casebook.at_rest import connected, is_plain, raw_key, rows_of
from warehouse.casebook.errors import IN_USE, CasebookError, sentence_of

_NOT_EQUAL = (
    "The casebook could not be encrypted: what was written is not what was read, so it was left as it is. Run again."
)
_BLOCK = 1 << 20


def encrypt_what_is_plain(casebook: Path, key: str) -> None:
    """Leave nothing of this casebook in the clear: itself, its copies, and what a killed encryption left.

    Raises CasebookError, and leaves what there was, where another program has it open or the disk is full.
    """
    if not casebook.parent.is_dir() or not any(map(_is_in_the_clear, _files(casebook))):
        return
    with folder_locked(casebook.parent):
        for path in _files(casebook):
            try:
                _encrypt(path, key)
            except dbapi2.Error as error:
                raise CasebookError(sentence_of(error, path)) from error
            except OSError as error:
                raise CasebookError(f"The casebook could not be encrypted: {error.strerror}.") from error


def _files(casebook: Path) -> list[Path]:
    return [casebook, *sorted(casebook.parent.glob(f"{casebook.name}.before-????"))]


def _is_in_the_clear(path: Path) -> bool:
    return is_plain(path) or _old(path).exists()


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.plain")


def _encrypt(path: Path, key: str) -> None:
    beside, old = path.with_name(f"{path.name}.encrypting"), _old(path)
    beside.unlink(missing_ok=True)
    if is_plain(path):
        old.unlink(missing_ok=True)  # the other name of the same file, from before a kill
        with closing(connected(path)) as plain:
            _write_beside(plain, beside, key)
            os.link(path, old)
            _sync(beside)
            beside.replace(path)
            _sync(path.parent)
    if old.exists():
        _overwrite(old)


def _write_beside(plain: Any, beside: Path, key: str) -> None:
    """Write the encrypted copy and compare it; nobody else may have the plain one open, or open it, until it is done.

    To leave write-ahead logging empties the log into the file and removes it, and needs the file for oneself alone.
    """
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    plain.execute("pragma journal_mode = delete")
    plain.execute("attach ? as encrypted key ?", [str(beside), raw_key(key)])
    plain.execute("begin exclusive")
    plain.execute("select sqlcipher_export('encrypted')")
    plain.execute(f"pragma encrypted.user_version = {_first(plain, 'pragma main.user_version')}")
    plain.execute("commit")
    plain.execute("detach encrypted")
    plain.execute("begin exclusive")  # until the connection is closed; what somebody wrote in between is seen below
    if _first(plain, "pragma journal_mode") != "delete":
        raise CasebookError(IN_USE)
    with closing(connected(beside, key)) as written:
        if (
            any(one != other for one, other in zip_longest(rows_of(plain), rows_of(written)))
            or _first(written, "pragma integrity_check") != "ok"
        ):
            beside.unlink()
            raise CasebookError(_NOT_EQUAL)


def _first(connection: Any, sql: str) -> Any:
    return connection.execute(sql).fetchone()[0]


def _overwrite(path: Path) -> None:
    """Write zeros over a file, then remove it; on a disk that writes elsewhere what it overwrites that helps little."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _sync(path: Path) -> None:
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
