"""The forms that sign somebody in, or set a password: that they are the desk's own, and where their session leads.

A form of somebody who is not signed in carries the hash of a cookie that was set with it, made with a key that this
process alone has; a form of somebody who is signed in carries their session's `csrf`. Both are called `csrf`.
Each school's cookies have names of their own, because a browser gives them to every port of a host. Over https they
are called `__Host-…`: browsers take those from this very address alone, and send them by https alone.
"""

import re
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.bodies import MOST_BYTES
from dashboards.desk.access.tries import known_here
from dashboards.desk.school.rendering import render
from warehouse.casebook.people.desk_people import DeskPeople, DeskSession
from warehouse.casebook.people.desk_secrets import derived, is_same, new_secret

Name = Literal["desk", "desk-form", "desk-code", "desk-openid", "desk-known"]
_KNOWN_FOR = 90 * 24 * 3600  # seconds for which a browser is known in which somebody signed in


def cookie_name(request: Request, name: Name) -> str:
    """Return what a cookie of this school's desk is called."""
    state = request.app.state
    return f"{'__Host-' if state.is_https else ''}{name}-{state.school_mark}"


def cookie(request: Request, name: Name) -> str:
    """Return what a cookie holds; empty without it."""
    return request.cookies.get(cookie_name(request, name), "")


def set_cookie(
    request: Request,
    response: Response,
    name: Name,
    value: str,
    *,
    site: Literal["strict", "lax"] = "strict",
    seconds: int | None = None,
) -> None:
    """Give a browser a cookie that no script reads; `lax` for one that must come along from another site."""
    ways = {"path": "/", "secure": request.app.state.is_https, "httponly": True, "max_age": seconds}
    response.set_cookie(cookie_name(request, name), value, samesite=site, **ways)


def forget_cookie(request: Request, response: Response, name: Name) -> None:
    """Let a browser forget a cookie."""
    is_https = request.app.state.is_https
    response.delete_cookie(cookie_name(request, name), path="/", secure=is_https, httponly=True, samesite="strict")


def is_own(request: Request) -> bool:
    """Say whether the browser tells that a request came from this address.

    A page that hides its address makes browsers call its origin "null", so what they say of the site counts first.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = request.headers.get("origin")
    scheme = "https" if request.app.state.is_https else "http"
    return origin is None or origin in {f"{scheme}://{host}" for host in request.app.state.hosts}


def is_from_elsewhere(request: Request) -> bool:
    """Say whether another site led here, so that the browser kept the desk's own cookies back."""
    return request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}


OUT_OF_DATE = "This page was open for too long, or was not opened here. Try once more."

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


async def let_in(request: Request, secret: str, place: str, sign_in_name: str | None = None) -> Response:
    """Return the way on of somebody whose session has begun; one that the browser had before ends."""
    await end_before(request)
    response = RedirectResponse(place, status_code=303)
    set_cookie(request, response, "desk", secret)
    if sign_in_name is not None:
        set_cookie(request, response, "desk-known", known_here(request, sign_in_name), seconds=_KNOWN_FOR)
    return response


SIGN_IN = "/sign-in"
_PATH = re.compile(r"(?:/[A-Za-z0-9_.-]+)+")  # nothing encoded, nothing empty: no page's address has such a part
_QUERY = re.compile(r"[A-Za-z0-9_.~=&%+,:-]*")
_LONGEST = 500


def known_return_url(request: Request, wanted: str) -> str:
    """Return the address that was wanted if a page for those who signed in has it; "/" for every other."""
    path, _, query = wanted.partition("?")
    if len(wanted) > _LONGEST or not _PATH.fullmatch(path) or not _QUERY.fullmatch(query):
        return "/"
    if any(part in {".", ".."} for part in path.split("/")):
        return "/"
    return wanted if any(route.match(path) for route in request.app.state.signed_in_routes) else "/"


def to_sign_in(request: Request, *, is_kept: bool = False) -> Response:
    """Send somebody without a session to the sign-in, which leads back to where they wanted to go.

    `is_kept` says that what they sent was kept: it leads back to the case that it was about, or to their tasks.

    Whoever comes by a link on another site is sent on from a page of ours: only then does the browser show its cookie.
    """
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if is_kept:
        wanted = request.url.path.rpartition("/")[0]
    url = known_return_url(request, wanted) if request.method == "GET" or is_kept else "/"
    to = SIGN_IN if url == "/" else f"{SIGN_IN}?next={quote(url, safe='')}"
    return redirect_by_page(request, to) if is_from_elsewhere(request) else RedirectResponse(to, status_code=303)


def redirect_by_page(request: Request, to: str) -> Response:
    """Return a page that goes on by itself to an address of the desk's own."""
    response: Response = request.app.state.render(request, "redirect.html", to=to)
    response.headers["refresh"] = f"0; url={to}"
    return response
