"""The door of a simulated platform whose requests meet their mood there."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from demo.endpoint import Bill, EndpointApp, SimulatedRequest, SimulatedResponse, read_question
from demo.x.problems import plain
from demo.youtube.query import API, problem
from tests.simulated.moods import Mood

if TYPE_CHECKING:
    from tests.simulated.serve import Servers

HTML = b"<!doctype html><title>Something went wrong</title><p>Please try again later.</p>"
_GLANCE_SECONDS = 0.02
_TOKENS = ("pagination_token", "next_token", "pageToken")

# What YouTube's own moods are called at X.
_IN_XS_WORDS = {"quotaExceeded": "429", "rateLimitExceeded": "429", "invalid_grant": "401"}


class MoodyDoor(EndpointApp):
    """The ASGI application of one endpoint of one platform, in the mood that a test has set."""

    simulator: "Servers"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, and let it out as its mood wants."""
        path = scope["path"]
        query = QueryParams(scope["query_string"]).multi_items()
        refused = self.simulator.cuts.refusal(self.platform.name, path, query)
        mood = refused or self.simulator.moods.take(self.platform.name, path)
        question = read_question(scope, repeats=mood.kind == "repeat_token")
        if mood.kind == "hang":
            self.note(question, SimulatedResponse(0, b""), is_page=False)
            await self._hold(receive)
            await _cut(Response(HTML), send)
            return
        answer = FAULTS[self.platform.name](mood, self.simulator.now)
        if mood.kind == "html":
            answer = SimulatedResponse(200, HTML, media_type="text/html; charset=utf-8")
        whole = answer is None and mood.kind != "cut"
        answer = answer or self.answered(question)
        self.note(question, answer, is_page=whole and answer.status == 200)
        if mood.kind == "slow":
            # Noted first: a client that gives up has asked all the same, and is not counted later among another's.
            await self._wait(mood.seconds)
        if mood.kind == "cut":
            await _cut(answer.encoded(), send)
        else:
            await answer.encoded()(scope, receive, send)

    def note(self, question: SimulatedRequest, answer: SimulatedResponse, *, is_page: bool) -> None:
        """Write this request and its bill down; `is_page` says that a whole page of data goes out."""
        tokens = (question.query.get(name) for name in _TOKENS)
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


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(response: Response, send: Send) -> None:
    """Promise the whole body, send half of it, and return: the server then closes the line."""
    half = bytes(response.body)[: len(response.body) // 2]
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": half, "more_body": True})


def _of_x(mood: Mood, now: Callable[[], datetime]) -> SimulatedResponse | None:
    """Return the refusal of this mood, None where it is none; a 429 tells its reset as the mood wants."""
    status, _, manner = _IN_XS_WORDS.get(mood.kind, mood.kind).partition("_")
    if not status.isdecimal():
        return None
    headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "0" if status == "429" else "299"}
    if manner != "without_reset":
        reset = mood.reset or now() + timedelta(seconds=-60 if manner == "past_reset" else mood.seconds)
        # Rounded up, because X counts whole seconds and a client must not come back too soon.
        headers["x-rate-limit-reset"] = str(-int(-reset.timestamp() // 1))
    return replace(plain(int(status)), headers=headers)


def _of_youtube(mood: Mood, _: object) -> SimulatedResponse | None:
    faults = API["faults"]
    return replace(problem(*faults[mood.kind]), bill=Bill(units=1)) if mood.kind in faults else None


def _of_media(mood: Mood, _: object) -> SimulatedResponse | None:
    status = mood.kind[:3]
    return SimulatedResponse(int(status), b"", media_type="text/plain") if status.isdecimal() else None


FAULTS: dict[str, Callable[[Mood, Callable[[], datetime]], SimulatedResponse | None]] = {
    "x": _of_x,
    "youtube": _of_youtube,
    "media": _of_media,
}
