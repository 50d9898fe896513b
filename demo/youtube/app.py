"""The simulated YouTube behind its door: the token, the day's quota, the parameters, then the answer."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from demo.cuts import WHOLE
from demo.endpoint import FORCE_SSL, Bill, RefusedRequest, SimulatedRequest, SimulatedResponse, Simulator
from demo.youtube.answers import YouTubeRequest, answer
from demo.youtube.query import ENDPOINTS, problem, read_query

LOOKED_UP = frozenset({"id", "channelId"})  # the filters that ask for single things, not for a list
_FREE = Decimal(0)
_COMMENTS = frozenset({"commentThreads", "comments"})


class YouTubePlatform:
    """YouTube behind its door; every list request costs one unit, a refused one too."""

    name = "youtube"
    paths: Mapping[str, str] = {f"/youtube/v3/{name}": name for name in ENDPOINTS}

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        """Answer one request for the channel's owner."""
        try:
            given = self._answer(endpoint, question)
        except RefusedRequest as refusal:
            given = refusal.answer
        return replace(given, bill=replace(given.bill, units=1))

    def _answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:
        scheme, _, token = question.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise RefusedRequest(problem(401, "required"))
        scopes = self.simulator.youtube_scopes(token)
        if scopes is None:
            raise RefusedRequest(problem(401, "authError"))
        if endpoint in _COMMENTS and FORCE_SSL not in scopes:
            raise RefusedRequest(problem(403, "forbidden"))
        if self.simulator.is_quota_spent():
            raise RefusedRequest(problem(403, "quotaExceeded"))
        if endpoint not in ENDPOINTS:
            raise RefusedRequest(problem(404, "notFound"))
        asked = read_query(ENDPOINTS[endpoint], question)
        cut = WHOLE if asked.filter in LOOKED_UP else self.simulator.cuts.of(self.name, question.path)
        state, repeats = self.simulator.world.youtube, self.simulator.youtube_repeats
        body = answer(YouTubeRequest(state, asked, question.repeats, repeats, cut))
        bill = Bill({f"{endpoint}/{item['id']}": _FREE for item in body["items"]})
        return SimulatedResponse(200, body, media_type="application/json; charset=UTF-8", bill=bill)
