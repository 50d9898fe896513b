"""The simulated X as an application: who asks, how often, for what; then the answer and its price."""

import threading
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from demo.consent_pages import ConsentPages
from demo.endpoint import EndpointApp, RefusedRequest, SimulatedRequest, SimulatedResponse
from demo.moods import Mood
from demo.simulator import Bill, Simulator
from demo.x.answers import ANSWERS
from demo.x.api_versions import ENDPOINTS, OWNED, PRICES, WINDOW_SECONDS, X_EDITIONS, XEndpoint
from demo.x.authentication import SignedConsents, XCallerIdentity, identify_caller
from demo.x.problems import plain, unsupported_authentication
from demo.x.query import read_query
from demo.x.request import XRequest
from demo.x.serialise import View


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


# What X says of a code or a refresh token that is none, or is used up.
_NO_TOKEN = {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}

# What YouTube's own moods are called at X.
_IN_XS_WORDS = {"quotaExceeded": "429", "rateLimitExceeded": "429", "invalid_grant": "401"}


class XPlatform:
    """X behind its door."""

    name = "x"
    token_parameters: tuple[str, ...] = ("pagination_token", "next_token")

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.limits = RateLimits()
        self.signed = SignedConsents(simulator.x_consents)

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer one request, with X's rate-limit headers and its price."""
        asked_of = ENDPOINTS[endpoint]
        known = (*self.simulator.world.x.credentials, *self.signed.keys)
        identity = identify_caller(known, question, self.simulator.x_consents)
        if identity is None:
            return _with_headers(plain(401), self._full(asked_of))
        is_user = identity.user_id is not None
        headers, is_spent = self.limits.count(asked_of, identity.key, is_user=is_user, at=self.simulator.now())
        if is_spent:
            return _with_headers(plain(429), headers)
        try:
            body = self._body(asked_of, question, identity)
        except RefusedRequest as refusal:
            return _with_headers(refusal.answer, headers)
        return SimulatedResponse(200, body, headers, bill=_bill(asked_of, question, identity, body))

    def fault(self, mood: Mood, question: SimulatedRequest) -> SimulatedResponse | None:  # noqa: ARG002 - all paths alike
        """Return the refusal of this mood; a 429 tells its reset as the mood wants."""
        status, _, manner = _IN_XS_WORDS.get(mood.kind, mood.kind).partition("_")
        if not status.isdecimal():
            return None
        headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "0" if status == "429" else "299"}
        if manner != "without_reset":
            ahead = timedelta(seconds=-60 if manner == "past_reset" else mood.seconds)
            reset = mood.reset or self.simulator.now() + ahead
            # Rounded up, because X counts whole seconds and a client must not come back too soon.
            headers["x-rate-limit-reset"] = str(-int(-reset.timestamp() // 1))
        return _with_headers(plain(int(status)), headers)

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


class _Nowhere(XPlatform):
    """X at every path that it does not know."""

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:  # noqa: ARG002 - no endpoint
        return plain(404)


def x_app(simulator: Simulator, platform: XPlatform) -> Starlette:
    """Return the simulated X as an application."""
    routes = [Route(endpoint.path, EndpointApp(simulator, platform, endpoint.name)) for endpoint in ENDPOINTS.values()]
    pages = ConsentPages("x", simulator.x_consents, simulator.moods, _NO_TOKEN)
    routes += pages.routes("/i/oauth2/authorize", "/2/oauth2/token", "/2/oauth2/revoke")
    routes += platform.signed.routes()
    return Starlette(routes=[*routes, Route("/{path:path}", EndpointApp(simulator, _Nowhere(simulator), "none"))])


def _bill(endpoint: XEndpoint, question: SimulatedRequest, identity: XCallerIdentity, body: dict[str, Any]) -> Bill:
    data = body.get("data", [])
    resources = data if isinstance(data, list) else [data]
    is_own = endpoint.is_ownable and identity.user_id is not None and identity.user_id == question.ids["id"]
    price: Decimal = OWNED if is_own else PRICES[endpoint.returns]
    return Bill({f"{endpoint.returns}/{resource['id']}": price for resource in resources})


def _with_headers(given: SimulatedResponse, headers: dict[str, str]) -> SimulatedResponse:
    return SimulatedResponse(given.status, given.body, headers, given.media_type, given.bill)
