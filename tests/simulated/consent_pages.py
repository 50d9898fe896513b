"""The addresses of a simulated platform's OAuth 2.0 over HTTP: consent page, tokens, giving a consent back.

A mood that is a status is answered in place of the platform's own answer; `cut` loses the answer on its way, after the
platform has done what was asked.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.simulated.consents import REFUSED, Consents
from tests.simulated.moods import Moods

NO_PAGE = "<!doctype html><title>Something is wrong</title><p>You weren't able to give access to the App.</p>"


class ConsentPages:
    """The pages of one platform's consents; `refusal` is what its token address says of a token that is none."""

    def __init__(self, name: str, consents: Consents, moods: Moods, refusal: Mapping[str, str]) -> None:
        self.name = name
        self.consents = consents
        self.moods = moods
        self.refusal = dict(refusal)

    def routes(self, consent: str, token: str, revoke: str) -> list[Route]:
        """Return the routes at these paths."""
        return [
            Route(consent, self._consent),
            Route(token, self._token, methods=["GET", "POST"]),
            Route(revoke, self._revoke, methods=["POST"]),
        ]

    async def form(self, request: Request) -> dict[str, str]:
        """Return the form that a request bears."""
        return dict(parse_qsl((await request.body()).decode()))

    async def _consent(self, request: Request) -> Response:
        back = self.consents.consent(dict(request.query_params))
        return HTMLResponse(NO_PAGE, REFUSED) if back is None else RedirectResponse(back, 302)

    async def _token(self, request: Request) -> Response:
        if request.method != "POST":
            return JSONResponse({"error": "invalid_request"}, 405)
        mood = self.moods.take(self.name, request.url.path)
        if mood.kind.isdecimal():
            return HTMLResponse(NO_PAGE, int(mood.kind))
        form, authorization = await self.form(request), request.headers.get("authorization", "")
        if self.consents.app(form, authorization) is None:
            return JSONResponse({"error": "unauthorized_client"}, 401)
        given = self.consents.token(form, authorization)
        if mood.kind == "cut":
            return HTMLResponse(NO_PAGE, 503)
        return JSONResponse(self.refusal, REFUSED) if given is None else JSONResponse(given)

    async def _revoke(self, request: Request) -> Response:
        self.consents.revoke((await self.form(request)).get("token", ""))
        return JSONResponse({"revoked": True})
