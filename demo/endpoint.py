"""The door of a simulated platform: each request meets the platform here, and what is cut of its lists."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from demo.cuts import Cuts
from demo.model import World, XCredential

FORCE_SSL = "https://www.googleapis.com/auth/youtube.force-ssl"  # the scope that comments ask for


@dataclass(frozen=True, slots=True)
class Bill:
    """What one answer costs: the price in US dollars of each resource in it, and quota units."""

    prices: Mapping[str, Decimal] = field(default_factory=dict)
    units: int = 0


class Simulator:
    """The state behind the three servers; a test may turn every switch while they run.

    `x_api_version` is "2.166" or "2.167" (before and after X renamed its fields); `youtube_repeats` makes the
    subscriber lists repeat their first page.
    """

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.cuts = Cuts()
        self.x_api_version = "2.166"
        self.youtube_repeats = False

    def x_credentials(self) -> Sequence[XCredential]:
        """Return every key that X knows."""
        return self.world.x.credentials

    def youtube_scopes(self, token: str) -> frozenset[str] | None:
        """Return what this token may do at YouTube; None where it is no token of the channel's owner."""
        return frozenset({FORCE_SSL}) if token and token == self.world.youtube.token else None

    def is_quota_spent(self) -> bool:
        """Say whether YouTube's quota of the day is used up; that of a demo never is."""
        return False


@dataclass(frozen=True, slots=True)
class SimulatedRequest:
    """One request as it came; `repeats` asks for the fault of giving the same page token for ever."""

    path: str
    ids: Mapping[str, str]
    query: QueryParams
    raw_query: str
    headers: Headers
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedResponse:
    """What a platform answers; `body` is JSON when it is a dict."""

    status: int
    body: dict[str, Any] | bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json; charset=utf-8"
    bill: Bill = field(default_factory=Bill)

    def encoded(self) -> Response:
        """Return the answer as it goes over the wire."""
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        return Response(body, self.status, dict(self.headers), self.media_type)


class RefusedRequest(Exception):  # noqa: N818 - an answer on its way out, not a fault of the simulator
    """Carries the answer with which a platform turns a request away."""

    def __init__(self, answer: SimulatedResponse) -> None:
        super().__init__()
        self.answer = answer


class SimulatedPlatform(Protocol):
    """One simulated platform behind its door."""

    name: str
    paths: Mapping[str, str]  # the name of the endpoint at each path that the platform knows

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer as the real platform would."""
        ...


class EndpointApp:
    """The ASGI application of one endpoint of one platform."""

    def __init__(self, simulator: Simulator, platform: SimulatedPlatform, endpoint: str) -> None:
        self.simulator = simulator
        self.platform = platform
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, and its answer out."""
        await self.answered(read_question(scope)).encoded()(scope, receive, send)

    def answered(self, question: SimulatedRequest) -> SimulatedResponse:
        """Return the platform's answer, without what is cut of it."""
        answer = self.platform.answer(self.endpoint, question)
        if not isinstance(answer.body, dict):
            return answer
        query = question.query.multi_items()
        return replace(answer, body=self.simulator.cuts.pruned(self.platform.name, question.path, query, answer.body))


def read_question(scope: Scope, *, repeats: bool = False) -> SimulatedRequest:
    """Return the request of this ASGI scope."""
    raw = scope["query_string"].decode("ascii")
    return SimulatedRequest(scope["path"], scope["path_params"], QueryParams(raw), raw, Headers(scope=scope), repeats)
