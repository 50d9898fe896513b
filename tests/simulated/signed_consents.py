"""The simulated X's consent by OAuth 1.0a: a request token, the consent page or a PIN, and the account's own keys."""

import secrets
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from authlib.oauth1.rfc5849.wrapper import OAuth1Request
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from demo.model import XCredential
from demo.x.app import is_signed, signed_request
from tests.simulated.consents import REFUSED, ConsentApp, Consents

SIGNED_HOST = "https://api.x.com"
BY_PIN = "oob"


@dataclass(slots=True)
class _RequestToken:
    app: ConsentApp
    secret: str
    callback: str
    verifier: str = ""
    user_id: str = ""


class SignedConsents:
    """The consents by OAuth 1.0a of the apps that `consents` knows; `keys` are the accounts' own, once given."""

    def __init__(self, consents: Consents) -> None:
        self.consents = consents
        self.keys: list[XCredential] = []
        self._waiting: dict[str, _RequestToken] = {}

    def routes(self) -> list[Route]:
        """Return the three addresses of the dance."""
        return [
            Route("/oauth/request_token", self._request_token, methods=["POST"]),
            Route("/oauth/authorize", self._authorize),
            Route("/oauth/access_token", self._access_token, methods=["POST"]),
        ]

    async def _request_token(self, request: Request) -> Response:
        given = _parameters(request)
        app = next((a for a in self.consents.apps if a.consumer_key == given.get("oauth_consumer_key")), None)
        callback = given.get("oauth_callback", "")
        if app is None or not _is_signed(request, app.consumer_secret, ""):
            return PlainTextResponse("Could not authenticate you.", 401)
        if callback != BY_PIN and callback not in (app.redirects or ()):
            return PlainTextResponse("Callback URL not approved for this client application.", 403)
        token, secret = secrets.token_urlsafe(20), secrets.token_urlsafe(20)
        self._waiting[token] = _RequestToken(app, secret, callback)
        answer = {"oauth_token": token, "oauth_token_secret": secret, "oauth_callback_confirmed": "true"}
        return PlainTextResponse(urlencode(answer))

    async def _authorize(self, request: Request) -> Response:
        token = request.query_params.get("oauth_token", "")
        waiting = self._waiting.get(token)
        if waiting is None:
            return HTMLResponse("<p>Whoa there! This page is no longer valid.</p>", REFUSED)
        if self.consents.is_denied or self.consents.answering_as is None:
            return RedirectResponse(f"{waiting.callback}?{urlencode({'denied': token})}", 302)
        given = replace(waiting, user_id=self.consents.answering_as, verifier=f"{secrets.randbelow(10**7):07}")
        self._waiting[token] = given
        if given.callback == BY_PIN:
            return HTMLResponse(f"<code>{given.verifier}</code>")
        answer = {"oauth_token": token, "oauth_verifier": given.verifier}
        return RedirectResponse(f"{given.callback}?{urlencode(answer)}", 302)

    async def _access_token(self, request: Request) -> Response:
        given = _parameters(request)
        verifier = given.get("oauth_verifier") or dict(parse_qsl((await request.body()).decode())).get("oauth_verifier")
        waiting = self._waiting.pop(given.get("oauth_token", ""), None)
        if waiting is None or not waiting.verifier or verifier != waiting.verifier:
            return PlainTextResponse("Reverse auth credentials are invalid", 401)
        if not _is_signed(request, waiting.app.consumer_secret, waiting.secret):
            return PlainTextResponse("Could not authenticate you.", 401)
        token, secret = f"{waiting.user_id}-{secrets.token_urlsafe(20)}", secrets.token_urlsafe(32)
        app = waiting.app
        self.keys.append(
            XCredential(
                waiting.user_id,
                consumer_key=app.consumer_key,
                consumer_secret=app.consumer_secret,
                access_token=token,
                access_secret=secret,
            )
        )
        answer = {"oauth_token": token, "oauth_token_secret": secret, "user_id": waiting.user_id}
        return PlainTextResponse(urlencode(answer))


def _parameters(request: Request) -> dict[str, str]:
    signed = _signed(request)
    return dict(signed.oauth_params) if signed else {}


def _is_signed(request: Request, consumer_secret: str, token_secret: str) -> bool:
    signed = _signed(request)
    return signed is not None and is_signed(signed, consumer_secret, token_secret)


def _signed(request: Request) -> OAuth1Request | None:
    return signed_request("POST", SIGNED_HOST + request.url.path, request.headers.get("authorization", ""))
