"""Makes a school's warehouse: beside its place first, then put there whole, so that a killed making leaves none."""

import os
from pathlib import Path

from warehouse.store.build import build
from warehouse.store.migrate import migrate
from warehouse.store.open import drop, opened


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
