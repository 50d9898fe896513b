"""Asks YouTube for the pages of one list: the request, its units, and the page as it came."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from googleapiclient.errors import HttpError

from connectors.errors import SourceError, SourceRefused
from connectors.proving import lookup
from connectors.source import Cost, Page, Store, read_listing
from connectors.youtube.client import plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.meaning import word_of
from connectors.youtube.read import envelope

OK = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """One list at YouTube; `listing` is the name its pages are kept under, `endpoint` such as videos.list.

    `answers` are the reasons of refusals that say something about what was asked for: they are pages too.
    """

    listing: str
    endpoint: str
    parameters: Mapping[str, str | int | bool]
    answers: frozenset[str] = field(default_factory=frozenset)


class Caller:
    """Asks YouTube as one channel's owner, and leaves every page and every failure with the store."""

    def __init__(self, service: Any, store: Store, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._store = store
        self._clock = clock

    def pages(self, listing: Listing, stop: Callable[[Page], bool] = lambda _page: False) -> Iterator[Page]:
        """Yield the pages of this list, those already kept first; raises SourceError."""
        dearest = cost(listing.endpoint)
        yield from read_listing(
            self._store, listing.listing, ask=partial(self._ask, listing), dearest=dearest, stop=stop
        )

    def found(self, listing: Listing, parameter: str, ids: Sequence[str], *, at_most: int) -> Iterator[Page]:
        """Yield the pages that answer for these ids, so many at a time, those already kept first."""

        def ask(batch: Sequence[str], number: int) -> Page:
            parameters = {**listing.parameters, parameter: ",".join(batch)}
            return self._ask(replace(listing, parameters=parameters), None, number)

        yield from lookup(
            self._store,
            listing.listing,
            ids,
            parameter=parameter,
            at_most=at_most,
            ask=ask,
            dearest=lambda _count: cost(listing.endpoint),
        )

    def _ask(self, listing: Listing, token: str | None, number: int) -> Page:
        now = self._clock()
        asked = dict(listing.parameters) | ({} if token is None else {"pageToken": token})
        try:
            with plain_errors(listing.endpoint):
                status, body = self._body(listing, asked)
            next_token, returned = envelope(body, listing.endpoint) if status == OK else (None, 0)
        except SourceError as error:
            self._store.note(listing.endpoint, error.status, now, _cost_of(error, listing.endpoint))
            raise
        return Page(
            listing=listing.listing,
            number=number,
            endpoint=listing.endpoint,
            request=json.dumps(asked, sort_keys=True, separators=(",", ":")),
            token=token,
            next_token=next_token,
            fetched_at=now,
            status=status,
            body=body,
            cost=cost(listing.endpoint, returned),
        )

    def _body(self, listing: Listing, asked: Mapping[str, str | int | bool]) -> tuple[int, bytes]:
        collection = getattr(self._service, listing.endpoint.removesuffix(".list"))()
        request = collection.list(**asked)
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


def _cost_of(error: SourceError, endpoint: str) -> Cost:
    """Return what a failed request costs: as much as any, unless it never left for want of a token."""
    never_left = isinstance(error, SourceRefused) and error.status is None
    return Cost() if never_left else cost(endpoint)
