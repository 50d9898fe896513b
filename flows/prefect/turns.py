"""Lets the schools that share a platform's key read with it one after another, by Prefect's global concurrency limits.

A platform counts requests by key: schools with keys of their own are read at once, and those that share one, such as a
trust's own app, share its allowance too. A limit's name tells which key it is, and not the key. `audit group deploy`
makes one for each key that several schools have; without one nobody waits. A process that dies holding one loses it
when its lease ends: Prefect's, five minutes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256

from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectNotFound

from flows.home.context import Context, find_school
from flows.home.keys import read_credentials
from flows.home.settings import Settings
from policies.errors import UserError
from policies.school_file import read_school

# By what each platform counts: X by the user's token or the app's, Google by the client's project.
_COUNTED_BY: Mapping[str, tuple[str, ...]] = {
    "x": ("access_token", "bearer"),
    "youtube": ("client_id", "access_token"),
}


def limit_name(platform: str, credential: Mapping[str, str]) -> str | None:
    """Return the name of the limit for this credential, by a hash of what the platform counts; None without a key."""
    counted = next((credential[name] for name in _COUNTED_BY.get(platform, ()) if credential.get(name)), None)
    if counted is None:
        return None
    return f"{platform}-credential-{sha256(counted.encode()).hexdigest()[:16]}"


def limits_of(context: Context, source: str) -> list[str]:
    """Return the limits that a pull of this source has to keep; none where it asks no platform with a key."""
    named = [account for account in context.accounts(source) if account.credential and account.reads != "archive"]
    names = {limit_name(account.platform, context.credential(account)) for account in named}
    return sorted(name for name in names if name)


def shared_limits(settings: Settings, schools: Iterable[str]) -> tuple[str, ...]:
    """Return the limits of the credentials that more than one of these schools has, by their names.

    A school whose files cannot be read has none here: its own run, and `audit group doctor`, say what is wrong.
    """
    counts: Counter[str] = Counter()
    for school_id in schools:
        counts.update(_limits_in(settings, school_id))
    return tuple(sorted(name for name, schools_ in counts.items() if schools_ > 1))


def _limits_in(settings: Settings, school_id: str) -> set[str]:
    try:
        places = find_school(settings, school_id)
        blocks, accounts = read_credentials(places), read_school(places.settings).account
    except UserError:
        return set()
    used = [account for account in accounts if account.credential in blocks and account.reads != "archive"]
    return {name for a in used if (name := limit_name(a.platform, blocks[str(a.credential)]))}


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
