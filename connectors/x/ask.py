"""Asks X for the pages of one list: the request, what it cost, and the page as it came."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

import tweepy

from connectors.errors import SourceChanged, SourceError
from connectors.proving import lookup
from connectors.source import Cost, Page, Store, read_listing
from connectors.x.client import plain_errors
from connectors.x.cost import cost
from connectors.x.door import Door
from connectors.x.meaning import Told
from connectors.x.read import envelope
from connectors.x.spelling import SPELLINGS, Spelling, spoken


@dataclass(frozen=True, slots=True)
class Listing:
    """One list at X; `most` is how many resources a page may bring, `listing` the name its pages are kept under.

    `of_posts` says of a list of posts whether they are the account's `own` or those of `others`.
    """

    listing: str
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

    def asked(self, spelling: Spelling, token: str | None) -> dict[str, str]:
        """Return the parameters of one request."""
        parameters = dict(self.parameters)
        if self.of_posts is not None:
            parameters |= spelling.posts(own=self.of_posts == "own")
        if token is not None:
            parameters["pagination_token"] = token
        return parameters


class Caller:
    """Asks X with one account's credentials, and leaves every page and every failure with the store.

    `last_request` is one for posts that X answered before, as its page keeps it: its spelling is tried first.
    """

    def __init__(
        self,
        client: tweepy.Client,
        door: Door,
        store: Store,
        clock: Callable[[], datetime],
        last_request: str | None = None,
    ) -> None:
        self._client = client
        self._door = door
        self._store = store
        self._clock = clock
        self._spelling = spoken(last_request) or SPELLINGS[0]

    def pages(self, listing: Listing, stop: Callable[[Page], bool] = lambda _page: False) -> Iterator[Page]:
        """Yield the pages of this list, those already paid for first; raises SourceError."""
        dearest = cost(listing.endpoint, listing.most, is_owned=listing.is_owned)
        for page in read_listing(
            self._store, listing.listing, ask=partial(self._ask, listing), dearest=dearest, stop=stop
        ):
            self._spelling = spoken(page.request) or self._spelling
            yield page

    def found(self, listing: Listing, ids: Sequence[str], beside: Sequence[str] = ()) -> Iterator[Page]:
        """Yield the pages that answer for these ids, a hundred at a time; those `beside` are asked for each time."""

        def ask(batch: Sequence[str], number: int) -> Page:
            parameters = {**listing.parameters, "ids": ",".join([*batch, *beside])}
            return self._ask(replace(listing, parameters=parameters), None, number)

        yield from lookup(
            self._store,
            listing.listing,
            ids,
            parameter="ids",
            at_most=listing.most - len(beside),
            ask=ask,
            dearest=lambda count: cost(listing.endpoint, count + len(beside), is_owned=listing.is_owned),
        )

    def _ask(self, listing: Listing, token: str | None, number: int) -> Page:
        try:
            return self._once(listing, self._spelling, token, number)
        except SourceChanged as error:
            if listing.of_posts is None or error.status != 400:
                raise
            first = error
        for other in (spelling for spelling in SPELLINGS if spelling is not self._spelling):
            try:
                page = self._once(listing, other, token, number)
            except SourceChanged:
                continue
            self._spelling = other
            return page
        raise first

    def _once(self, listing: Listing, spelling: Spelling, token: str | None, number: int) -> Page:
        asked = listing.asked(spelling, token)
        now = self._clock()
        told = Told(listing.endpoint, now)
        try:
            with plain_errors(told, self._door):
                response = self._client.request(
                    "GET", listing.path, params=asked, user_auth=self._door.sign is not None
                )
            next_token, returned = envelope(response.content, listing.endpoint)
        except SourceError as error:
            self._store.note(listing.endpoint, error.status, now, Cost())
            raise
        return Page(
            listing=listing.listing,
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
