"""Which edition of the program this is, by every byte of its own and every package, and what was proved of it.

What rests on the edition alone need be proved once. A pass is kept below AUDIT_HOME, or, of a home in an object store,
on the worker's own machine, under the hash of all that it rests on, and only where the files are those that this
process was started from.
"""

import hashlib
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from flows.home.process import STARTED
from warehouse.store.places import PASSED
from warehouse.store.private_files import put_in_place

ROOMS = ("policies", "engines", "connectors", "checks", "warehouse", "dashboards", "flows")
_MOST = 500  # passes that are kept: one for each selection of checks, and for each kind of answer about the data


def edition_of(folders: Sequence[Path], packages: Sequence[str]) -> tuple[str, float]:
    """Return the SHA-256 of every file's name and bytes in these folders and of these texts; the newest file's time."""
    digest = hashlib.sha256("\0".join([*packages, ""]).encode())
    newest = 0.0
    for folder in folders:
        for path in sorted(_files(folder)):
            digest.update(f"{folder.name}/{path.relative_to(folder)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
            newest = max(newest, path.stat().st_mtime)
    return digest.hexdigest(), newest


def _files(folder: Path) -> Iterator[Path]:
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if name != "__pycache__"]
        yield from (Path(place) / name for name in names)


@cache
def edition() -> str | None:
    """Return the hash of the program, of every package beside it, of Python and of the machine's kind.

    None where a file is newer than this process, which may then run what the files do not say.
    """
    sha256, newest = edition_of([_folder(room) for room in ROOMS], [sys.version, *platform.uname()[::4], *_packages()])
    return sha256 if newest < STARTED - 1 else None  # a disk tells the time less exactly than a clock


def _folder(room: str) -> Path:
    """Return the folder that a package is imported from, which need not be beside this one."""
    [place] = import_module(room).__path__
    return Path(place)


def _packages() -> list[str]:
    """Return the name and version of each installed package, as its folder says it."""
    there = [Path(place) for place in sys.path if Path(place).is_dir()]
    return sorted({found.name for place in there for found in place.glob("*.dist-info")})


class Passes:
    """What has passed at this edition, in a file of this machine's."""

    def __init__(self, kept_here: Path) -> None:
        self._path = kept_here / PASSED

    def has(self, what: Sequence[str]) -> bool:
        """Say whether this passed at this very edition."""
        return edition() is not None and self._line(what) in self._lines()

    def keep(self, what: Sequence[str]) -> None:
        """Keep that this passed; where it cannot be kept, it is proved again the next time."""
        if edition() is None:
            return
        lines = [line for line in self._lines() if line != self._line(what)]
        with suppress(OSError):
            put_in_place(self._path, "\n".join([*lines, self._line(what)][-_MOST:]).encode())

    def _line(self, what: Sequence[str]) -> str:
        return hashlib.sha256("\0".join([str(edition()), *what]).encode()).hexdigest()

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
