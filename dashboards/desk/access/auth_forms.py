"""The forms that sign somebody in, or set a password: that they are the desk's own, and the session that follows.

A form of somebody who is not signed in carries the hash of a cookie that was set with it, made with a key that this
process alone has; a form of somebody who is signed in carries their session's `csrf`. Both are called `csrf`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.bodies import MOST_BYTES
from dashboards.desk.access.cookies import cookie, set_cookie
from dashboards.desk.school.rendering import render
from warehouse.casebook.people.desk_people import DeskPeople, DeskSession, SignInError
from warehouse.casebook.people.desk_secrets import derived, is_same, new_secret

OUT_OF_DATE = "This page was open for too long, or was not opened here. Try once more."

PROVING_AT_ONCE, MOST_IN_LINE = 2, 16
Proved = TypeVar("Proved")

_FORM_KEY = new_secret()


async def session_of(request: Request) -> DeskSession | None:
    """Return the session that this request is of; None if it is of none that stands."""
    secret = cookie(request, "desk")
    if not secret:
        return None
    return await run_in_threadpool(people_of(request).session, secret, now_of(request))


def people_of(request: Request) -> DeskPeople:
    """Return the people of the desk that was asked."""
    people: DeskPeople = request.app.state.people
    return people


def now_of(request: Request) -> datetime:
    """Return the time by the desk's clock."""
    now: datetime = request.app.state.clock()
    return now


async def end_before(request: Request) -> None:
    """End the session that the browser brought, if there is one: another one has begun in its place."""
    if before := cookie(request, "desk"):
        await run_in_threadpool(people_of(request).end, before, now_of(request))


async def proved(request: Request, prove: Callable[..., Proved], *given: Any) -> Proved:
    """Return what this makes of a password, a few at once; SignInError where too many others wait for theirs."""
    line: CapacityLimiter = request.app.state.proving
    if line.statistics().tasks_waiting >= MOST_IN_LINE:
        raise SignInError("Too many people sign in at this moment. Try again in a minute.")
    return await to_thread.run_sync(partial(prove, *given), limiter=line)


async def given_in(request: Request) -> dict[str, str]:
    """Return the fields of the form that are text."""
    async with request.form(max_files=0, max_fields=8, max_part_size=MOST_BYTES) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def is_of_our_form(request: Request, given: dict[str, str]) -> bool:
    """Say whether a form belongs to the cookie that was set with it."""
    kept = cookie(request, "desk-form")
    return bool(kept) and is_same(given.get("csrf", ""), derived(_FORM_KEY, kept))


def form(request: Request, template: str, *, problem: str | None = None, status: int = 200, **values: Any) -> Response:
    """Return a page with a form, and the cookie that belongs to it."""
    kept = new_secret()
    csrf = derived(_FORM_KEY, kept)
    response = render(request, template, status=status, csrf=csrf, problem=problem, **values)
    set_cookie(request, response, "desk-form", kept)
    return response


async def let_in(request: Request, secret: str, place: str) -> Response:
    """Return the way on of somebody whose session has begun; one that the browser had before ends."""
    await end_before(request)
    response = RedirectResponse(place, status_code=303)
    set_cookie(request, response, "desk", secret)
    return response
