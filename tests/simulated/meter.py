"""What was asked of the simulated platforms, and what it cost."""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from demo.endpoint import Bill

QUOTA_ZONE = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One request: where, with which page token, how it ended, and what was billed.

    `is_page` says that a whole page of data reached the client.
    """

    platform: str
    endpoint: str
    path: str
    token: str | None
    status: int
    resources: int
    usd: Decimal
    units: int
    at: datetime
    is_page: bool


class Meter:
    """All requests so far and their costs; safe to read while the servers write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._receipts: list[Receipt] = []
        self._charged: set[tuple[str, str, date]] = set()

    def note(
        self,
        platform: str,
        endpoint: str,
        path: str,
        *,
        token: str | None,
        status: int,
        bill: Bill,
        at: datetime,
        is_page: bool,
    ) -> None:
        """Write down one request, and charge what this UTC day has not charged yet."""
        day = at.astimezone(UTC).date()
        with self._lock:
            fresh = {key for key in bill.prices if (platform, key, day) not in self._charged}
            self._charged |= {(platform, key, day) for key in fresh}
            usd = sum((bill.prices[key] for key in fresh), Decimal(0))
            count = len(bill.prices)
            self._receipts.append(Receipt(platform, endpoint, path, token, status, count, usd, bill.units, at, is_page))

    @property
    def requests(self) -> tuple[Receipt, ...]:
        """Every request so far, in order."""
        with self._lock:
            return tuple(self._receipts)

    @property
    def usd(self) -> Decimal:
        """US dollars billed so far."""
        return sum((receipt.usd for receipt in self.requests), Decimal(0))

    @property
    def units(self) -> int:
        """Units of YouTube quota used so far, over all days."""
        return sum(receipt.units for receipt in self.requests)

    def units_on(self, at: datetime) -> int:
        """Return the units used in the quota day, midnight to midnight Pacific time, that holds `at`."""
        day = at.astimezone(QUOTA_ZONE).date()
        return sum(r.units for r in self.requests if r.at.astimezone(QUOTA_ZONE).date() == day)

    def bought(self, platform: str) -> list[tuple[str, str | None]]:
        """Return (path, page token) of every page that reached the client, in order."""
        return [(r.path, r.token) for r in self.requests if r.platform == platform and r.is_page]

    def clear(self) -> None:
        """Start again at nothing, as if no resource had been charged today."""
        with self._lock:
            self._receipts.clear()
            self._charged.clear()
