"""The one door to every page: whose request it is, whether that role may, and that no other site sent it."""

import hmac
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboards.desk.sign_in import session_of
from policies.errors import UserError

Endpoint = Callable[[Request], Response | Awaitable[Response]]
MOST_FORM_BYTES = 64 * 1024
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One address of the desk: who may ask for it; `roles` None is anybody, signed in or not."""

    path: str
    method: str
    endpoint: Endpoint
    roles: frozenset[str] | None


def guarded(page: DeskPage) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint behind its guard: signed in, of a role that may, and with the form's own token."""

    async def answer(request: Request) -> Response:
        refusal = await _refusal(request, page)
        response = refusal or await _answered(request, page.endpoint)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


async def _refusal(request: Request, page: DeskPage) -> Response | None:
    """Return why this request is not answered; None where it is."""
    if request.headers.get("host") not in request.app.state.hosts:
        return PlainTextResponse("This address is not the desk's.", status_code=421)
    if request.method not in _SAFE and not _is_own(request):
        return _said(request, "The form came from another site, so nothing was done.", 403)
    if int(request.headers.get("content-length") or 0) > MOST_FORM_BYTES:
        return _said(request, "The form is larger than any of ours, so nothing was done.", 413)
    return None if page.roles is None else await _refusal_of_role(request, page.roles)


async def _refusal_of_role(request: Request, roles: frozenset[str]) -> Response | None:
    session = await session_of(request)
    if session is None:
        return RedirectResponse("/sign-in", status_code=303)
    request.state.session = session
    if session.person.role not in roles:
        return _said(request, "This page is not for your role.", 403)
    if request.method not in _SAFE:
        request.state.form = form = await _form(request)
        if not hmac.compare_digest(form.get("csrf", "").encode(), session.csrf.encode()):
            return _said(request, "The form is an old one, so nothing was done. Go back, and send it again.", 403)
    return None


async def _answered(request: Request, endpoint: Endpoint) -> Response:
    try:
        if inspect.iscoroutinefunction(endpoint):
            response: Response = await endpoint(request)
        else:
            response = await run_in_threadpool(endpoint, request)  # type: ignore[arg-type]
    except UserError as error:
        return _said(request, error.sentence, 409)
    return response


async def _form(request: Request) -> Mapping[str, str]:
    fields = await request.form(max_files=0, max_fields=40, max_part_size=MOST_FORM_BYTES)
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def _is_own(request: Request) -> bool:
    """Say whether a form was sent from a page of the desk's own, as far as the browser tells; tokens say the rest.

    A page that hides its address makes browsers call its origin "null", so what they say of the site counts first.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] in request.app.state.hosts


def not_found(request: Request, _error: Exception) -> Response:
    """Return the page for an address that no row names, behind the same headers."""
    if request.headers.get("host") not in request.app.state.hosts:
        return PlainTextResponse("This address is not the desk's.", status_code=421)
    response = _said(request, "There is no such page at the desk.", 404)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _said(request: Request, sentence: str, code: int) -> Response:
    response: Response = request.app.state.render(request, "said.html", sentence=sentence)
    response.status_code = code
    return response
