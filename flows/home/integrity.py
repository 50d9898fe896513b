"""Compares casebook, warehouse and published copy with what the last run left, before any platform is asked.

Damage and loss are found here, while a run has cost nothing; what is lost for good is accepted by a person, under
a role, and never silently.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import duckdb

from flows.home.context import Context
from flows.home.files_verified import enter_files
from flows.home.key_files import drop_old_keys
from warehouse.casebook import verify
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter
from warehouse.casebook.counters import (
    LostError,
    SyncState,
    counts_of,
    leave,
    lost,
    note_casebook,
    sync_state_of,
    unseal,
)
from warehouse.casebook.school_rows import enter_as_it_stands
from warehouse.store.build import is_built
from warehouse.store.compact import NotCompactedError, compact, is_to_be_compacted
from warehouse.store.damage import ensure_readable, hash_of
from warehouse.store.migrate import ensure_known, pending
from warehouse.store.open import opened
from warehouse.store.places import drop_old_copies

log = logging.getLogger(__name__)


def what_to_do(context: Context) -> str:
    """Return how a loss is put right, or accepted."""
    return (
        f"Put both back from the last backup (audit restore {context.school.id} --from FILE --replace); or, if what is "
        "missing is lost for good: "
        f"audit accept-loss {context.school.id} --by ROLE --note WHY"
    )


@contextmanager
def guarded(context: Context) -> Iterator[None]:
    """Refuse a run whose files are damaged; seal the warehouse's file when the run has ended well.

    Where rows were deleted for their age or replaced, by this run or by one that was killed since, the file is
    rewritten first, so that no block keeps them. Where that cannot be, the run ended well all the same, and the next
    one tries again.
    """
    ensure_whole(context)
    yield
    if is_to_be_compacted(context.places.warehouse):
        try:
            compact(context.places.warehouse, context.key)
        except NotCompactedError as error:
            log.warning("%s", error)
    seal(context)
    drop_old_copies(context.places, context.now())
    drop_old_keys(context.places, context.today())


@contextmanager
def looked_into(context: Context) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend the warehouse to be read alone; one that an earlier release left is brought up to date first, guarded.

    Brought up to date by whoever merely looks into it, its file would be another than the one that the last run left.
    WarehouseError, CasebookError or LostError in one sentence.
    """
    path = context.places.warehouse
    if not path.exists() or not _is_up_to_date(context):
        with guarded(context), context.warehouse():
            pass
    with opened(path, context.key, read_only=True) as db:
        yield db


def _is_up_to_date(context: Context) -> bool:
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        return not pending(db) and is_built(db)


def ensure_whole(context: Context) -> None:
    """Verify the files, then note in the casebook that the warehouse is about to be written."""
    verify_files(context)
    with context.casebook() as book:
        unseal(book)


def verify_files(context: Context) -> None:
    """Look for damage in all three files; raises WarehouseError, CasebookError or LostError, each with one sentence."""
    places = context.places
    with context.casebook() as book:
        with book.engine.connect() as connection:
            verify.ensure_whole(connection, book.school)
        left = _left(book)
        if places.warehouse.exists():
            _ensure_as_left(context, book, left)
        elif left.requests or left.runs:
            raise LostError(f"The warehouse is gone, and with it what earlier runs saw. {what_to_do(context)}")
    if places.published.exists():
        ensure_readable(places.published, context.key)


def _ensure_as_left(context: Context, book: Casebook, left: SyncState) -> None:
    path = context.places.warehouse
    if left.sha256 is not None and hash_of(path) == left.sha256:
        with opened(path, context.key, read_only=True) as db:
            ensure_known(db)
            return  # the key opens it, and every byte is as it was
    ensure_readable(path, context.key)
    if left.sha256 is not None:
        _refuse(context, book, left)


def _refuse(context: Context, book: Casebook, left: SyncState) -> NoReturn:
    with context.warehouse() as db:
        missing = lost(db, book, left)
    damage = "warehouse.duckdb is not the file that the last run left: it is damaged, or was put back."
    raise LostError(f"{missing[0] if missing else damage} {what_to_do(context)}")


def ensure_nothing_missing(context: Context, db: duckdb.DuckDBPyConnection) -> None:
    """Compare what casebook and warehouse count of each other; LostError in one sentence, before the run begins."""
    with context.casebook() as book:
        left = _left(book)
        if missing := lost(db, book, left):
            raise LostError(f"{missing[0]} {what_to_do(context)}")
        _agree(context, db, book, left)


def accept(context: Context) -> list[str]:
    """Take casebook and warehouse as they stand, and count from here; return what is missing, a sentence each.

    WarehouseError if the warehouse is damaged: that is put right from a backup only.
    """
    if context.places.warehouse.exists():
        ensure_readable(context.places.warehouse, context.key)
    with context.casebook() as book, context.warehouse() as db:
        with writing(book.engine) as connection:
            changed = verify.wrong_in(connection, book.school)
            enter(connection, book.school, "accepted", "chain")
            enter_as_it_stands(connection, book.school)
        book.keep_head_as_it_stands()
        left = _left(book)
        missing = [
            f"Rows of the casebook's {name} that are not what was written: {len(rows)}."
            for name, rows in changed.items()
        ]
        missing += lost(db, book, left)
        _agree(context, db, book, left)
        enter_files(book, context.places, accepts=True)
    return missing


def seal(context: Context) -> None:
    """Write down what the closed warehouse holds, and the hash of its file."""
    with context.warehouse() as db:
        counts = counts_of(db)
    with context.casebook() as book:
        leave(book, counts, hash_of(context.places.warehouse))


def counts_and_hash(context: Context) -> tuple[tuple[int, int], str | None]:
    """Return how many requests and published runs the closed warehouse has, and its file's hash; 0 where there is none.

    One that its last writer left unclosed is closed by it.
    """
    if not context.places.warehouse.exists():
        return (0, 0), None
    with opened(context.places.warehouse, context.key) as db:
        counts = counts_of(db)
    return counts, hash_of(context.places.warehouse)


def _agree(context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, left: SyncState) -> None:
    leave(book, counts_of(db))
    note_casebook(db, book, context.run_id, left, context.now())


def _left(book: Casebook) -> SyncState:
    return sync_state_of(book, otherwise=secrets.token_hex(16))
