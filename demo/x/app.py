"""The simulated X as an application: who asks, how often, for what; then the answer and its price."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from demo.door import Answer, Door, Question
from demo.meter import Bill
from demo.moods import Mood
from demo.stage import Stage
from demo.x.answers import answer
from demo.x.asked import read
from demo.x.callers import Caller, caller
from demo.x.endpoints import ENDPOINTS, OWNED, PRICES, WINDOW_SECONDS, Endpoint
from demo.x.limits import Limits
from demo.x.names import SPELLINGS
from demo.x.problems import Refusal, plain, unsupported_authentication
from demo.x.request import Request
from demo.x.show import View

# What YouTube's own moods are called at X.
_IN_XS_WORDS = {"quotaExceeded": "429", "rateLimitExceeded": "429", "invalid_grant": "401"}


class XPlatform:
    """X behind its door."""

    name = "x"
    token_parameters: tuple[str, ...] = ("pagination_token", "next_token")

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.limits = Limits()

    def answer(self, endpoint: str, question: Question) -> Answer:
        """Answer one request, with X's rate-limit headers and its price."""
        asked_of = ENDPOINTS[endpoint]
        known = caller(self.stage.world.x.credentials, question)
        if known is None:
            return _with_headers(plain(401), self._full(asked_of))
        is_user = known.user_id is not None
        allowance = self.limits.count(asked_of, known.key, is_user=is_user, at=self.stage.now())
        if allowance.is_spent:
            return _with_headers(plain(429), allowance.headers())
        try:
            body = self._body(asked_of, question, known)
        except Refusal as refusal:
            return _with_headers(refusal.answer, allowance.headers())
        return Answer(200, body, allowance.headers(), bill=_bill(asked_of, question, known, body))

    def fault(self, mood: Mood, question: Question) -> Answer | None:  # noqa: ARG002 - all paths alike
        """Return the refusal of this mood; a 429 tells its reset as the mood wants."""
        status, _, manner = _IN_XS_WORDS.get(mood.kind, mood.kind).partition("_")
        if not status.isdecimal():
            return None
        headers = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "0" if status == "429" else "299"}
        if manner != "without_reset":
            ahead = timedelta(seconds=-60 if manner == "past_reset" else mood.seconds)
            reset = mood.reset or self.stage.now() + ahead
            # Rounded up, because X counts whole seconds and a client must not come back too soon.
            headers["x-rate-limit-reset"] = str(-int(-reset.timestamp() // 1))
        return _with_headers(plain(int(status)), headers)

    def _body(self, endpoint: Endpoint, question: Question, known: Caller) -> dict[str, Any]:
        spelling = SPELLINGS[self.stage.x_spelling]
        if endpoint.app_limit is None and known.user_id is None:
            raise Refusal(unsupported_authentication(spelling))
        listing = f"{question.path}?{question.query.get('query', '')}"
        asked = read(endpoint, spelling, question, listing)
        view = View(self.stage.world.x, known.user_id, asked, spelling)
        cut = self.stage.cuts.of(self.name, question.path)
        return answer(Request(endpoint, question, view, listing, self.stage.now(), cut))

    def _full(self, endpoint: Endpoint) -> dict[str, str]:
        limit = str(endpoint.app_limit or endpoint.user_limit)
        reset = int(self.stage.now().timestamp()) + WINDOW_SECONDS
        return {"x-rate-limit-limit": limit, "x-rate-limit-remaining": limit, "x-rate-limit-reset": str(reset)}


class _Nowhere(XPlatform):
    """X at every path that it does not know."""

    def answer(self, endpoint: str, question: Question) -> Answer:  # noqa: ARG002 - no endpoint
        return plain(404)


def x_app(stage: Stage, platform: XPlatform) -> Starlette:
    """Return the simulated X as an application."""
    routes = [Route(endpoint.path, Door(stage, platform, endpoint.name)) for endpoint in ENDPOINTS.values()]
    return Starlette(routes=[*routes, Route("/{path:path}", Door(stage, _Nowhere(stage), "none"))])


def _bill(endpoint: Endpoint, question: Question, known: Caller, body: dict[str, Any]) -> Bill:
    data = body.get("data", [])
    resources = data if isinstance(data, list) else [data]
    is_own = endpoint.is_ownable and known.user_id is not None and known.user_id == question.ids["id"]
    price: Decimal = OWNED if is_own else PRICES[endpoint.returns]
    return Bill({f"{endpoint.returns}/{resource['id']}": price for resource in resources})


def _with_headers(given: Answer, headers: dict[str, str]) -> Answer:
    return Answer(given.status, given.body, headers, given.media_type, given.bill)
