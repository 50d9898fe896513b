"""Reads lists page by page: replays the stored pages, goes on from there, and stores each page before anyone reads it.

Every request is first put to the budget. Nothing else in the connectors pages.
"""

import json
from collections.abc import Callable, Iterator, Sequence

from connectors.errors import SourceChanged, SourceRefused
from connectors.source import Page, RequestCost, Store

Stop = Callable[[Page], bool]


def never(_page: Page) -> bool:
    """Read a list to its end."""
    return False


def read_pages(
    store: Store,
    name: str,
    *,
    fetch: Callable[[str | None, int], Page],
    max_cost: RequestCost,
    stop: Stop = never,
) -> Iterator[Page]:
    """Yield the pages of a list in order, stored ones first; `fetch(token, number)` asks for the next one.

    `max_cost` is the most that one request can cost. `stop(page)` ends the list early after that page.
    Stored pages that end in a loop are left there, and the source is asked once more from that token.
    Raises SourceChanged when a token repeats, SourceRefused("budget") before a request over the budget.
    """
    used_tokens: set[str] = set()
    token: str | None = None
    number = 0
    for page in store.stored(name):
        yield page
        if page.next_token is None or stop(page):
            return
        token, number = page.next_token, page.number + 1
        if token in used_tokens:
            break  # the source was caught in a loop when this page was kept: ask it once more from here
        used_tokens.add(token)
    while True:
        if not store.affords(max_cost):
            message = f"The run's budget is spent; {_kind(name)} was left unfinished."
            raise SourceRefused(message, reason="budget")
        page = fetch(token, number)
        store.keep(page)
        yield page
        if page.next_token is None or stop(page):
            return
        token, number = page.next_token, number + 1
        if token in used_tokens:
            raise SourceChanged(f"The source repeats a page token in {_kind(name)}; the list has no end.")
        used_tokens.add(token)


def read_pages_by_id(
    store: Store,
    name: str,
    ids: Sequence[str],
    *,
    parameter: str,
    batch_size: int,
    fetch: Callable[[Sequence[str], int], Page],
    max_cost: Callable[[int], RequestCost],
) -> Iterator[Page]:
    """Yield the pages that answer for these ids, stored ones first; `fetch(batch, number)` asks for the next one.

    `parameter` holds the ids in a page's request, `batch_size` of them; `max_cost(n)` is the most that n of them can
    cost. Raises SourceRefused("budget") before a request over the budget.
    """
    number = 0
    answered: set[str] = set()
    for page in store.stored(name):
        yield page
        answered.update(ids_asked(page, parameter))
        number = page.number + 1
    left = [subject_id for subject_id in ids if subject_id not in answered]
    for start in range(0, len(left), batch_size):
        batch = left[start : start + batch_size]
        if not store.affords(max_cost(len(batch))):
            raise SourceRefused("The run's budget is spent; what lists lacked was not asked for.", reason="budget")
        page = fetch(batch, number)
        store.keep(page)
        yield page
        number += 1


def ids_asked(page: Page, parameter: str) -> list[str]:
    """Return the ids that this page was asked for."""
    return str(json.loads(page.request)[parameter]).split(",")


def _kind(name: str) -> str:
    return name.partition(":")[0]
