"""Until when a row is kept, by the clock of its table's tag: the one place that a reader of the clocks asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule
from warehouse.retention.clocks import BODY_DAYS, CLOCKS, RetentionClock, days_of, platform_days
from warehouse.schema_tags.tags import clock_of

# These begin when a run got the row; the others begin with something that the row does not say.
_FROM_A_RUN = frozenset({"registers", "approvals", "reports"})
# For whoever it is about, in words that need no knowledge of clocks.
_WHY = {
    "platform": "It may be kept for {days:,} days after the platform last showed it.",
    "no_longer_shown": "It goes in the night after the platform shows it no more.",
    "bodies": "It goes {days:,} days after it was fetched.",
    "registers": "It goes {days:,} days after the school's register was last read.",
    "approvals": "It goes {days:,} days after the school's register was last read.",
    "cases": "It stays while it is open, and goes {days:,} days after it is over.",
    "decisions": "It goes with what it is about, {days:,} days after that is over.",
    "reports": "It goes {days:,} days after it was made.",
    "questions": "It goes {days:,} days after the question was asked.",
    "access_log": "It goes {days:,} days after it was written down.",
    "records": "It goes {days:,} days after it was written down, or stopped counting.",
    "sessions": "It goes after 30 days.",
    "people": "It goes when no list of who looked names the person any more.",
    "with_the_case": "It goes when what it belongs to is over, or sooner where the platform's rules say so.",
    "with_the_picture": "It goes when no posted picture is compared with it any more.",
    "with_the_register": "It goes when the school's register names the photograph no more.",
    "charged_day": "It goes with the platform's first charge of a later day.",
    "as_its_sources": "It goes with what it was made of.",
    "for_good": "It stays: it says how many, and nothing of whom.",
    "no_person": "It stays: nobody can be known by it.",
}


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
    told = days_of(clock, schedule) if days is None else days
    return Keeping(until, _WHY[clock.name].format(days=told or 0))


def _days(clock: RetentionClock, platform: str | None, schedule: RetentionSchedule) -> int | None:
    known = PLATFORMS.get(platform or "")
    if clock.name in {"platform", "bodies"}:
        days = platform_days(known.keep_days if known else None, schedule)
        return min(days, BODY_DAYS) if clock.name == "bodies" else days
    return days_of(clock, schedule) if clock.name in _FROM_A_RUN else None
