"""Where somebody wanted to go before they signed in: a page of the desk's own, or the first page."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.auth_forms import is_from_elsewhere

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


def to_sign_in(request: Request) -> Response:
    """Send somebody without a session to the sign-in, which leads back to where they wanted to go.

    Whoever comes by a link on another site is sent on from a page of ours: only then does the browser show its cookie.
    """
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    url = known_return_url(request, wanted) if request.method == "GET" else "/"
    to = SIGN_IN if url == "/" else f"{SIGN_IN}?next={quote(url, safe='')}"
    return redirect_by_page(request, to) if is_from_elsewhere(request) else RedirectResponse(to, status_code=303)


def redirect_by_page(request: Request, to: str) -> Response:
    """Return a page that goes on by itself to an address of the desk's own."""
    response: Response = request.app.state.render(request, "redirect.html", to=to)
    response.headers["refresh"] = f"0; url={to}"
    return response
