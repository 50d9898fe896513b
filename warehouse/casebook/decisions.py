"""What a person decided about an exception."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row

from warehouse.casebook.times import in_utc

Verdict = Literal["confirmed", "mistaken", "allowed", "withdrawn"]  # withdrawn: the decision before it ended


@dataclass(frozen=True, slots=True)
class Decision:
    """The standing decision on one fingerprint; `until` is None when it stands for good.

    `at` is when it was made, with its zone; None for one that rests on no report, such as a test's own.
    """

    verdict: str
    until: date | None
    by_role: str
    at: datetime | None = None

    @classmethod
    def of(cls, row: Row[Any]) -> "Decision":
        """Return the decision that a row of the casebook is."""
        return cls(row.verdict, row.until, row.by_role, in_utc(row.decided_at))
