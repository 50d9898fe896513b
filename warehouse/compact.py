"""Rewrites an encrypted file whole, so that no freed block of it keeps what was deleted."""

import os
from pathlib import Path

from warehouse.open import attach, engine, plain_errors


def compact(path: Path, key: str) -> None:
    """Copy every table and view into a new file, and put it in the place of the old one; its log goes with that.

    A rewriting that dies leaves the old file as it was. Nobody else may have the file open. WarehouseError as for every
    encrypted file.
    """
    beside, log = path.with_suffix(".new"), path.with_name(f"{path.name}.wal")
    for left_over in (beside, beside.with_name(f"{beside.name}.wal")):
        left_over.unlink(missing_ok=True)
    with engine() as db, plain_errors(path.name):
        attach(db, path, key, name="kept")
        db.execute("checkpoint kept")
        attach(db, beside, key, name="compacted")
        db.execute("copy from database kept to compacted")
        db.execute("checkpoint compacted")
        db.execute("detach compacted")
        db.execute("detach kept")
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
    log.unlink(missing_ok=True)
