"""Asks YouTube for the pages of one list: the request, its units, and the page as it came."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from connectors.errors import SourceError, SourceRefused
from connectors.source import Cost, Page, Store, walk
from connectors.youtube.client import plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.read import envelope


@dataclass(frozen=True, slots=True)
class Listing:
    """One list at YouTube; `walk` is the name its pages are kept under, `endpoint` such as videos.list."""

    walk: str
    endpoint: str
    parameters: Mapping[str, str | int | bool]


class Caller:
    """Asks YouTube as one channel's owner, and leaves every page and every failure with the store."""

    def __init__(self, service: Any, store: Store, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._store = store
        self._clock = clock

    def pages(self, listing: Listing, stop: Callable[[Page], bool] = lambda _page: False) -> Iterator[Page]:
        """Yield the pages of this list, those already kept first; raises SourceError."""
        dearest = cost(listing.endpoint)
        yield from walk(self._store, listing.walk, ask=partial(self._ask, listing), dearest=dearest, stop=stop)

    def _ask(self, listing: Listing, token: str | None, number: int) -> Page:
        now = self._clock()
        asked = dict(listing.parameters) | ({} if token is None else {"pageToken": token})
        try:
            with plain_errors(listing.endpoint):
                body = self._body(listing.endpoint, asked)
            next_token, returned = envelope(body, listing.endpoint)
        except SourceError as error:
            self._store.note(listing.endpoint, error.status, now, _cost_of(error, listing.endpoint))
            raise
        return Page(
            walk=listing.walk,
            number=number,
            endpoint=listing.endpoint,
            request=json.dumps(asked, sort_keys=True, separators=(",", ":")),
            token=token,
            next_token=next_token,
            fetched_at=now,
            status=200,
            body=body,
            cost=cost(listing.endpoint, returned),
        )

    def _body(self, endpoint: str, asked: Mapping[str, str | int | bool]) -> bytes:
        collection = getattr(self._service, endpoint.removesuffix(".list"))()
        request = collection.list(**asked)
        # The page is kept as it came, so Google's own reading of it is set aside.
        request.postproc = _as_it_came
        # On a line that was kept open and went stale httplib2 asks again unseen, whatever its number of tries.
        request.headers["connection"] = "close"
        body: bytes = request.execute(num_retries=0)
        return body


def _as_it_came(_response: Any, content: bytes) -> bytes:
    return content


def _cost_of(error: SourceError, endpoint: str) -> Cost:
    """Return what a failed request costs: as much as any, unless it never left for want of a token."""
    never_left = isinstance(error, SourceRefused) and error.status is None
    return Cost() if never_left else cost(endpoint)
