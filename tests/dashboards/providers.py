"""Two OpenID providers on loopback for the tests: one that lies as it is told to, and a certified one of npm's."""

import base64
import hashlib
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.dashboards.desks import NOON

CLIENT, SECRET = "the-desk", "a secret of forty characters, or nearly so"
HERE = Path(__file__).parent / "openid"
Claims = dict[str, Any]


@cache
def key_of(_owner: str) -> RSAKey:
    """Return the key of this owner, made when it is first asked for."""
    return RSAKey.generate_key(2048, {"kid": "of the provider"})


@dataclass
class Liar:
    """A provider whose claims and answers a test changes; `asked` are the requests that a browser brought, by code."""

    issuer: str = ""
    who: Claims = field(default_factory=dict)
    claims: Callable[[Claims], Claims] = dict
    sign: Callable[[Claims], str] | None = None
    answer: Callable[[Claims], Response] = JSONResponse
    says: Claims = field(default_factory=dict)
    back: Claims = field(default_factory=dict)
    asked: dict[str, Claims] = field(default_factory=dict)

    def honest(self, **who: Any) -> "Liar":
        """Tell the truth again, of this person."""
        self.who, self.claims, self.sign, self.answer = who, dict, None, JSONResponse
        self.says, self.back = {}, {}
        return self

    def configuration(self, _request: Request) -> Response:
        where = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return JSONResponse({"issuer": self.issuer, **where, **self.says})

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        query = {"code": code, "state": asked["state"], "iss": self.issuer, **self.back}
        given = "&".join(f"{name}={value}" for name, value in query.items() if value is not None)
        return RedirectResponse(f"{asked['redirect_uri']}?{given}", status_code=303)

    async def token(self, request: Request) -> Response:
        given = dict(await request.form())
        asked = self.asked.pop(str(given.get("code")), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(given["code_verifier"]).encode()).digest())
        if asked is None or challenge.decode().rstrip("=") != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(NOON.timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.who}
        claims = {name: value for name, value in self.claims(claims).items() if value is not None}
        signed = self.sign(claims) if self.sign else by_key(claims)
        return self.answer({"access_token": "opaque", "token_type": "Bearer", "id_token": signed})

    def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [key_of("own").as_dict(private=False)]})


def by_key(claims: Claims, key: str = "own") -> str:
    """Sign as this key's owner does."""
    return jwt.encode({"alg": "RS256", "kid": "of the provider"}, claims, key_of(key))


def by_nobody(claims: Claims) -> str:
    """Sign not at all (alg none)."""
    parts = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b'{"alg":"none"}', _json(claims))]
    return ".".join([*parts, ""])


def by_secret(claims: Claims, secret: str = SECRET) -> str:
    """Sign with a secret where a key is meant."""
    return jwt.encode({"alg": "HS256", "kid": "of the provider"}, claims, OctKey.import_key(secret))


def by_public_key(claims: Claims) -> str:
    """Sign with the public key's own text as a secret."""
    made = key_of("own").as_pem(private=False)
    parts = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b'{"alg":"HS256"}', _json(claims))]
    mark = hashlib.sha256(made + ".".join(parts).encode()).digest()
    return ".".join([*parts, base64.urlsafe_b64encode(mark).decode().rstrip("=")])


def _json(claims: Claims) -> bytes:
    return bytes(JSONResponse(claims).body)


_TOO_LARGE = {"id_token": "x" * 600_000}
# What a provider may answer, by what is wrong with it: nobody is let in by any of it.
TOKEN_LIES: dict[str, Claims] = {
    "another nonce": {"claims": lambda of: {**of, "nonce": "another"}},
    "no nonce": {"claims": lambda of: {**of, "nonce": None}},
    "another audience": {"claims": lambda of: {**of, "aud": "another"}},
    "two audiences": {"claims": lambda of: {**of, "aud": [CLIENT, "another"]}},
    "another party": {"claims": lambda of: {**of, "azp": "another"}},
    "no audience": {"claims": lambda of: {**of, "aud": None}},
    "another issuer": {"claims": lambda of: {**of, "iss": "https://accounts.google.com"}},
    "expired": {"claims": lambda of: {**of, "exp": of["exp"] - 400}},
    "without an end": {"claims": lambda of: {**of, "exp": None}},
    "from the future": {"claims": lambda of: {**of, "nbf": of["iat"] + 600}},
    "no id": {"claims": lambda of: {**of, "sub": None}},
    "an id that is none": {"claims": lambda of: {**of, "sub": ["id-of-dsl"]}},
    "an empty id": {"claims": lambda of: {**of, "sub": ""}},
    "another access token": {"claims": lambda of: {**of, "at_hash": "another"}},
    "signed by nobody": {"sign": by_nobody},
    "signed by a secret": {"sign": by_secret},
    "signed by the public key": {"sign": by_public_key},
    "signed by another": {"sign": partial(by_key, key="another's")},
    "no token": {"answer": lambda of: JSONResponse({**of, "id_token": None})},
    "a token that is none": {"answer": lambda of: JSONResponse({**of, "id_token": "no token"})},
    "no JSON": {"answer": lambda _: PlainTextResponse("<html>")},
    "a list": {"answer": lambda of: JSONResponse([of])},
    "elsewhere": {"answer": lambda _: RedirectResponse("http://127.0.0.1:9/")},
    "too much": {"answer": lambda of: JSONResponse({**of, **_TOO_LARGE})},
    "a refusal": {"answer": lambda _: JSONResponse({"error": "invalid_grant"}, status_code=400)},
}


@contextmanager
def liar() -> Iterator[Liar]:
    """Serve a provider of the test's own."""
    made = Liar()
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", made.configuration),
            Route("/authorization_endpoint", made.authorize),
            Route("/token_endpoint", made.token, methods=["POST"]),
            Route("/jwks_uri", made.keys),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    made.issuer = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@contextmanager
def certified(port: int, back: str) -> Iterator[None]:
    """Run npm's certified provider on this port; it sends browsers back to `back` alone."""
    if shutil.which("node") is None or not (HERE / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("node or npm's oidc-provider is not here: `make openid` puts it in place")
    words = ["node", str(HERE / "provider.mjs"), str(port), CLIENT, SECRET.replace(" ", "-"), back]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline().strip() == "ready"
            yield
        finally:
            running.terminate()
