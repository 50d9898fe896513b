"""The workspace: a school's folder on this machine for as long as it is worked on, wherever AUDIT_HOME keeps it.

A folder is where it is. From an object store the school is leased, fetched into a private folder of this machine, and
put back whole at the end; a reader fetches it without a lease, and puts nothing back. What works on it sees a folder.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows.home.context import open_casebook
from flows.home.keys import find_stored_key
from flows.home.leasing import given_back_where_it_fails, put_back_at_end, renewed, taken
from flows.home.settings import ConfigurationError, Settings, keep_private
from warehouse.casebook.counters import counts_of, leave, sync_state_of, unseal
from warehouse.object_store.errors import RefusedError
from warehouse.object_store.folder import brought_back, set_aside, worked_in
from warehouse.object_store.leased import Outside, fetch_leased, fetch_newest
from warehouse.object_store.shelf import LEASE, ReadManifest, Shelf
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.damage import hash_of
from warehouse.store.open import opened
from warehouse.store.places import Places, SchoolIdError, school_id

if TYPE_CHECKING:
    from warehouse.object_store.bucket import Bucket

A_LEASE = LEASE.total_seconds() + 10.0  # after so many seconds that of a worker that died is surely over


@dataclass(frozen=True, slots=True)
class Workspace:
    """A school's folder that is worked on: the settings whose home has it, and what puts it back meanwhile."""

    settings: Settings
    put_back: Callable[[], None] = lambda: None

    def making_room(self, seconds: float) -> "Workspace":
        """Return the same for a run that is begun again later where a platform's window is longer than this."""
        policy = replace(self.settings.retry_policy, longest_window=seconds)
        return replace(self, settings=replace(self.settings, retry_policy=policy))


@contextmanager
def workspace(settings: Settings, school: str, *, waits: float = 0.0) -> Iterator[Workspace]:
    """Lend a school's folder to be worked on, and put it back, where it is not where it belongs.

    LeasedError while another worker has the school, once so many seconds were waited for it. LeaseLostError if another
    took it meanwhile. What cannot be put back because the store does not answer is kept encrypted, and said where; what
    is begun next on this machine goes on from it.
    """
    if settings.store is None:
        yield Workspace(settings)
        return
    ensure_shared_casebook(settings)
    keep_private()
    key = find_stored_key(settings, school)
    shelf = shelf_of(settings, school, key)
    with worked_in(settings.home) as home:
        leased = taken(shelf, outside_of(settings), waits=waits, sleep=settings.sleep)
        local = replace(settings, home=home, scratch=settings.home, key=key)
        folder = Places(home, school).folder

        def put_back(*, releases: bool = False) -> None:
            with _sealed_once_it_is_there(local, school):
                leased.put_back(folder, releases=releases)

        def keep() -> Path:
            return set_aside(folder, settings.home, key, leased.manifest.generation)

        with renewed(leased):
            with given_back_where_it_fails(leased):
                unsent = brought_back(folder, settings.home, key, leased.manifest.generation)
                if unsent is None:
                    fetch_leased(leased, folder)
                count_from(local, school)
            at_end = put_back_at_end(leased, partial(put_back, releases=True), keep, school)
            with at_end:
                yield Workspace(local, put_back)
        if unsent is not None:
            unsent.unlink()


@contextmanager
def read_copy(settings: Settings, school: str, wanted: Callable[[str], bool] = bool) -> Iterator[Settings]:
    """Lend the settings of a copy to read: the newest generation, whoever has the lease; nothing of it is put back.

    Where another worker is at work on the school, the copy is locked as a folder is then; so it is of any that is
    leased where the credentials may only read, for it takes a put to ask the store for its time. Of a school in an
    object store only the files are fetched that are `wanted`, by their paths below its folder.
    """
    if settings.store is None:
        yield settings
        return
    ensure_shared_casebook(settings)
    keep_private()
    key = find_stored_key(settings, school)
    with worked_in(settings.home) as home:
        shelf, folder = shelf_of(settings, school, key), Places(home, school).folder
        is_at_work = _is_at_work(shelf, fetch_newest(shelf, folder, wanted))
        with locked(folder, RUNNING) if is_at_work else nullcontext():
            yield replace(settings, home=home, key=key)


