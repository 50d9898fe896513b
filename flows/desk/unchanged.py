"""What is read of the school's folder again only once something that it rests on is another."""

from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from threading import Lock
from typing import TypeVar

from flows.home.context import Context

Read = TypeVar("Read")


def while_unchanged(
    now: Callable[[], Context], read: Callable[[Context], Read], *, beside: Callable[[Context], Hashable] | None = None
) -> Callable[[], Read]:
    """Return what reads this anew only once the settings, the day, a register's file or what is `beside` is another."""
    known: dict[object, Read] = {}
    reading = Lock()

    def again() -> Read:
        context = now()
        version = (context.as_of, context.school.model_dump_json(), tuple(_files(context)), beside and beside(context))
        with reading:
            if version not in known:
                made = read(context)
                known.clear()
                known[version] = made
            return known[version]

    return again


def _files(context: Context) -> Iterator[tuple[object, ...]]:
    """Yield of each register its file's name, and what tells the file from the one before."""
    for name in sorted(context.school.registers.values()):
        yield name, *version_of(context.places.registers / name)


def version_of(path: Path) -> tuple[int, ...]:
    """Return what tells a file from the one before in its place; nothing of one that is not there."""
    if not path.is_file():
        return ()
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
