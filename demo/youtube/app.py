"""The simulated YouTube as an application: the token, the day's quota, the parameters, then the answer."""

from dataclasses import replace
from decimal import Decimal

from starlette.applications import Starlette
from starlette.routing import Route

from demo.consent_pages import ConsentPages
from demo.cuts import WHOLE
from demo.endpoint import EndpointApp, RefusedRequest, SimulatedRequest, SimulatedResponse
from demo.moods import Mood
from demo.simulator import Bill, Simulator
from demo.youtube.answers import YouTubeRequest, answer
from demo.youtube.query import API, ENDPOINTS, problem, read_query

_NO_TOKEN = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
ONE_UNIT = Bill(units=1)
LOOKED_UP = frozenset({"id", "channelId"})  # the filters that ask for single things, not for a list
_FREE = Decimal(0)
_COMMENTS = frozenset({"commentThreads", "comments"})
_FORCE_SSL = "https://www.googleapis.com/auth/youtube.force-ssl"


class YouTubePlatform:
    """YouTube behind its door; every list request costs one unit, a refused one too."""

    name = "youtube"
    token_parameters: tuple[str, ...] = ("pageToken",)

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer one request for the channel's owner."""
        try:
            given = self._answer(endpoint, question)
        except RefusedRequest as refusal:
            given = refusal.answer
        return replace(given, bill=replace(given.bill, units=1))

    def fault(self, mood: Mood, question: SimulatedRequest) -> SimulatedResponse | None:  # noqa: ARG002 - all paths alike
        """Return the refusal of this mood."""
        if mood.kind not in API["faults"]:
            return None
        return replace(problem(*API["faults"][mood.kind]), bill=ONE_UNIT)

    def _answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        state = self.simulator.world.youtube
        scheme, _, token = question.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise RefusedRequest(problem(401, "required"))
        is_consented = self.simulator.youtube_consents.user_of(token) is not None
        if not is_consented and (not state.token or token != state.token):
            raise RefusedRequest(problem(401, "authError"))
        if is_consented and endpoint in _COMMENTS and not _may_read_comments(self.simulator, token):
            raise RefusedRequest(problem(403, "forbidden"))
        if self.simulator.meter.units_on(self.simulator.now()) >= self.simulator.youtube_quota:
            raise RefusedRequest(problem(403, "quotaExceeded"))
        if endpoint not in ENDPOINTS:
            raise RefusedRequest(problem(404, "notFound"))
        asked = read_query(ENDPOINTS[endpoint], question)
        cut = WHOLE if asked.filter in LOOKED_UP else self.simulator.cuts.of(self.name, question.path)
        body = answer(YouTubeRequest(state, asked, question.repeats, self.simulator.youtube_repeats, cut))
        bill = Bill({f"{endpoint}/{item['id']}": _FREE for item in body["items"]})
        return SimulatedResponse(200, body, media_type="application/json; charset=UTF-8", bill=bill)


def _may_read_comments(simulator: Simulator, token: str) -> bool:
    return _FORCE_SSL in simulator.youtube_consents.scopes_of(token)


def youtube_app(simulator: Simulator) -> Starlette:
    """Return the simulated YouTube as an application."""
    platform = YouTubePlatform(simulator)
    routes = [Route(f"/youtube/v3/{name}", EndpointApp(simulator, platform, name)) for name in ENDPOINTS]
    pages = ConsentPages("youtube", simulator.youtube_consents, simulator.moods, _NO_TOKEN)
    routes += pages.routes("/o/oauth2/auth", "/token", "/revoke")
    return Starlette(routes=[*routes, Route("/{path:path}", EndpointApp(simulator, platform, "none"))])
