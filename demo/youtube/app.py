"""The simulated YouTube as an application: the token, the day's quota, the parameters, then the answer."""

from dataclasses import replace
from decimal import Decimal

from starlette.applications import Starlette
from starlette.routing import Route

from demo.cuts import WHOLE
from demo.door import Answer, Door, Question
from demo.meter import Bill
from demo.moods import Mood
from demo.stage import Stage
from demo.youtube.answers import Request, answer
from demo.youtube.asked import ENDPOINTS, read
from demo.youtube.problems import Refusal, problem

_FAULTS = {
    "401": (401, "authError"),
    "invalid_grant": (401, "authError"),
    "402": (403, "forbidden"),
    "403": (403, "forbidden"),
    "404": (404, "notFound"),
    "429": (429, "rateLimitExceeded"),
    "429_without_reset": (429, "rateLimitExceeded"),
    "429_past_reset": (429, "rateLimitExceeded"),
    "500": (500, "backendError"),
    "503": (503, "backendError"),
    "quotaExceeded": (403, "quotaExceeded"),
    "rateLimitExceeded": (403, "rateLimitExceeded"),
}
ONE_UNIT = Bill(units=1)
LOOKED_UP = frozenset({"id", "channelId"})  # the filters that ask for single things, not for a list
_FREE = Decimal(0)


class YouTubePlatform:
    """YouTube behind its door; every list request costs one unit, a refused one too."""

    name = "youtube"
    token_parameters: tuple[str, ...] = ("pageToken",)

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def answer(self, endpoint: str, question: Question) -> Answer:
        """Answer one request for the channel's owner."""
        try:
            given = self._answer(endpoint, question)
        except Refusal as refusal:
            given = refusal.answer
        return replace(given, bill=replace(given.bill, units=1))

    def fault(self, mood: Mood, question: Question) -> Answer | None:  # noqa: ARG002 - all paths alike
        """Return the refusal of this mood."""
        if mood.kind not in _FAULTS:
            return None
        return replace(problem(*_FAULTS[mood.kind]), bill=ONE_UNIT)

    def _answer(self, endpoint: str, question: Question) -> Answer:
        state = self.stage.world.youtube
        scheme, _, token = question.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refusal(problem(401, "required"))
        if not state.token or token != state.token:
            raise Refusal(problem(401, "authError"))
        if self.stage.meter.units_on(self.stage.now()) >= self.stage.youtube_quota:
            raise Refusal(problem(403, "quotaExceeded"))
        if endpoint not in ENDPOINTS:
            raise Refusal(problem(404, "notFound"))
        asked = read(ENDPOINTS[endpoint], question)
        cut = WHOLE if asked.filter in LOOKED_UP else self.stage.cuts.of(self.name, question.path)
        body = answer(Request(state, asked, question.repeats, self.stage.youtube_repeats, cut))
        bill = Bill({f"{endpoint}/{item['id']}": _FREE for item in body["items"]})
        return Answer(200, body, media_type="application/json; charset=UTF-8", bill=bill)


def youtube_app(stage: Stage) -> Starlette:
    """Return the simulated YouTube as an application."""
    platform = YouTubePlatform(stage)
    routes = [Route(f"/youtube/v3/{name}", Door(stage, platform, name)) for name in ENDPOINTS]
    return Starlette(routes=[*routes, Route("/{path:path}", Door(stage, platform, "none"))])
