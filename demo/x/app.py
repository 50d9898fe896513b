"""The simulated X behind its door: who asks, how often, for what; then the answer and its price."""

import threading
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from demo.endpoint import RefusedRequest, SimulatedRequest, SimulatedResponse
from demo.simulator import Bill, Simulator
from demo.x.answers import ANSWERS
from demo.x.api_versions import ENDPOINTS, OWNED, PRICES, WINDOW_SECONDS, X_EDITIONS, XEndpoint
from demo.x.authentication import XCallerIdentity, identify_caller
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


def _with_headers(given: SimulatedResponse, headers: dict[str, str]) -> SimulatedResponse:
    return SimulatedResponse(given.status, given.body, headers, given.media_type, given.bill)
