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
CHAIN_OF_ALL = 2_026_112_309  # of one school: it is taken last, in whatever a transaction is alone besides
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
def alone(engine: Engine, *purposes: int, chain_of: str | None = None) -> Iterator[Connection]:
    """Lend a connection in a transaction of these purposes; in SQLite nobody else writes anything then.

    `chain_of` is the school whose chain is kept for this transaction from its beginning.
    """
    with writing(engine) as connection:
        for purpose in sorted(purposes):  # in one order, so that no two wait for each other
            lock(connection, purpose)
        if chain_of is not None:
            lock(connection, CHAIN_OF_ALL, chain_of)
        yield connection


def lock(connection: Connection, purpose: int, school: str | None = None) -> None:
    """Wait until no other transaction has this purpose, or has it for this school; in SQLite one writes at a time."""
    if connection.dialect.name != "sqlite":
        of = ":purpose" if school is None else "cast(:purpose as integer), hashtext(:school)"
        known = {"purpose": purpose} if school is None else {"purpose": purpose, "school": school}
        connection.execute(text(f"select pg_advisory_xact_lock({of})"), known)


@contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock, which others wait for, and which the system gives back when the process ends."""
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
