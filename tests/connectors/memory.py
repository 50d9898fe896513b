"""A store that lives in memory: what connector tests lend a pull in place of the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
    """Keeps pages by listing, in order, and a ledger; refuses a page out of order, as the real one does."""

    budget_usd: Decimal = Decimal(1000)
    budget_units: int = 10_000
    pages: dict[str, list[Page]] = field(default_factory=dict)
    noted: list[Noted] = field(default_factory=list)

    def stored(self, listing: str) -> Sequence[Page]:
        return tuple(self.pages.get(listing, ()))

    def keep(self, page: Page) -> None:
        kept = self.pages.setdefault(page.listing, [])
        if page.number != len(kept):
            message = f"page {page.number} came when page {len(kept)} was due"
            raise ValueError(message)
        kept.append(page)

    def note(self, endpoint: str, status: int | None, asked_at: datetime, cost: RequestCost) -> None:
        self.noted.append(Noted(endpoint, status, asked_at, cost))

    def affords(self, cost: RequestCost) -> bool:
        return self.usd + cost.usd <= self.budget_usd and self.units + cost.units <= self.budget_units

    @property
    def every_page(self) -> list[Page]:
        return [page for pages in self.pages.values() for page in pages]

    @property
    def usd(self) -> Decimal:
        return sum((page.cost.usd for page in self.every_page), Decimal(0))

    @property
    def units(self) -> int:
        return sum(page.cost.units for page in self.every_page) + sum(noted.cost.units for noted in self.noted)
