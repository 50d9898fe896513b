"""Until when a row is kept, by the clock of its table's tag: the one place that a reader of the clocks asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule
from warehouse.retention.clocks import BODY_DAYS, CLOCKS, RetentionClock, days_of, in_words, platform_days
from warehouse.schema_tags.tags import clock_of

# These begin when a run got the row; the others begin with something that the row does not say.
_FROM_A_RUN = frozenset({"registers", "approvals"})


@dataclass(frozen=True, slots=True)
class Keeping:
    """The last day on which something is kept, None where no day is set yet, and why, in a sentence."""

    until: date | None
    why: str


def keeping_of(table: str, platform: str | None, seen_on: date | None, schedule: RetentionSchedule) -> Keeping:
    """Return until when a row of a table such as `raw.posts` is kept that a run last got on this day.

    `platform` is None for what is of none. UntaggedColumnError for a table that has no tag.
    """
    clock = CLOCKS[clock_of(table)]
    days = _days(clock, platform, schedule)
    until = None if days is None or seen_on is None else seen_on + timedelta(days=days)
    return Keeping(until, f"{in_words(clock, schedule)} A hold that is recorded keeps it longer.")


def _days(clock: RetentionClock, platform: str | None, schedule: RetentionSchedule) -> int | None:
    known = PLATFORMS.get(platform or "")
    if clock.name in {"platform", "bodies"}:
        days = platform_days(known.keep_days if known else None, schedule)
        return min(days, BODY_DAYS) if clock.name == "bodies" else days
    return days_of(clock, schedule) if clock.name in _FROM_A_RUN else None
