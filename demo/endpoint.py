"""The door of a simulated platform: each request meets its mood here, then the platform, then the meter."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from demo.moods import Mood
from demo.simulator import Bill, Simulator

HTML = b"<!doctype html><title>Something went wrong</title><p>Please try again later.</p>"
_GLANCE_SECONDS = 0.02


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

    def encoded(self) -> bytes:
        """Return the bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class RefusedRequest(Exception):  # noqa: N818 - an answer on its way out, not a fault of the simulator
    """Carries the answer with which a platform turns a request away."""

    def __init__(self, answer: SimulatedResponse) -> None:
        super().__init__()
        self.answer = answer


class SimulatedPlatform(Protocol):
    """One simulated platform behind its door."""

    name: str
    token_parameters: tuple[str, ...]

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer as the real platform would."""
        ...

    def fault(self, mood: Mood, question: SimulatedRequest) -> SimulatedResponse | None:
        """Answer as the real platform does in this mood; None when the mood is no error."""
        ...


class EndpointApp:
    """The ASGI application of one endpoint of one platform."""

    def __init__(self, simulator: Simulator, platform: SimulatedPlatform, endpoint: str) -> None:
        self.simulator = simulator
        self.platform = platform
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, and let it out as its mood wants."""
        path = scope["path"]
        query = QueryParams(scope["query_string"]).multi_items()
        refused = self.simulator.cuts.refusal(self.platform.name, path, query)
        mood = refused or self.simulator.moods.take(self.platform.name, path)
        question = _question(scope, repeats=mood.kind == "repeat_token")
        if mood.kind == "hang":
            self._note(question, SimulatedResponse(0, b""), is_page=False)
            await self._hold(receive)
            await _cut(Response(HTML), send)
            return
        if mood.kind == "html":
            answer: SimulatedResponse | None = SimulatedResponse(200, HTML, media_type="text/html; charset=utf-8")
        else:
            answer = self.platform.fault(mood, question)
        whole = answer is None and mood.kind != "cut"
        answer = answer or self._answered(question)
        self._note(question, answer, is_page=whole and answer.status == 200)
        response = Response(answer.encoded(), answer.status, dict(answer.headers), answer.media_type)
        if mood.kind == "slow":
            # Noted first: a client that gives up has asked all the same, and is not counted later among another's.
            await self._wait(mood.seconds)
        if mood.kind == "cut":
            await _cut(response, send)
        else:
            await response(scope, receive, send)

    def _answered(self, question: SimulatedRequest) -> SimulatedResponse:
        answer = self.platform.answer(self.endpoint, question)
        if not isinstance(answer.body, dict):
            return answer
        query = question.query.multi_items()
        return replace(answer, body=self.simulator.cuts.pruned(self.platform.name, question.path, query, answer.body))

    def _note(self, question: SimulatedRequest, answer: SimulatedResponse, *, is_page: bool) -> None:
        tokens = (question.query.get(name) for name in self.platform.token_parameters)
        self.simulator.meter.note(
            self.platform.name,
            self.endpoint,
            question.path,
            token=next((token for token in tokens if token), None),
            status=answer.status,
            bill=answer.bill,
            at=self.simulator.now(),
            is_page=is_page,
        )

    async def _wait(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        while (left := until - asyncio.get_running_loop().time()) > 0:
            if self.simulator.closing.is_set():
                return
            await asyncio.sleep(min(left, _GLANCE_SECONDS))

    async def _hold(self, receive: Receive) -> None:
        gone = asyncio.ensure_future(_until_gone(receive))
        while not gone.done() and not self.simulator.closing.is_set():
            await asyncio.wait([gone], timeout=_GLANCE_SECONDS)
        gone.cancel()


def _question(scope: Scope, *, repeats: bool) -> SimulatedRequest:
    raw = scope["query_string"].decode("ascii")
    return SimulatedRequest(scope["path"], scope["path_params"], QueryParams(raw), raw, Headers(scope=scope), repeats)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(response: Response, send: Send) -> None:
    """Promise the whole body, send half of it, and return: the server then closes the line."""
    half = bytes(response.body)[: len(response.body) // 2]
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": half, "more_body": True})
