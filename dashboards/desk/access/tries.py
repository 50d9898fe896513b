"""Where a try to sign in comes from, and how many of one place are looked at or wait at once."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from warehouse.casebook.people.desk_people import SignInError
from warehouse.casebook.people.desk_person import plain_name
from warehouse.casebook.people.desk_secrets import derived, is_same, new_secret
from warehouse.casebook.people.desk_sign_in import TriedFrom

PROVING_AT_ONCE, MOST_IN_LINE, MOST_OF_ONE = 2, 64, 4
Proved = TypeVar("Proved")


def known_here(request: Request, sign_in_name: str) -> str:
    """Return what a browser keeps in which this person has just signed in; it says nothing of who that is."""
    kept = new_secret()
    return f"{kept}.{_known(request, sign_in_name, kept)}"


def tried_from(request: Request, sign_in_name: str, known: str) -> TriedFrom:
    """Return where a try comes from: a browser that is `known` for this person, or else an address."""
    kept, _, proof = known.partition(".")
    if kept and is_same(proof, _known(request, sign_in_name, kept)):
        return TriedFrom(kept, is_known=True)
    return TriedFrom(address_of(request))


def address_of(request: Request) -> str:
    """Return the address from which a request came."""
    return "" if request.client is None else request.client.host


def _known(request: Request, sign_in_name: str, kept: str) -> str:
    return derived(request.app.state.desk.key, f"known browser {plain_name(sign_in_name)} {kept}")


async def proved(request: Request, tried: TriedFrom, prove: Callable[..., Proved], *given: Any) -> Proved:
    """Return what this makes of a password, a few at once; SignInError where too many others wait for theirs.

    No place has many in line, and whoever signed in before in this browser has a line of their own.
    """
    lines: Counter[str] = request.app.state.in_line
    line: CapacityLimiter = request.app.state.proving_known if tried.is_known else request.app.state.proving
    if lines[tried.where] >= MOST_OF_ONE or (not tried.is_known and lines.total() >= MOST_IN_LINE):
        raise SignInError("Too many people sign in at this moment. Try again in a minute.")
    lines[tried.where] += 1
    try:
        return await to_thread.run_sync(partial(prove, *given), limiter=line)
    finally:
        lines[tried.where] -= 1
        lines += Counter()  # without those of whom none waits
