"""Files of their owner's alone that are whole or not there at all."""

import os
from pathlib import Path


def write_new_file(path: Path, body: bytes) -> None:
    """Write a file that is not there yet, of mode 0600.

    OSError where one is there, which stays as it is, or where it cannot be written whole: then nothing is left of it.
    """
    place = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(place, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def settle(folder: Path) -> None:
    """Have the disk keep the names that a folder has now; OSError where it cannot."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
