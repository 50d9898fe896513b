"""Asks a platform for the pages of one list: the request, what it cost, and the page as it came."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Generic, TypeVar

from connectors.api.paging import Stop, never, read_pages, read_pages_by_id
from connectors.errors import SourceError
from connectors.source import Page, RequestCost, Store

Parameters = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiListing:
    """One list at a platform; `name` is what its pages are kept under, such as followers:123."""

    name: str
    endpoint: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApiReply:
    """One usable answer: its status and bytes, the token of the next page, and what it cost."""

    status: int
    body: bytes
    next_token: str | None
    cost: RequestCost


ListingT = TypeVar("ListingT", bound=ApiListing)


class ApiCaller(ABC, Generic[ListingT]):
    """Asks one platform with one account's credentials, and leaves every page and every failure with the store."""

    token_parameter: str

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @abstractmethod
    def send(self, listing: ListingT, parameters: Parameters, asked_at: datetime) -> ApiReply:
        """Ask once; raise SourceError when no usable answer comes."""

    @abstractmethod
    def max_cost(self, listing: ListingT, count: int | None = None) -> RequestCost:
        """Return the most that one request can cost: one page, or the answer for so many ids."""

    def cost_of_failure(self, listing: ListingT, error: SourceError) -> RequestCost:  # noqa: ARG002 - nothing, as a rule
        """Return what a request costs that this error ended."""
        return RequestCost()

    def kept_request(self, listing: ListingT, parameters: Parameters) -> Parameters:  # noqa: ARG002 - all of it
        """Return what a page keeps of its request."""
        return parameters

    def pages(self, listing: ListingT, stop: Stop = never) -> Iterator[Page]:
        """Yield the pages of this list, those already kept first; raises SourceError."""
        fetch = partial(self.fetch, listing)
        yield from read_pages(self._store, listing.name, fetch=fetch, max_cost=self.max_cost(listing), stop=stop)

    def pages_by_id(
        self, listing: ListingT, ids: Sequence[str], *, parameter: str, batch_size: int, beside: Sequence[str] = ()
    ) -> Iterator[Page]:
        """Yield the pages that answer for these ids, so many at a time; those `beside` are asked for each time."""

        def fetch(batch: Sequence[str], number: int) -> Page:
            parameters = {**listing.parameters, parameter: ",".join([*batch, *beside])}
            return self.fetch(replace(listing, parameters=parameters), None, number)

        yield from read_pages_by_id(
            self._store,
            listing.name,
            ids,
            parameter=parameter,
            batch_size=batch_size - len(beside),
            fetch=fetch,
            max_cost=lambda count: self.max_cost(listing, count + len(beside)),
        )

    def tries(self, name: str) -> Iterator[str]:
        """Yield what to add to a list's name for each time that it was asked for, and last for one that it was not.

        An answer that a person has mended since, by other keys, stays a page; whoever finds it wrong asks once more.
        """
        for number in count():
            more = f":{number}" if number else ""
            is_kept = bool(self._store.stored(name + more))
            yield more
            if not is_kept:
                return

    def fetch(self, listing: ListingT, token: str | None, number: int) -> Page:
        """Ask for the page that this token leads to."""
        return self.ask(listing, listing.parameters, token, number)

    def ask(self, listing: ListingT, parameters: Parameters, token: str | None, number: int) -> Page:
        """Ask for one page with these parameters; a request that brings none is noted with the store."""
        asked = dict(parameters) | ({} if token is None else {self.token_parameter: token})
        asked_at = self._clock()
        try:
            reply = self.send(listing, asked, asked_at)
        except SourceError as error:
            self._store.note(listing.endpoint, error.status, asked_at, self.cost_of_failure(listing, error))
            raise
        return Page(
            listing=listing.name,
            number=number,
            endpoint=listing.endpoint,
            request=json.dumps(self.kept_request(listing, asked), sort_keys=True, separators=(",", ":")),
            token=token,
            next_token=reply.next_token,
            fetched_at=asked_at,
            status=reply.status,
            body=reply.body,
            cost=reply.cost,
        )
