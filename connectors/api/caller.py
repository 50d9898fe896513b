"""Asks a platform for the pages of one list: the request, what it cost, and the page as it came.

Stored pages are replayed, and each new one is stored before anyone reads it. Nothing else in the connectors pages.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, Generic, TypeVar

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.json_fields import parsed
from connectors.source import Page, RequestCost, Store

Parameters = Mapping[str, str | int | bool]
Stop = Callable[[Page], bool]


def never(_page: Page) -> bool:
    """Read a list to its end."""
    return False


def ids_asked(page: Page, parameter: str) -> list[str]:
    """Return the ids that this page was asked for."""
    return str(json.loads(page.request)[parameter]).split(",")


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
        """Yield the pages of this list in order, those already kept first; `stop(page)` ends it after that page.

        Stored pages that end in a loop are left there, and the source is asked once more from that token. Raises
        SourceChanged when a token repeats, SourceRefused("budget") before a request over the budget, and SourceError.
        """
        kind = listing.name.partition(":")[0]
        used_tokens: set[str] = set()
        token: str | None = None
        number = 0
        for page in self._store.stored(listing.name):
            yield page
            if page.next_token is None or stop(page):
                return
            token, number = page.next_token, page.number + 1
            if token in used_tokens:
                break  # the source was caught in a loop when this page was kept: ask it once more from here
            used_tokens.add(token)
        while True:
            self._ensure_afforded(self.max_cost(listing), f"{kind} was left unfinished.")
            page = self.fetch(listing, token, number)
            self._store.keep(page)
            yield page
            if page.next_token is None or stop(page):
                return
            token, number = page.next_token, number + 1
            if token in used_tokens:
                raise SourceChanged(f"The source repeats a page token in {kind}; the list has no end.")
            used_tokens.add(token)

    def pages_by_id(
        self, listing: ListingT, ids: Sequence[str], *, parameter: str, batch_size: int, beside: Sequence[str] = ()
    ) -> Iterator[Page]:
        """Yield the pages that answer for these ids, those already kept first; those `beside` are asked for each time.

        `parameter` holds the ids in a page's request, `batch_size` of them. Raises SourceRefused("budget") before a
        request over the budget, and SourceError.
        """
        kept = list(self._store.stored(listing.name))
        yield from kept
        answered = {subject_id for page in kept for subject_id in ids_asked(page, parameter)}
        left = [subject_id for subject_id in ids if subject_id not in answered]
        size = batch_size - len(beside)
        first = kept[-1].number + 1 if kept else 0
        for number, start in enumerate(range(0, len(left), size), start=first):
            batch = [*left[start : start + size], *beside]
            self._ensure_afforded(self.max_cost(listing, len(batch)), "what lists lacked was not asked for.")
            asked = replace(listing, parameters={**listing.parameters, parameter: ",".join(batch)})
            page = self.fetch(asked, None, number)
            self._store.keep(page)
            yield page

    def _ensure_afforded(self, cost: RequestCost, otherwise: str) -> None:
        if budget := self._store.refusing_budget(cost):
            raise SourceRefused(f"{budget} is spent; {otherwise}", reason="budget")

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


def answer_in(body: bytes, endpoint: str, platform: str, keys: frozenset[str]) -> dict[str, Any] | None:
    """Return the object that an answer is, which has one of these keys; None where it is nested too deep to be read.

    Raises SourceUnavailable when the body is no answer of the platform's at all, SourceChanged when it is no object.
    """
    try:
        answer = parsed(body, endpoint)
    except ValueError:
        message = f"{platform} answered {endpoint} with something other than JSON."
        raise SourceUnavailable(message, status=200) from None
    except SourceChanged:
        return None
    if not isinstance(answer, dict):
        raise SourceChanged(f"In an answer of {endpoint}, the whole is not an object.")
    if not answer.keys() & keys:
        raise SourceUnavailable(f"{platform} answered {endpoint} with an empty answer.", status=200)
    return answer
