"""What only one program may do at a time: a transaction of one purpose, and what SQLite does to a whole file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, text

# PostgreSQL's names for what is done alone; any numbers that nobody else uses.
UPGRADE = 2_026_110_900
DESK_PEOPLE = 2_026_112_301
CHALLENGES = 2_026_112_304
REQUESTS = 2_026_112_305
CHAIN_OF_ALL = 2_026_112_309  # the highest: it is taken last, in whatever a transaction is alone besides
AFTER_COMMIT = "after commit"  # in a connection's info: what to do once what it wrote is there

# SQLite lets who waits for a writer ask again every now and then; the threads of one process stand in line instead.
_IN_LINE: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Lend a connection in a transaction that writes; who has to wait for another writer waits in line."""
    is_sqlite = engine.dialect.name == "sqlite"
    with _IN_LINE.setdefault(engine, Lock()) if is_sqlite else nullcontext():
        with engine.begin() as connection:
            if is_sqlite:
                connection.exec_driver_sql("begin immediate")  # Python would begin at the first row that is written
            info = connection.info
            info.pop(AFTER_COMMIT, None)
            yield connection
        if (then := info.pop(AFTER_COMMIT, None)) is not None:
            then()


@contextmanager
def alone(engine: Engine, *purposes: int) -> Iterator[Connection]:
    """Lend a connection in a transaction of these purposes; in SQLite nobody else writes anything then."""
    with writing(engine) as connection:
        if connection.dialect.name != "sqlite":
            for purpose in sorted(purposes):  # in one order, so that no two wait for each other
                connection.execute(text("select pg_advisory_xact_lock(:purpose)"), {"purpose": purpose})
        yield connection


@contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, which others wait for, and which the system gives back when the process ends."""
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
