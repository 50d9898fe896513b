"""Access control of every page: whose request it is, whether that role may, and that no other site sent it."""

import hmac
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboards.ask import AskError
from dashboards.desk.access import bodies
from dashboards.desk.access.auth_forms import is_own, session_of, to_sign_in
from dashboards.desk.access.bodies import MOST_BYTES, FormRefusedError, UploadError, bounded, form_with_file, too_large
from dashboards.desk.access.typed import keep_typed
from dashboards.desk.school.rendering import render
from policies.errors import UserError

Endpoint = Callable[[Request], Response | Awaitable[Response]]
PAGES_AT_ONCE, UPLOADS_AT_ONCE = 4, 1
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
_NOWHERE = frozenset({404, 405})
_SAFE = frozenset({"GET", "HEAD"})
_IN_WORDS = ("note", "ground", "reason", "evidence")  # fields of forms


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One address of the desk: who may ask for it; `roles` None is anybody, signed in or not.

    `most_file` are the bytes that a file may have which the form carries; 0 where it carries none.
    """

    path: str
    method: str
    endpoint: Endpoint
    roles: frozenset[str] | None
    most_file: int = 0

    @property
    def most_bytes(self) -> int:
        """How many bytes of a body are read: of one with a file more than it may have, so that its sender is told."""
        return 4 * self.most_file + MOST_BYTES

    @property
    def most_seconds(self) -> float:
        """How long a body is waited for."""
        return bodies.MOST_SECONDS_OF_A_FILE if self.most_file else bodies.MOST_SECONDS


def access_controlled(page: DeskPage) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint under access control: signed in, of a role that may, and with the form's own token."""

    async def answer(request: Request) -> Response:
        request = bounded(request, page.most_bytes, page.most_seconds)
        try:
            response = await _refusal(request, page) or await _answered(request, page)
        except FormRefusedError as refusal:
            response = said(request, refusal.sentence, refusal.code)
            response.headers["connection"] = "close"  # the rest of the form may still be on its way
        return _with_headers(request, response)

    return answer


async def _refusal(request: Request, page: DeskPage) -> Response | None:
    """Return why this request is not answered; None where it is."""
    if request.headers.get("host") not in request.app.state.hosts:
        return PlainTextResponse("This address is not the desk's.", status_code=421)
    if request.method not in _SAFE and not is_own(request):
        return said(request, "The form came from another site, so nothing was done.", 403)
    if not _is_in_utf8(request):
        return said(request, "The form is not in UTF-8, so nothing was done.", 400)
    if int(request.headers.get("content-length") or 0) > page.most_bytes:
        raise too_large()
    return None if page.roles is None else await _refusal_of_role(request, page, page.roles)


def _is_in_utf8(request: Request) -> bool:
    """Say whether a body is in UTF-8 as far as its sender tells: in no other encoding does a browser send our forms."""
    _, options = parse_options_header(request.headers.get("content-type", ""))
    return options.get(b"charset", b"utf-8").lower() == b"utf-8"


async def _refusal_of_role(request: Request, page: DeskPage, roles: frozenset[str]) -> Response | None:
    session = await session_of(request)
    if session is None:
        is_typed = request.method not in _SAFE and "ref" in request.path_params
        return to_sign_in(request, is_kept=is_typed and await keep_typed(request, await _form(request, 0)))
    request.state.session = session
    if session.person.role not in roles:
        return said(request, "This page is not for your role.", 403)
    if request.method not in _SAFE:
        try:
            request.state.form = form = await _form(request, page.most_file)
        except UploadError as error:
            return said(request, error.sentence, 413)
        if not hmac.compare_digest(form.get("csrf", "").encode(), session.csrf.encode()):
            return said(request, "The form is an old one, so nothing was done. Go back, and send it again.", 403)
    return None


async def _answered(request: Request, page: DeskPage) -> Response:
    """Return the page; no more are made at once than the cores can make, and a file holds up none but files."""
    endpoint, state = page.endpoint, request.app.state
    limiter: CapacityLimiter = state.uploads if page.most_file else state.pages
    try:
        if inspect.iscoroutinefunction(endpoint):
            response: Response = await endpoint(request)
        else:
            response = await to_thread.run_sync(endpoint, request, limiter=limiter)  # type: ignore[arg-type]
    except FormRefusedError:
        raise
    except UserError as error:
        return said(request, error.sentence, 409, written="" if isinstance(error, AskError) else _written(request))
    return response


def _written(request: Request) -> str:
    """Return what somebody wrote in words, so that a form that is refused loses none of it."""
    form: Mapping[str, str] = getattr(request.state, "form", {})
    return next((form[name] for name in _IN_WORDS if form.get(name, "").strip()), "")


async def _form(request: Request, most_file: int) -> Mapping[str, str]:
    if most_file:
        given, request.state.file = await form_with_file(request, most_file, MOST_BYTES)
        return given
    fields = await request.form(max_files=0, max_fields=100, max_part_size=MOST_BYTES)
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def refused(request: Request, error: Exception) -> Response:
    """Return the page for an address that no row names, or a form that is none, behind the same headers."""
    if request.headers.get("host") not in request.app.state.hosts:
        return PlainTextResponse("This address is not the desk's.", status_code=421)
    if isinstance(error, HTTPException) and error.status_code not in _NOWHERE:
        return _with_headers(request, said(request, "The form is none of ours, so nothing was done.", 400))
    return _with_headers(request, said(request, "There is no such page at the desk.", 404))


def failed(request: Request, _error: Exception) -> Response:
    """Return the page for a fault of the desk's own, which stands in its log."""
    sentence = "The desk could not do this, by a fault of its own. Tell your IT technician."
    return _with_headers(request, said(request, sentence, 500))


def _with_headers(request: Request, response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.app.state.is_https:
        response.headers["strict-transport-security"] = "max-age=31536000"
    return response


def said(request: Request, sentence: str, code: int, *, written: str = "") -> Response:
    """Return a page that says one sentence, with this status, and what was written in the form that is refused."""
    is_of_case = request.url.path.startswith("/case/") and getattr(request.state, "session", None) is not None
    case_ref = request.path_params.get("ref") if is_of_case else None
    title = "The desk cannot show this now" if code == 409 and request.method in _SAFE else "Not done"
    step = request.path_params.get("step") if code == 409 and request.method not in _SAFE else None
    values = {"sentence": sentence, "case_ref": case_ref, "setup_step": step, "written": written, "title": title}
    return render(request, "said.html", **values, status=code)
