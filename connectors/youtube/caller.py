"""Asks YouTube for the pages of one list, as the owner of the channel that is pulled, and says what that costs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from googleapiclient.errors import HttpError

from connectors.api.account_pull import AccountPull
from connectors.api.caller import ApiCaller, ApiListing, ApiReply, Parameters, Stop, never
from connectors.errors import SourceError, SourceRefused
from connectors.json_fields import Fields
from connectors.source import Page, RequestCost, Store
from connectors.youtube import read
from connectors.youtube.client import plain_errors
from connectors.youtube.error_map import word_of
from connectors.youtube.read import envelope
from policies.toml_text import packaged_toml

UNITS: dict[str, int] = packaged_toml("connectors.youtube", "prices.toml")["units"]  # of the daily quota


def cost(endpoint: str, returned: int = 0) -> RequestCost:
    """Return what a request of this endpoint costs, whatever it brings."""
    return RequestCost(resources=returned, units=UNITS[endpoint])


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

    def send(self, listing: YouTubeListing, parameters: Parameters, asked_at: datetime) -> ApiReply:
        """Ask once; raise SourceError when no usable answer comes."""
        with plain_errors(listing.endpoint, asked_at):
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


@dataclass(slots=True, kw_only=True)
class ChannelPull(AccountPull):
    """One channel while it is pulled; `uploads` is the id of the playlist of its uploads, once it is known."""

    must_reach_count: ClassVar[bool] = True

    caller: YouTubeCaller
    uploads: str = ""

    @property
    def channel_id(self) -> str:
        """The channel's id."""
        return self.account.account_id

    def items(
        self, name: str, endpoint: str, parameters: Parameters, stop: Stop = never
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page of a list with the resources on it; the channel's id goes into its `name`."""
        kind, _, rest = name.partition(":")
        full_name = f"{kind}:{self.channel_id}" + (f":{rest}" if rest else "")
        listing = YouTubeListing(name=full_name, endpoint=endpoint, parameters=parameters)
        for page in self.caller.pages(listing, stop):
            yield page, read.items(page.body, page.endpoint, self.unknown_fields)

    def items_by_id(
        self,
        listing: YouTubeListing,
        parameter: str,
        ids: Sequence[str],
        *,
        batch_size: int,
        beside: Sequence[str] = (),
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page that answers for these ids with the resources on it; those `beside` are in each request."""
        pages = self.caller.pages_by_id(listing, ids, parameter=parameter, batch_size=batch_size, beside=beside)
        for page in pages:
            is_answer = page.status == OK
            yield page, read.items(page.body, page.endpoint, self.unknown_fields) if is_answer else []
