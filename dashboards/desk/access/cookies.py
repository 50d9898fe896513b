"""The desk's cookies: each school's by a name of its own, because a browser gives them to every port of a host.

Over https they are called `__Host-…`: browsers take those from this very address alone, and send them by https alone.
"""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

Name = Literal["desk", "desk-form", "desk-code", "desk-openid"]


def cookie_name(request: Request, name: Name) -> str:
    """Return what a cookie of this school's desk is called."""
    state = request.app.state
    return f"{'__Host-' if state.is_https else ''}{name}-{state.school_mark}"


def cookie(request: Request, name: Name) -> str:
    """Return what a cookie holds; empty without it."""
    return request.cookies.get(cookie_name(request, name), "")


def set_cookie(
    request: Request, response: Response, name: Name, value: str, *, site: Literal["strict", "lax"] = "strict"
) -> None:
    """Give a browser a cookie that no script reads; `lax` for one that must come along from another site."""
    is_https = request.app.state.is_https
    response.set_cookie(cookie_name(request, name), value, path="/", secure=is_https, httponly=True, samesite=site)


def forget_cookie(request: Request, response: Response, name: Name) -> None:
    """Let a browser forget a cookie."""
    is_https = request.app.state.is_https
    response.delete_cookie(cookie_name(request, name), path="/", secure=is_https, httponly=True, samesite="strict")
