"""The store that a run lends its pulls: the warehouse's pages on one side, the connectors' Page on the other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

import duckdb

from connectors.source import Page, RequestCost
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


class RunStore:
    """Keeps the pages of one source in one run, and guards the run's budget."""

    def __init__(
        self,
        db: duckdb.DuckDBPyConnection,
        run_id: str,
        source: str,
        budget: Budget,
        key: str,
        count: Callable[[str, Decimal, int], None] = lambda _listing, _usd, _units: None,
        erased: ErasedAccounts | None = None,
    ) -> None:
        self._db = db
        self._run_id = run_id
        self._source = source
        self._budget = budget
        self._key = key
        self._count = count
        self._erased = erased
        self._paid_before = paid_for_before(db, run_id, source)
        self.asked_last = ""  # the list that was gone through last

    def stored(self, listing: str) -> Sequence[Page]:
        """Return the pages of this listing that this run already has, in order."""
        self.asked_last = listing
        return [_page(kept) for kept in stored_pages(self._db, self._run_id, self._source, listing)]

    def keep(self, page: Page) -> None:
        """Store the page durably, and its cost in the ledger; of a page that names an erased account, no body."""
        is_named = self._erased is not None and self._erased.are_in(_platform(self._source), page.body)
        is_asked = self._erased is not None and self._erased.are_in(_platform(self._source), page.request.encode())
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
        due = keep_page(self._db, self._run_id, self._source, kept, is_body_kept=not is_named)
        self._count(self.asked_last, due, page.cost.units)

    def note(self, endpoint: str, status: int | None, asked_at: datetime, cost: RequestCost) -> None:
        """Write a request that brought no page into the ledger."""
        self._note(endpoint, status, asked_at, RequestPrice(cost.resources, cost.usd, cost.units))

    def _note(self, endpoint: str, status: int | None, asked_at: datetime, price: RequestPrice) -> None:
        due = note_request(self._db, self._run_id, self._source, endpoint, asked_at, status, price)
        self._count(self.asked_last, due, price.units)

    def _charges(self, page: Page) -> Charges:
        return charges_of(self._key, page.cost.charged_once_a_day, page.fetched_at)

    def affords(self, cost: RequestCost) -> bool:
        """Say whether the run's budget allows a request that may cost this much.

        What the run paid before for pages that it must ask for again, such as after an erasure, does not count: known
        cases would not be seen for want of it.
        """
        usd, units = spent(self._db, self._run_id)
        usd, units = usd - self._paid_before[0], units - self._paid_before[1]
        return usd + cost.usd <= Decimal(self._budget.usd_per_run) and units + cost.units <= self._budget.units_per_run


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
