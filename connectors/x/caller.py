"""Asks X for the pages of one list: the request, what it cost, and the page as it came."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

import tweepy

from connectors.errors import SourceChanged, SourceError
from connectors.proofs import lookup
from connectors.source import Page, RequestCost, Store, walk
from connectors.x.api_version import API_VERSIONS, XApiVersion, version_of
from connectors.x.client import plain_errors
from connectors.x.cost import cost
from connectors.x.error_map import FailedRequest
from connectors.x.read import envelope
from connectors.x.transport import XTransport


@dataclass(frozen=True, slots=True)
class XListing:
    """One list at X; `most` is how many resources a page may bring, `walk` the name its pages are kept under.

    `of_posts` says of a list of posts whether they are the account's `own` or those of `others`.
    """

    walk: str
    endpoint: str
    subject_id: str
    most: int
    is_owned: bool
    parameters: Mapping[str, str] = field(default_factory=dict)
    of_posts: Literal["own", "others"] | None = None

    @property
    def path(self) -> str:
        """The path to ask, with the id in its place."""
        return self.endpoint.removeprefix("GET ").replace("{id}", self.subject_id)

    def asked(self, spelling: XApiVersion, token: str | None) -> dict[str, str]:
        """Return the parameters of one request."""
        parameters = dict(self.parameters)
        if self.of_posts is not None:
            parameters |= spelling.posts(own=self.of_posts == "own")
        if token is not None:
            parameters["pagination_token"] = token
        return parameters


class XCaller:
    """Asks X with one account's credentials, and leaves every page and every failure with the store.

    `last_request` is one for posts that X answered before, as its page keeps it: its spelling is tried first.
    """

    def __init__(
        self,
        client: tweepy.Client,
        door: XTransport,
        store: Store,
        clock: Callable[[], datetime],
        last_request: str | None = None,
    ) -> None:
        self._client = client
        self._door = door
        self._store = store
        self._clock = clock
        self._spelling = version_of(last_request) or API_VERSIONS[0]

    def pages(self, listing: XListing, stop: Callable[[Page], bool] = lambda _page: False) -> Iterator[Page]:
        """Yield the pages of this list, those already paid for first; raises SourceError."""
        dearest = cost(listing.endpoint, listing.most, is_owned=listing.is_owned)
        for page in walk(self._store, listing.walk, ask=partial(self._ask, listing), dearest=dearest, stop=stop):
            self._spelling = version_of(page.request) or self._spelling
            yield page

    def found(self, listing: XListing, ids: Sequence[str], beside: Sequence[str] = ()) -> Iterator[Page]:
        """Yield the pages that answer for these ids, a hundred at a time; those `beside` are asked for each time."""

        def ask(batch: Sequence[str], number: int) -> Page:
            parameters = {**listing.parameters, "ids": ",".join([*batch, *beside])}
            return self._ask(replace(listing, parameters=parameters), None, number)

        yield from lookup(
            self._store,
            listing.walk,
            ids,
            parameter="ids",
            at_most=listing.most - len(beside),
            ask=ask,
            dearest=lambda count: cost(listing.endpoint, count + len(beside), is_owned=listing.is_owned),
        )

    def _ask(self, listing: XListing, token: str | None, number: int) -> Page:
        try:
            return self._once(listing, self._spelling, token, number)
        except SourceChanged as error:
            if listing.of_posts is None or error.status != 400:
                raise
            first = error
        for other in (spelling for spelling in API_VERSIONS if spelling is not self._spelling):
            try:
                page = self._once(listing, other, token, number)
            except SourceChanged:
                continue
            self._spelling = other
            return page
        raise first

    def _once(self, listing: XListing, spelling: XApiVersion, token: str | None, number: int) -> Page:
        asked = listing.asked(spelling, token)
        now = self._clock()
        told = FailedRequest(listing.endpoint, now)
        try:
            with plain_errors(told, self._door):
                response = self._client.request(
                    "GET", listing.path, params=asked, user_auth=self._door.sign is not None
                )
            next_token, returned = envelope(response.content, listing.endpoint)
        except SourceError as error:
            self._store.note(listing.endpoint, error.status, now, RequestCost())
            raise
        return Page(
            walk=listing.walk,
            number=number,
            endpoint=listing.endpoint,
            request=json.dumps({"id": listing.subject_id, **asked}, sort_keys=True, separators=(",", ":")),
            token=token,
            next_token=next_token,
            fetched_at=now,
            status=response.status_code,
            body=response.content,
            cost=cost(listing.endpoint, listing.most if returned is None else returned, is_owned=listing.is_owned),
        )
