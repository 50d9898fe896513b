"""The simulated X behind its door: who asks, how often, for what; then the answer and its price."""

import hmac
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from authlib.oauth1.errors import OAuth1Error
from authlib.oauth1.rfc5849.signature import generate_signature_base_string, hmac_sha1_signature
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

from demo.endpoint import Bill, RefusedRequest, SimulatedRequest, SimulatedResponse, Simulator
from demo.model import XCredential
from demo.x.answers import ANSWERS
from demo.x.api_versions import ENDPOINTS, OWNED, PRICES, WINDOW_SECONDS, X_EDITIONS, XEndpoint
from demo.x.problems import plain, unsupported_authentication
from demo.x.query import read_query
from demo.x.request import XRequest
from demo.x.serialise import View

# The clients sign for the real host; our adapters turn the request to loopback after that.
SIGNED_HOSTS = ("https://api.twitter.com", "https://api.x.com")


@dataclass(frozen=True, slots=True)
class XCallerIdentity:
    """One known key; `user_id` is None for an app-only bearer token."""

    key: str
    user_id: str | None


def identify_caller(credentials: Sequence[XCredential], question: SimulatedRequest) -> XCallerIdentity | None:
    """Return who asks, or None when the credentials are missing, unknown or wrongly signed."""
    scheme, _, rest = question.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return next(
            (XCallerIdentity(rest, c.user_id) for c in credentials if c.bearer is not None and c.bearer == rest), None
        )
    if scheme.lower() == "oauth":
        return next(_signers(credentials, question), None)
    return None


def _signers(credentials: Sequence[XCredential], question: SimulatedRequest) -> Iterator[XCallerIdentity]:
    address, header = f"{question.path}?{question.raw_query}", question.headers["authorization"]
    requests = [request for host in SIGNED_HOSTS if (request := signed_request("GET", host + address, header))]
    for credential in credentials:
        keys = (credential.consumer_key, credential.access_token)
        secrets = (credential.consumer_secret, credential.access_secret)
        if None not in keys and any((r.client_id, r.token) == keys and is_signed(r, *secrets) for r in requests):
            yield XCallerIdentity(f"{credential.access_token}", credential.user_id)


def signed_request(method: str, address: str, header: str) -> OAuth1Request | None:
    """Return a request as it was signed; None if its header or its query is none of OAuth 1.0a."""
    try:
        return OAuth1Request(method, address, headers={"Authorization": header})
    except (OAuth1Error, ValueError):
        return None


def is_signed(request: OAuth1Request, consumer_secret: str | None, token_secret: str | None) -> bool:
    """Say whether a request bears the signature that these two secrets make of it."""
    right = hmac_sha1_signature(generate_signature_base_string(request), consumer_secret, token_secret)
    given = str(request.signature or "").encode()
    return request.signature_method == "HMAC-SHA1" and hmac.compare_digest(right.encode(), given)


def _rate_headers(limit: int, remaining: int, reset: int) -> dict[str, str]:
    """Return X's three headers; `reset` is in unix seconds."""
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": str(reset),
    }


class RateLimits:
    """The windows that are open, by endpoint and key; a window opens with the first request in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[tuple[str, str], tuple[int, int]] = {}

    def count(self, endpoint: XEndpoint, key: str, *, is_user: bool, at: datetime) -> tuple[dict[str, str], bool]:
        """Count one request of this key; return the headers of what its window still allows, and if it is spent."""
        limit = endpoint.user_limit if is_user or endpoint.app_limit is None else endpoint.app_limit
        second = int(at.timestamp())
        with self._lock:
            opened, used = self._open.get((endpoint.name, key), (second, 0))
            if not opened <= second < opened + WINDOW_SECONDS:
                opened, used = second, 0
            used += 1
            self._open[endpoint.name, key] = opened, used
        return _rate_headers(limit, max(limit - used, 0), opened + WINDOW_SECONDS), used > limit

    def clear(self) -> None:
        """Open every window afresh."""
        with self._lock:
            self._open.clear()


class XPlatform:
    """X behind its door."""

    name = "x"
    paths: Mapping[str, str] = {endpoint.path: endpoint.name for endpoint in ENDPOINTS.values()}

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.limits = RateLimits()

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer one request, with X's rate-limit headers and its price."""
        if endpoint not in ENDPOINTS:
            return plain(404)
        asked_of = ENDPOINTS[endpoint]
        identity = identify_caller(self.simulator.x_credentials(), question)
        if identity is None:
            return replace(plain(401), headers=self._full(asked_of))
        is_user = identity.user_id is not None
        headers, is_spent = self.limits.count(asked_of, identity.key, is_user=is_user, at=self.simulator.now())
        if is_spent:
            return replace(plain(429), headers=headers)
        try:
            body = self._body(asked_of, question, identity)
        except RefusedRequest as refusal:
            return replace(refusal.answer, headers=headers)
        return SimulatedResponse(200, body, headers, bill=_bill(asked_of, question, identity, body))

    def _body(self, endpoint: XEndpoint, question: SimulatedRequest, identity: XCallerIdentity) -> dict[str, Any]:
        edition = X_EDITIONS[self.simulator.x_api_version]
        if endpoint.app_limit is None and identity.user_id is None:
            raise RefusedRequest(unsupported_authentication(edition))
        listing = f"{question.path}?{question.query.get('query', '')}"
        asked = read_query(endpoint, edition, question, listing)
        view = View(self.simulator.world.x, identity.user_id, asked, edition)
        cut = self.simulator.cuts.of(self.name, question.path)
        request = XRequest(endpoint, question, view, listing, self.simulator.now(), cut)
        return ANSWERS[endpoint.name](request)

    def _full(self, endpoint: XEndpoint) -> dict[str, str]:
        limit = endpoint.app_limit or endpoint.user_limit
        return _rate_headers(limit, limit, int(self.simulator.now().timestamp()) + WINDOW_SECONDS)


def _bill(endpoint: XEndpoint, question: SimulatedRequest, identity: XCallerIdentity, body: dict[str, Any]) -> Bill:
    data = body.get("data", [])
    resources = data if isinstance(data, list) else [data]
    is_own = endpoint.is_ownable and identity.user_id is not None and identity.user_id == question.ids["id"]
    price: Decimal = OWNED if is_own else PRICES[endpoint.returns]
    return Bill({f"{endpoint.returns}/{resource['id']}": price for resource in resources})