def _is_at_work(shelf: Shelf, found: ReadManifest) -> bool:
    try:
        return shelf.lease_left(found, secrets.token_hex(8)) > timedelta()
    except RefusedError:
        return True


def ensure_shared_casebook(settings: Settings) -> None:
    """Refuse a home in an object store whose casebook would be on one worker's own disk; ConfigurationError."""
    if not (settings.casebook_url or "").startswith("postgresql"):
        raise ConfigurationError(
            "A home in an object store needs a casebook that all workers share: name a PostgreSQL server's with "
            "CASEBOOK_URL, such as postgresql+psycopg://audit@db.example/audit."
        )


def shelf_of(settings: Settings, school: str, key: str) -> Shelf:
    """Return the objects of one school; `settings` name an object store."""
    return Shelf(_bucket_of(settings), key, school)


def stored_schools(settings: Settings) -> tuple[str, list[str]]:
    """Return an object store's URL, and the ids of the schools in it; ObjectStoreError where it cannot be asked.

    One whose manifest is gone is one too, and one of which nothing is left there but its key in AUDIT_KEYS, lest a
    school be left out of what is told of all.
    """
    ensure_shared_casebook(settings)
    bucket = _bucket_of(settings)
    chain = settings.chain_key and settings.chain_key.resolve()
    keys = settings.keys.glob("*.key") if settings.keys else ()
    names = {path.stem for path in keys if path.resolve() != chain}
    return bucket.address.url, sorted(filter(_is_id, names.union(bucket.folders())))


def _is_id(name: str) -> bool:
    with suppress(SchoolIdError):
        return bool(school_id(name))
    return False


def _bucket_of(settings: Settings) -> "Bucket":
    if settings.store is None:
        raise ConfigurationError("AUDIT_HOME names a folder. Name the object store with it: s3://BUCKET/PREFIX.")
    try:
        from warehouse.object_store.bucket import Bucket  # noqa: PLC0415 - what it speaks with comes with the extra fleet
    except ModuleNotFoundError as error:
        message = "What reads an object store is not installed. Install the program with its extra: fleet."
        raise ConfigurationError(message) from error
    return Bucket(settings.store)


def outside_of(settings: Settings) -> Outside:
    """Return the clock and the chance that a lease is taken by."""
    return Outside(settings.clock, secrets.token_bytes)


def count_from(local: Settings, school: str) -> None:
    """Let the casebook count from the generation in the workspace, whose lease is held, unless it was sealed since.

    What a worker counted whose work was never put back, because it died or lost its lease, would be missed for good.
    Where the casebook is sealed, the warehouse in the store must be the one that it says, and a run refuses another.
    """
    places = Places(local.home, school)
    with closing(open_casebook(local, places)) as book:
        left = sync_state_of(book, otherwise=secrets.token_hex(16))
        if left.sha256 is None:
            leave(book, _counts(places, local.key or ""))


def _counts(places: Places, key: str) -> tuple[int, int]:
    if not places.warehouse.exists():
        return 0, 0
    with opened(places.warehouse, key, read_only=hash_of(places.warehouse) is not None) as db:
        return counts_of(db)


@contextmanager
def _sealed_once_it_is_there(local: Settings, school: str) -> Iterator[None]:
    """Take the casebook's seal of the warehouse away until that is in the store, where the next worker looks for it."""
    with closing(open_casebook(local, Places(local.home, school))) as book:
        left = sync_state_of(book, otherwise=secrets.token_hex(16))
        unseal(book)
        yield
        if left.sha256 is not None:
            leave(book, (left.requests, left.runs), left.sha256)
