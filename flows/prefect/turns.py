"""Lets the schools that share a platform's key read with it one after another, by Prefect's global concurrency limits.

`audit group deploy` makes such a limit for each key that several schools have; where there is none nobody waits. A
process that dies holding one loses it when its lease ends: Prefect's, five minutes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectNotFound

from flows.home.context import Context
from flows.prefect.credential_limits import limits_of


@contextmanager
def in_turn(context: Context, source: str) -> Iterator[None]:
    """Hold the limits of the keys that this source reads with, having waited for whoever held them before."""
    names = [name for name in limits_of(context, source) if _is_there(name)]
    if not names:
        yield
        return
    with concurrency(names, raise_on_lease_renewal_failure=False):  # what is under way is paid for
        yield


def _is_there(name: str) -> bool:
    with get_client(sync_client=True) as client:
        try:
            client.read_global_concurrency_limit_by_name(name)
        except ObjectNotFound:
            return False
    return True
