"""Asks X for the pages of one list of the account that is pulled, in the API version that its API spoke last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import tweepy

from connectors.api.account_pull import AccountPull
from connectors.api.caller import ApiCaller, ApiListing, ApiReply, Parameters, Stop, answer_in, never
from connectors.errors import SourceChanged
from connectors.source import Page, RequestCost, Store
from connectors.x.api_version import API_VERSIONS, XApiVersion, version_of
from connectors.x.client import XTransport, plain_errors
from connectors.x.cost import SMALL_PAGE, charged_once_a_day, cost
from connectors.x.error_map import failed_request
from connectors.x.read import XResponse, answer


@dataclass(frozen=True, slots=True)
class Envelope:
    """The next page's token, how many resources came (None: it could not be read) and the ids of all that have one."""

    next_token: str | None = None
    returned: int | None = None
    ids: tuple[str, ...] = ()


def envelope(body: bytes, endpoint: str) -> Envelope:
    """Return what an answer says of itself; nothing where it is nested too deep to be read."""
    answer = answer_in(body, endpoint, "X", frozenset({"data", "meta", "errors"}))
    if answer is None:
        return Envelope()
    meta, data = answer.get("meta"), answer.get("data")
    token = meta.get("next_token") if isinstance(meta, dict) else None
    came = data if isinstance(data, list) else [data] if data is not None else []
    ids = tuple(resource.get("id") for resource in came if isinstance(resource, dict))
    token = token if isinstance(token, str) else None
    return Envelope(token, len(came), tuple(each for each in ids if isinstance(each, str) and each))


@dataclass(frozen=True, slots=True, kw_only=True)
class XListing(ApiListing):
    """One list at X, of the account or post `subject_id`; `page_size` is how many resources a page may bring.

    `of_posts` says of a list of posts whether they are the account's `own` or those of `others`.
    """

    subject_id: str
    page_size: int
    is_owned: bool
    of_posts: Literal["own", "others"] | None = None

    @property
    def path(self) -> str:
        """The path to ask, with the id in its place."""
        return self.endpoint.removeprefix("GET ").replace("{id}", self.subject_id)

    def spelt(self, version: XApiVersion) -> Parameters:
        """Return the parameters of a request in this API version."""
        own = self.parameters
        return own if self.of_posts is None else {**own, **version.posts(own=self.of_posts == "own")}


class XCaller(ApiCaller[XListing]):
    """Asks X with one account's credentials.

    `last_request` is one for posts that X answered before, as its page keeps it: its API version is tried first.
    """

    token_parameter = "pagination_token"  # noqa: S105 - a page's token, no secret

    def __init__(
        self,
        client: tweepy.Client,
        transport: XTransport,
        store: Store,
        clock: Callable[[], datetime],
        last_request: str | None = None,
    ) -> None:
        super().__init__(store, clock)
        self._client = client
        self._transport = transport
        self._version = version_of(last_request) or API_VERSIONS[0]

    def pages(self, listing: XListing, stop: Stop = never) -> Iterator[Page]:
        """Yield the pages of this list, those already paid for first; raises SourceError."""
        for page in super().pages(listing, stop):
            self._version = version_of(page.request) or self._version
            yield page

    def fetch(self, listing: XListing, token: str | None, number: int) -> Page:
        """Ask for the page that this token leads to; for posts in the other API version too, when X refuses one."""
        try:
            return self.ask(listing, listing.spelt(self._version), token, number)
        except SourceChanged as error:
            if listing.of_posts is None or error.status != 400:
                raise
            refusal = error
        for version in (other for other in API_VERSIONS if other is not self._version):
            try:
                page = self.ask(listing, listing.spelt(version), token, number)
            except SourceChanged:
                continue
            self._version = version
            return page
        raise refusal

    def send(self, listing: XListing, parameters: Parameters, asked_at: datetime) -> ApiReply:
        """Ask once; raise SourceError when no usable answer comes."""
        with plain_errors(failed_request(listing.endpoint, asked_at), self._transport):
            is_signed = self._transport.sign is not None
            response = self._client.request("GET", listing.path, params=parameters, user_auth=is_signed)
        came = envelope(response.content, listing.endpoint)
        ids = came.ids if len(came.ids) == came.returned else ()
        price = self.max_cost(listing, came.returned)
        price = replace(price, charged_once_a_day=charged_once_a_day(listing.endpoint, ids))
        return ApiReply(response.status_code, response.content, came.next_token, price)

    def max_cost(self, listing: XListing, count: int | None = None) -> RequestCost:
        """Return what an answer with so many resources costs, or a whole page."""
        resources = listing.page_size if count is None else count
        return cost(listing.endpoint, resources, is_owned=listing.is_owned)

    def kept_request(self, listing: XListing, parameters: Parameters) -> Parameters:
        """Return what a page keeps of its request: the id in the path too."""
        return {"id": listing.subject_id, **parameters}


@dataclass(slots=True, kw_only=True)
class XAccountPull(AccountPull):
    """One X account while it is pulled; `likes_count` is how many likes X counts, None before it said so."""

    caller: XCaller
    likes_count: int | None = None

    @property
    def is_owned(self) -> bool:
        """Whether the account itself asks, at the owner's price."""
        return self.account.reads == "owned"

    @property
    def is_full_sync(self) -> bool:
        """Whether lists are read whole, whatever earlier runs saw."""
        return self.is_owned or self.earlier.full_sync_due

    def listing(
        self,
        name: str,
        endpoint: str,
        *,
        subject_id: str = "",
        page_size: int = SMALL_PAGE,
        of_posts: Literal["own", "others"] | None = None,
    ) -> XListing:
        """Return a list of this account's; `subject_id` names a post where it is not the account."""
        of_post = bool(subject_id)
        return XListing(
            name=f"{name}:{self.account.account_id}" + (f":{subject_id}" if of_post else ""),
            endpoint=endpoint,
            subject_id=subject_id or self.account.account_id,
            page_size=page_size,
            is_owned=self.is_owned and not of_post,
            parameters={"max_results": str(page_size)},
            of_posts=of_posts,
        )

    def answers(self, listing: XListing, stop: Stop = never) -> Iterator[tuple[Page, XResponse]]:
        """Yield each page of a list with what it says."""
        for page in self.caller.pages(listing, stop):
            yield page, answer(page.body, page.endpoint, self.unknown_fields)

    def answers_by_id(self, listing: XListing, ids: Sequence[str], beside: Sequence[str] = ()) -> Iterator[XResponse]:
        """Yield what X answers about these ids; those `beside` are asked for in each request."""
        pages = self.caller.pages_by_id(listing, ids, parameter="ids", batch_size=listing.page_size, beside=beside)
        for page in pages:
            yield answer(page.body, page.endpoint, self.unknown_fields)
