"""Asks YouTube for the pages of one list, as the channel's owner."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from googleapiclient.errors import HttpError

from connectors.api.caller import ApiCaller, ApiListing, ApiReply, Parameters
from connectors.errors import SourceError, SourceRefused
from connectors.source import RequestCost, Store
from connectors.youtube.client import plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.error_map import word_of
from connectors.youtube.read import envelope

OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class YouTubeListing(ApiListing):
    """One list at YouTube; `endpoint` is such as videos.list.

    `answers` are the reasons of refusals that say something about what was asked for: they are pages too.
    """

    answers: frozenset[str] = field(default_factory=frozenset)


class YouTubeCaller(ApiCaller[YouTubeListing]):
    """Asks YouTube as one channel's owner."""

    token_parameter = "pageToken"  # noqa: S105 - a page's token, no secret

    def __init__(self, service: Any, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store, clock)
        self._service = service

    def send(self, listing: YouTubeListing, parameters: Parameters, asked_at: datetime) -> ApiReply:  # noqa: ARG002
        """Ask once; raise SourceError when no usable answer comes."""
        with plain_errors(listing.endpoint):
            status, body = self._body(listing, parameters)
        next_token, returned = envelope(body, listing.endpoint) if status == OK else (None, 0)
        return ApiReply(status, body, next_token, cost(listing.endpoint, returned))

    def max_cost(self, listing: YouTubeListing, count: int | None = None) -> RequestCost:  # noqa: ARG002 - units alone
        """Return what a request costs, whatever it brings."""
        return cost(listing.endpoint)

    def cost_of_failure(self, listing: YouTubeListing, error: SourceError) -> RequestCost:
        """Return what a failed request costs: as much as any, unless it never left for want of a token."""
        never_left = isinstance(error, SourceRefused) and error.status is None
        return RequestCost() if never_left else cost(listing.endpoint)

    def _body(self, listing: YouTubeListing, parameters: Parameters) -> tuple[int, bytes]:
        collection = getattr(self._service, listing.endpoint.removesuffix(".list"))()
        request = collection.list(**parameters)
        # The page is kept as it came, so Google's own reading of it is set aside.
        request.postproc = _as_it_came
        # On a line that was kept open and went stale httplib2 asks again unseen, whatever its number of tries.
        request.headers["connection"] = "close"
        try:
            return OK, request.execute(num_retries=0)
        except HttpError as error:
            if word_of(error) not in listing.answers:
                raise
            return int(error.status_code), error.content


def _as_it_came(_response: Any, content: bytes) -> bytes:
    return content
