"""The lease on a school in an object store while it is worked on: taken, renewed, and given away at the end."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path

from policies.errors import UserError
from warehouse.object_store.errors import LeasedError, LeaseLostError, ObjectStoreError, UnsentError
from warehouse.object_store.leased import Leased, Outside, take
from warehouse.object_store.shelf import RENEWED_EVERY, Shelf

log = logging.getLogger(__name__)

_PAUSE = 5.0  # seconds


def taken(shelf: Shelf, outside: Outside, *, waits: float, sleep: Callable[[float], None]) -> Leased:
    """Take the lease of a school; where another worker has it, ask again by `sleep` for so many seconds.

    LeasedError where that worker still has it then. No clock of this machine counts.
    """
    for _ in range(ceil(waits / _PAUSE)):
        with suppress(LeasedError):
            return take(shelf, outside)
        sleep(_PAUSE)
    return take(shelf, outside)


@contextmanager
def renewed(leased: Leased) -> Iterator[None]:
    """Renew the lease every minute from a thread of its own; a store that does not answer is asked again."""
    is_over = threading.Event()

    def renew() -> None:
        while not is_over.wait(RENEWED_EVERY.total_seconds()):
            try:
                leased.renew()
            except LeaseLostError:
                return  # whoever puts something back hears of it
            except ObjectStoreError as error:
                log.warning("The lease could not be renewed yet. %s", error)

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def given_back_where_it_fails(leased: Leased) -> Iterator[None]:
    """Give the lease away where an error ends what is done before any work; what is in the store stays as it is."""
    try:
        yield
    except BaseException:
        with suppress(ObjectStoreError):
            leased.release()
        raise


@contextmanager
def put_back_at_end(
    leased: Leased, put_back: Callable[[], None], keep: Callable[[], Path], school: str
) -> Iterator[None]:
    """Put the folder back and give the lease away, also where an error ends the work: what was paid for is kept.

    UnsentError, which says where `keep` put it, if it cannot be put back; LeaseLostError if the lease went to another.
    """
    try:
        yield
    finally:
        if not leased.is_lost:
            try:
                put_back()
            except LeaseLostError:
                raise
            except UserError as error:
                kept = keep()
                with suppress(ObjectStoreError):  # whoever is next need not wait for its end
                    leased.release()
                raise UnsentError(error, school, kept) from error
