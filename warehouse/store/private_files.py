"""Files of their owner's alone that are whole or not there at all, also after the machine has stopped."""

import os
from pathlib import Path
from typing import BinaryIO


def new_private_file(path: Path) -> BinaryIO:
    """Return a new file to write to that only its owner may read; FileExistsError where there is one."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: PTH123 - with its mode


def write_new_file(path: Path, body: bytes) -> None:
    """Write a file that is not there yet, of mode 0600.

    OSError where one is there, which stays as it is, or where it cannot be written whole: then nothing is left of it.
    """
    file = new_private_file(path)
    try:
        with file:
            file.write(body)
            sync(file)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def put_in_place(path: Path, body: bytes) -> None:
    """Put these bytes in a file's place, of mode 0600: at every moment the old file is whole, or the new one.

    OSError where it cannot be written; then the old one stays.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # left by a killed write, or planted to lead elsewhere
    try:
        write_new_file(part, body)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    settle(path.parent)


def sync(file: BinaryIO) -> None:
    """Have the disk keep what was written to a file; OSError where it cannot."""
    file.flush()
    os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Have the disk keep the names that a folder has now; OSError where it cannot."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
