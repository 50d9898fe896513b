"""The desk's doors: signing in and out, and taking an invitation.

A form of somebody who is not signed in carries the hash of a cookie that was set with it, made with a key that this
process alone has; a form of somebody who is carries their session's `csrf`. Both are called `csrf`.
"""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from warehouse.casebook.desk_people import DeskPeople, DeskSession, SignInError
from warehouse.casebook.desk_secrets import derived, is_same, new_secret

SIGN_IN = "/sign-in"
OUT_OF_DATE = "This page was open for too long, or was not opened here. Try once more."
NOT_THE_SAME = "The two passwords are not the same. Write it twice alike."

_FORM_KEY = new_secret()
_OURS = frozenset({"same-origin", "none"})


def cookie_name(request: Request, name: str = "desk") -> str:
    """Return what a cookie is called; over https by a name that browsers take from this address alone."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


async def session_of(request: Request) -> DeskSession | None:
    """Return the session that this request is of; None if it is of none that stands."""
    secret = request.cookies.get(cookie_name(request))
    if not secret:
        return None
    return await run_in_threadpool(_people(request).session, secret, _now(request))


async def sign_in_page(request: Request) -> Response:
    """Show the form; whoever is signed in goes on to the cases."""
    if await session_of(request):
        return _go("/")
    return _form(request, "sign_in.html")


async def sign_in(request: Request) -> Response:
    """Let a person in, or say in one sentence that something is not right."""
    given = await _given(request)
    if not _is_of_our_form(request, given):
        return _form(request, "sign_in.html", problem=OUT_OF_DATE, status=403)
    words = (given.get("sign_in_name", ""), given.get("password", ""), given.get("code") or None)
    try:
        secret = await run_in_threadpool(_people(request).sign_in, *words, _now(request))
    except SignInError as refusal:
        return _form(request, "sign_in.html", problem=refusal.sentence, status=401)
    response = _go("/")
    _set_cookie(request, response, "desk", secret)
    return response


async def sign_out(request: Request) -> Response:
    """End the session; a form of somebody else's making ends nothing."""
    session, given = await session_of(request), await _given(request)
    if session is None:
        return _go(SIGN_IN)
    if not _is_ours(request) or not is_same(given.get("csrf", ""), session.csrf):
        return _form(request, "sign_in.html", problem=OUT_OF_DATE, status=403)
    await run_in_threadpool(_people(request).end, request.cookies[cookie_name(request)], _now(request))
    response = _go(SIGN_IN)
    over_https = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), secure=over_https, httponly=True, samesite="strict")
    return response


async def invitation_page(request: Request) -> Response:
    """Show the form in which whoever was invited chooses a password; looking at it uses nothing up."""
    return _form(request, "invitation.html")


async def take_invitation(request: Request) -> Response:
    """Set the password and go on to the sign-in, or say in one sentence why not."""
    given = await _given(request)
    if not _is_of_our_form(request, given):
        return _form(request, "invitation.html", problem=OUT_OF_DATE, status=403)
    password = given.get("password", "")
    if password != given.get("again"):
        return _form(request, "invitation.html", problem=NOT_THE_SAME, status=400)
    token = request.path_params["token"]
    try:
        await run_in_threadpool(_people(request).take_invitation, token, password, _now(request))
    except SignInError as refusal:
        return _form(request, "invitation.html", problem=refusal.sentence, status=400)
    return _go(SIGN_IN)


def _people(request: Request) -> DeskPeople:
    people: DeskPeople = request.app.state.people
    return people


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now


async def _given(request: Request) -> dict[str, str]:
    """Return the fields of the form that are text."""
    async with request.form(max_files=0, max_fields=8, max_part_size=16 * 1024) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _is_ours(request: Request) -> bool:
    """Say whether the browser tells, if it tells, that the form was sent from a page of this address."""
    return request.headers.get("sec-fetch-site", "none") in _OURS


def _is_of_our_form(request: Request, given: dict[str, str]) -> bool:
    cookie = request.cookies.get(cookie_name(request, "desk-form"), "")
    return _is_ours(request) and bool(cookie) and is_same(given.get("csrf", ""), derived(_FORM_KEY, cookie))


def _form(request: Request, template: str, *, problem: str | None = None, status: int = 200) -> Response:
    """Return a page with a form, the cookie that belongs to it, and the order to keep no copy of it."""
    cookie = new_secret()
    csrf = derived(_FORM_KEY, cookie)
    response: Response = request.app.state.render(request, template, csrf=csrf, problem=problem)
    response.status_code = status
    response.headers["cache-control"] = "no-store"
    response.headers["referrer-policy"] = "no-referrer"  # an invitation's address is its secret
    _set_cookie(request, response, "desk-form", cookie)
    return response


def _set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    over_https = request.url.scheme == "https"
    response.set_cookie(
        cookie_name(request, name), value, path="/", secure=over_https, httponly=True, samesite="strict"
    )


def _go(path: str) -> RedirectResponse:
    return RedirectResponse(path, status_code=303)
