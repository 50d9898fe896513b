"""A store that lives in memory: what connector tests lend a pull in place of the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from connectors.source import Page, RequestCost


@dataclass(slots=True)
class Noted:
    """One request that brought no page."""

    endpoint: str
    status: int | None
    asked_at: datetime
    cost: RequestCost


@dataclass(slots=True)
class MemoryStore:
    """Keeps pages by listing, in order, and a ledger; refuses a page out of order, and charges once a day, as
    the real one does.
    """

    budget_usd: Decimal = Decimal(1000)
    budget_units: int = 10_000
    pages: dict[str, list[Page]] = field(default_factory=dict)
    noted: list[Noted] = field(default_factory=list)
    charged: set[tuple[str, date]] = field(default_factory=set)
    forgiven: Decimal = Decimal(0)

    def stored(self, listing: str) -> Sequence[Page]:
        return tuple(self.pages.get(listing, ()))

    def keep(self, page: Page) -> None:
        kept = self.pages.setdefault(page.listing, [])
        if page.number != len(kept):
            message = f"page {page.number} came when page {len(kept)} was due"
            raise ValueError(message)
        kept.append(page)
        if page.cost.charged_once_a_day:
            charges = {(thing, page.fetched_at.astimezone(UTC).date()) for thing in page.cost.charged_once_a_day}
            due = page.cost.usd / page.cost.resources * len(charges - self.charged)
            self.forgiven += page.cost.usd - due
            self.charged |= charges

    def note(self, endpoint: str, status: int | None, asked_at: datetime, cost: RequestCost) -> None:
        self.noted.append(Noted(endpoint, status, asked_at, cost))

    def refusing_budget(self, cost: RequestCost) -> str:
        is_enough = self.usd + cost.usd <= self.budget_usd and self.units + cost.units <= self.budget_units
        return "" if is_enough else "The run's budget"

    @property
    def every_page(self) -> list[Page]:
        return [page for pages in self.pages.values() for page in pages]

    @property
    def usd(self) -> Decimal:
        return sum((page.cost.usd for page in self.every_page), Decimal(0)) - self.forgiven

    @property
    def units(self) -> int:
        return sum(page.cost.units for page in self.every_page) + sum(noted.cost.units for noted in self.noted)
