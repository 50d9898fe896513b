"""The door of a simulated platform: each request meets the platform here, and what is cut of its lists."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from demo.simulator import Bill, Simulator


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
