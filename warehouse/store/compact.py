"""Rewrites an encrypted file whole, so that no freed block of it keeps what was deleted."""

import os
from contextlib import suppress
from pathlib import Path

from policies.errors import UserError
from warehouse.store.open import attach, drop, engine, plain_errors


class NotCompactedError(UserError):
    """The file could not be rewritten; it is as it was, and freed blocks of it still hold what was deleted."""


def compact(path: Path, key: str, *, new_key: str | None = None) -> None:
    """Copy every table and view into a new file, and put it in the place of the old one; its log goes with that.

    `new_key` is the one that is to open it from then on, the same unless given. A rewriting that dies, or for which
    there is no room, leaves the old file as it was: NotCompactedError. Nobody else may have the file open, nor can
    while it is rewritten.
    """
    beside, log = path.with_suffix(".new"), path.with_name(f"{path.name}.wal")
    try:
        drop(beside)
        with engine() as db, plain_errors(path.name):
            attach(db, path, key, name="kept")
            db.execute("checkpoint kept")
            attach(db, beside, new_key or key, name="compacted")
            db.execute("copy from database kept to compacted")
            db.execute("checkpoint compacted")
            db.execute("detach compacted")
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            log.unlink(missing_ok=True)
            beside.replace(path)  # while the old file is still open, and so locked
    except (OSError, UserError) as error:
        with suppress(OSError):
            drop(beside)
        raise NotCompactedError(
            "What was deleted still stands in free blocks of the warehouse: the file could not be written anew. Make "
            "room on the disk for another file of its size; the next run tries again."
        ) from error
    _mark(path).unlink(missing_ok=True)


def note_freed(path: Path) -> None:
    """Write down that rows of the file were deleted, for whoever closes it, or comes after one who was killed."""
    _mark(path).touch(mode=0o600)


def is_to_be_compacted(path: Path) -> bool:
    """Say whether rows were deleted since the file was last rewritten."""
    return _mark(path).exists()


def _mark(path: Path) -> Path:
    return path.with_suffix(".freed")
