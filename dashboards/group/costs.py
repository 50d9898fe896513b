"""What the group's report says of its allowances: planned, spent, left, and when there is more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """What a platform counts together, by the operator's label or a short digest, never by a key.

    Units are of the platform's day, US dollars of the month; `planned` is what schools that were not seen whole are
    expected to need. What is left is None where nothing limits it. `back_at` is when more may be asked.
    """

    called: str
    platform: str
    schools: int
    units_planned: int
    units_spent: int
    units_left: int | None
    usd_planned: Decimal
    usd_spent: Decimal
    usd_left: Decimal | None
    back_at: datetime
    is_used_up: bool
    digest: str = ""


COST_COLUMNS = (
    *("allowance", "platform", "schools", "units_planned", "units_spent_today", "units_left_today", "usd_planned"),
    *("usd_spent_this_month", "usd_left_this_month", "more_from", "used_up"),
)


def cost_lines(lines: tuple[AllowanceLine, ...]) -> Iterator[list[Any]]:
    """Yield a row for each allowance, in the order of COST_COLUMNS; dollars as text, times as ISO 8601."""
    for line in lines:
        usd = (None if each is None else f"{each:.2f}" for each in (line.usd_planned, line.usd_spent, line.usd_left))
        units = (line.units_planned, line.units_spent, line.units_left)
        back_at = line.back_at.isoformat(timespec="minutes")
        yield [line.called, line.platform, line.schools, *units, *usd, back_at, line.is_used_up]
