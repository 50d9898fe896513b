"""Opens the encrypted files, and says in one sentence why one cannot be opened.

DuckDB 1.5 writes AES-256-GCM only with its httpfs extension, which comes as a package. The key is put into ATTACH.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import duckdb_extensions

from policies.errors import UserError
from warehouse.store.pandas_unasked import leave_pandas_unasked

# In DuckDB 1.5.1 to 1.5.5 this one takes two joins that differ for the same and answers wrongly, at times without an
# error (duckdb issue 25819, mended for 1.5.6 and 2.0).
_UNSOUND = "common_subplan"
KEY = re.compile(r"[A-Za-z0-9_-]{32,128}")
_THREADS = 1  # a second one costs a tenth more work and 30 MiB, and is no quicker even with 100,000 followers
# Bytes of a block in a new file, the least that DuckDB has. A column of a small table fills one in file and memory: by
# DuckDB's own 256 KiB a school of 2,000 followers took five times the disk.
_BLOCK = 16_384
# What is freed is given back to the machine from so much on; DuckDB's own thresholds are above all that a run holds.
_FLUSHED_FROM = "4MB"
_UNPACKS_ALL = "zstd"  # for one picture all those before it in the table, each of which is packed by itself already
_verified: dict[str, str] = {}  # by what is asked for, the file whose signature DuckDB has verified in this process
_home: dict[str, str] = {}  # where the extension is unpacked, where the environment has no HOME


class WarehouseError(UserError):
    """A stored file cannot be used; the message is one sentence with what to do."""


def unpack_below(home: Path) -> None:
    """Let the database's extension be unpacked below this folder from here on, in place of the user's home."""
    _home["home_directory"] = str(home.absolute())


def engine(extension: str = "httpfs") -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection that can write encrypted files and fetches nothing by itself.

    `extension` is the name of the one that it needs for that, or its file. DuckDB verifies its signature once in a
    process, which takes four fifths of an opening: what is loaded again is the library that is in memory by then.
    """
    db = _loaded_again(extension) or _loaded(extension)
    db.execute("set timezone = 'UTC'")
    db.execute(f"set disabled_optimizers = '{_UNSOUND}'; set disabled_compression_methods = '{_UNPACKS_ALL}'")
    return db


def _loaded(extension: str) -> duckdb.DuckDBPyConnection:
    db = _connection(is_verified=False)
    try:
        db.execute(f"load '{_quoted(extension)}'")
    except duckdb.IOException:  # the first time on this machine
        _unpack(db)
    _verified[extension] = _file_loaded(db)
    leave_pandas_unasked(db)
    return db


def _unpack(db: duckdb.DuckDBPyConnection) -> None:
    """Put the extension where DuckDB looks for it, below the home, and load it; WarehouseError if it cannot be."""
    try:
        duckdb_extensions.import_extension("httpfs", con=db)
        db.execute("load httpfs")
    except (duckdb.IOException, OSError) as error:
        raise WarehouseError(
            "The database's extension cannot be loaded from .duckdb in this user's home: the home must be writable, "
            "have 50 MB free, and be on a disk that may hold programs (not noexec). Set HOME to a folder that is."
        ) from error


def _loaded_again(extension: str) -> duckdb.DuckDBPyConnection | None:
    """Return a connection with the library that this process holds already; None where it holds none."""
    if extension not in _verified:
        return None
    db = _connection(is_verified=True)
    try:
        db.execute(f"load '{_quoted(_verified[extension])}'")
    except duckdb.IOException:  # the file is gone
        db.close()
        return None
    db.execute("set allow_unsigned_extensions = false")  # and it cannot be set back
    return db


def _connection(*, is_verified: bool) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={
            **_home,
            "allow_unsigned_extensions": str(is_verified).lower(),
            "autoinstall_known_extensions": "false",
            "temp_file_encryption": "true",
            "threads": _THREADS,
            "default_block_size": _BLOCK,
            "allocator_flush_threshold": _FLUSHED_FROM,
            "allocator_bulk_deallocation_flush_threshold": _FLUSHED_FROM,
        }
    )


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")


def _file_loaded(db: duckdb.DuckDBPyConnection) -> str:
    sql = "select install_path from duckdb_extensions() where extension_name = 'httpfs' and loaded"
    [(place,)] = db.execute(sql).fetchall()
    return str(place)


def extension_file() -> str:
    """Return the file of the extension that an engine loads, for a process that has no home to find it in."""
    with engine() as db:
        return _file_loaded(db)


def ensure_is_key(key: str) -> None:
    """Raise WarehouseError for a text that cannot be a key."""
    if not KEY.fullmatch(key):
        message = "The key is not one that `audit init` makes: 32 to 128 letters, digits, - or _. Check the key."
        raise WarehouseError(message)


def attach(db: duckdb.DuckDBPyConnection, path: Path, key: str, *, name: str, read_only: bool = False) -> None:
    """Attach the encrypted file at `path` as `name`, made if it is absent and not read only.

    Raises WarehouseError for a wrong key, a damaged file, a file in use, or a full disk.
    """
    ensure_is_key(key)
    if read_only and not path.exists():
        raise WarehouseError(f"There is no {path.name} yet. Run `audit run` first.")
    mode = ", read_only" if read_only else ""
    with plain_errors(path.name):
        db.execute(f"attach '{_quoted(path)}' as {name} (encryption_key '{key}'{mode})")


@contextmanager
def opened(path: Path, key: str, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection whose tables are those of the encrypted file at `path`."""
    db = engine()
    try:
        attach(db, path, key, name="kept", read_only=read_only)
        db.execute("use kept")
        with plain_errors(path.name):
            yield db
    finally:
        db.close()


def drop(path: Path) -> None:
    """Delete a file that nobody has open, and what its log holds beside it; none of them need be there."""
    for left_over in (path, path.with_name(f"{path.name}.wal")):
        left_over.unlink(missing_ok=True)


_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "wrong encryption key",
        "The key does not open {file}. Check AUDIT_KEY or the key file; nothing was changed.",
    ),
    ("no space left", "The disk is full, so {file} could not be written. Free some space and run again."),
    (
        "read-only file system",
        "{file} stands on a disk that may only be read. Mount the disk for writing, then run again.",
    ),
    ("could not write", "The disk is full, so {file} could not be written. Free some space and run again."),
    ("could not set lock", "Another run has {file} open. Wait until it ends, then run again."),
    (
        "failed to import",
        "The program is not installed whole, so {file} is not read. Install it anew; nothing was changed.",
    ),
    ("permission denied", "{file} may not be opened by this user. Check its owner and mode."),
)
_DAMAGED = (
    "{file} is damaged or not a warehouse. Keep it aside, put the last backup in its place, and run again; "
    "nothing was changed."
)
_BROKEN = (
    duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException, duckdb.FatalException,
    duckdb.InternalException,
)  # fmt: skip


@contextmanager
def plain_errors(file: str) -> Iterator[None]:
    """Turn DuckDB's errors about the file itself into WarehouseError; its other errors are ours and pass."""
    try:
        yield
    except duckdb.Error as error:
        for sign, sentence in _SENTENCES:
            if sign in str(error).lower():
                raise WarehouseError(sentence.format(file=file)) from error
        if isinstance(error, _BROKEN):
            raise WarehouseError(_DAMAGED.format(file=file)) from error
        raise
