"""Who has a file open, as the kernel tells it: a sure sign that a process is where a test waits for it to be."""

import os
from contextlib import suppress
from pathlib import Path


def has_open(process: Path, path: Path) -> bool:
    """Say whether another process than this, as its folder in /proc, has a file open."""
    if process.name == str(os.getpid()):
        return False
    places: list[Path] = []
    with suppress(OSError):
        places = list((process / "fd").iterdir())
    return any(_led_to(place) == path for place in places)


def _led_to(place: Path) -> Path | None:
    """Return the file that an open one leads to; None where it is closed by now, which says nothing of the others."""
    with suppress(OSError):
        return place.readlink()
    return None
