"""The clocks: what ends the keeping of a row, and after how many days of the school's own schedule."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule
from warehouse.catalogue.tags import clock_of, read_file

# No body of a page or picture outlives the shortest time that a platform sets.
BODY_DAYS = min(platform.keep_days for platform in PLATFORMS.values() if platform.keep_days is not None)


@dataclass(frozen=True, slots=True)
class RetentionClock:
    """One clock, as clocks.toml has it: what it ends and when it begins, in words for those who are met by it.

    `setting` names the days under [retention] of school.toml, if it has any; `told` is what somebody reads whose row it
    is; `from_run` says that it begins with the run that got the row.
    """

    name: str
    what: str
    begins: str
    ends: str
    told: str
    setting: str | None = None
    from_run: bool = False


CLOCKS: Mapping[str, RetentionClock] = MappingProxyType(
    {name: RetentionClock(name, **entry) for name, entry in read_file("clocks.toml").items()}
)


@dataclass(frozen=True, slots=True)
class RetentionEnd:
    """The last day on which something is kept, None where no day is set yet, and why, in a sentence."""

    until: date | None
    why: str


def days_of(clock: RetentionClock, schedule: RetentionSchedule) -> int | None:
    """Return the days that the school's schedule gives to a clock; None where it gives none."""
    return None if clock.setting is None else int(getattr(schedule, clock.setting))


def platform_days(keep_days: int | None, schedule: RetentionSchedule) -> int:
    """Return how many days what a platform told is kept: the shorter of its own limit and the school's."""
    return schedule.platform_records if keep_days is None else min(keep_days, schedule.platform_records)


def clock_sentence(
    clock: RetentionClock, schedule: RetentionSchedule, platforms: Collection[str] = frozenset(PLATFORMS)
) -> str:
    """Return in a sentence when a clock ends; `platforms` are the ids of those that the school has."""
    days = days_of(clock, schedule)
    if clock.name == "platform":
        here = [platform for platform in PLATFORMS.values() if platform.id in platforms]
        limits = ", ".join(f"{p.name} {platform_days(p.keep_days, schedule)} days" for p in here)
        return f"{limits} after it last showed it to us." if here else "Nothing is read of any platform."
    whole, newest = max(schedule.registers, schedule.platform_records), max(schedule.approvals, schedule.cases)
    ends = clock.ends.format(body_days=BODY_DAYS, whole_days=whole, newest_days=newest)
    if days is not None:
        ends = ends.replace("the school's days", f"{days} days")
    return f"From when {clock.begins}: {ends}."


def retention_end(table: str, platform: str | None, seen_on: date | None, schedule: RetentionSchedule) -> RetentionEnd:
    """Return until when a row of a table such as `raw.posts` is kept that a run last got on this day.

    `platform` is None for what is of none. UntaggedColumnError for a table that has no tag.
    """
    clock = CLOCKS[clock_of(table)]
    days = _days_from_a_run(clock, platform, schedule)
    until = None if days is None or seen_on is None else seen_on + timedelta(days=days)
    told = days_of(clock, schedule) if days is None else days
    return RetentionEnd(until, clock.told.format(days=told or 0))


def _days_from_a_run(clock: RetentionClock, platform: str | None, schedule: RetentionSchedule) -> int | None:
    known = PLATFORMS.get(platform or "")
    if clock.name in {"platform", "bodies"}:
        days = platform_days(known.keep_days if known else None, schedule)
        return min(days, BODY_DAYS) if clock.name == "bodies" else days
    return days_of(clock, schedule) if clock.from_run else None
