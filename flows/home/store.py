"""What a run lends its pulls: a store, with the warehouse's pages on one side and the connectors' Page on the other.

A pull is tried again when the source says so, or after waits that double.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial

import duckdb
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
    wait_random,
)

from connectors.errors import SourceThrottled, SourceUnavailable
from connectors.source import Page, RequestCost
from flows.home.settings import RetryPolicy, Settings
from policies.school import Budget
from warehouse.privacy.tombstones import ErasedAccounts
from warehouse.runs.pages import (
    Charges,
    RequestPrice,
    StoredPage,
    charges_of,
    keep_page,
    note_request,
    paid_for_before,
    spent,
    stored_pages,
)


def retrying(settings: Settings) -> Retrying:
    """Return what calls a pull again, when the source says or after waits that double; it raises the last error."""
    policy = settings.retry_policy
    return Retrying(
        retry=retry_if_exception(partial(_is_tried_again, settings)),
        stop=stop_after_attempt(policy.tries) | stop_before_delay(policy.max_seconds),
        wait=_wait(policy, settings.clock),
        sleep=settings.sleep,
        reraise=True,
    )


def _is_tried_again(settings: Settings, error: BaseException) -> bool:
    """Say whether a pull is tried again here: not after so long a window that the run makes room for others."""
    if isinstance(error, SourceThrottled):
        return error.retry_at is None or not settings.long_window(error.retry_at)
    return isinstance(error, SourceUnavailable)


def _wait(policy: RetryPolicy, clock: Callable[[], datetime]) -> Callable[[RetryCallState], float]:
    jitter = policy.first_wait / 2
    backoff = wait_exponential_jitter(multiplier=policy.first_wait, jitter=jitter)
    spread = wait_random(0, jitter)

    def seconds(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        retry_at = error.retry_at if isinstance(error, SourceThrottled) else None
        if retry_at is None:
            return float(backoff(state))
        return max((retry_at - clock()).total_seconds(), 0.0) + float(spread(state))

    return seconds


@dataclass(eq=False, repr=False)
class RunStore:
    """Keeps the pages of one source in one run, and guards the budgets of run and month.

    `asked_last` is the list that was gone through last.
    """

    db: duckdb.DuckDBPyConnection
    run_id: str
    source: str
    budget: Budget
    key: str
    count: Callable[[str, Decimal, int], None] = lambda _listing, _usd, _units: None
    erased: ErasedAccounts | None = None
    month: Callable[[str, Decimal], str] = lambda _listing, _usd: ""
    asked_last: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self._paid_before = paid_for_before(self.db, self.run_id, self.source)

    def stored(self, listing: str) -> Sequence[Page]:
        """Return the pages of this listing that this run already has, in order."""
        self.asked_last = listing
        return [_page(kept) for kept in stored_pages(self.db, self.run_id, self.source, listing)]

    def keep(self, page: Page) -> None:
        """Store the page durably, and its cost in the ledger; of a page that names an erased account, no body."""
        is_named = self.erased is not None and self.erased.are_in(_platform(self.source), page.body)
        is_asked = self.erased is not None and self.erased.are_in(_platform(self.source), page.request.encode())
        kept = StoredPage(
            listing=page.listing,
            number=page.number,
            endpoint=page.endpoint,
            request="{}" if is_asked else page.request,
            token=page.token,
            next_token=page.next_token,
            fetched_at=page.fetched_at,
            status=page.status,
            body=page.body,
            resources=page.cost.resources,
            usd=page.cost.usd,
            units=page.cost.units,
            charges=self._charges(page),
        )
        due = keep_page(self.db, self.run_id, self.source, kept, is_body_kept=not is_named)
        self.count(self.asked_last, due, page.cost.units)

    def note(self, endpoint: str, status: int | None, asked_at: datetime, cost: RequestCost) -> None:
        """Write a request that brought no page into the ledger."""
        self._note(endpoint, status, asked_at, RequestPrice(cost.resources, cost.usd, cost.units))

    def _note(self, endpoint: str, status: int | None, asked_at: datetime, price: RequestPrice) -> None:
        due = note_request(self.db, self.run_id, self.source, endpoint, asked_at, status, price)
        self.count(self.asked_last, due, price.units)

    def _charges(self, page: Page) -> Charges:
        return charges_of(self.key, page.cost.charged_once_a_day, page.fetched_at)

    def refusing_budget(self, cost: RequestCost) -> str:
        """Return what budget does not allow a request that may cost this much: the run's, or one of the month.

        What the run paid before for pages that it must ask for again, such as after an erasure, does not count: known
        cases would not be seen for want of it.
        """
        usd, units = spent(self.db, self.run_id)
        usd, units = usd - self._paid_before[0], units - self._paid_before[1]
        if usd + cost.usd > Decimal(self.budget.usd_per_run) or units + cost.units > self.budget.units_per_run:
            return "The run's budget"
        return self.month(self.asked_last, cost.usd) if cost.usd else ""


class LedgerStore(RunStore):
    """Writes what was asked into the ledger and keeps no page: the next to ask is answered anew."""

    def stored(self, listing: str) -> Sequence[Page]:
        """Return no page."""
        self.asked_last = listing
        return ()

    def keep(self, page: Page) -> None:
        """Write the request and its cost into the ledger."""
        price = RequestPrice(page.cost.resources, page.cost.usd, page.cost.units, self._charges(page))
        self._note(page.endpoint, page.status, page.fetched_at, price)


def _platform(source: str) -> str:
    """Return the platform of which a source reads: `x_archive:100` and `x_profiles` read X."""
    return source.split("_", maxsplit=1)[0].split(":", maxsplit=1)[0]


def _page(kept: StoredPage) -> Page:
    return Page(
        listing=kept.listing,
        number=kept.number,
        endpoint=kept.endpoint,
        request=kept.request,
        token=kept.token,
        next_token=kept.next_token,
        fetched_at=kept.fetched_at,
        status=kept.status,
        body=kept.body,
        cost=RequestCost(kept.resources, kept.usd, kept.units),
    )
