"""The clocks: what ends the keeping of a row, and after how many days of the school's own schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule

# No body of a page or picture outlives the shortest time that a platform sets.
BODY_DAYS = min(platform.keep_days for platform in PLATFORMS.values() if platform.keep_days is not None)


@dataclass(frozen=True, slots=True)
class RetentionClock:
    """One clock: what it ends and when it begins, in words for those who are met by it.

    `setting` names the days under [retention] of school.toml, if it has any.
    """

    name: str
    what: str
    begins: str
    ends: str
    setting: str | None = None


_CLOCKS = (
    RetentionClock(
        "platform",
        "What the platforms showed: posts, comments, followers and profiles, and what was concluded from them",
        "the platform told it",
        "the shorter of its terms and the school's days",
        "platform_records",
    ),
    RetentionClock(
        "no_longer_shown",
        "Posts, comments and accounts that X shows no more",
        "the platform shows it no more",
        "by the night after the run that saw this",
    ),
    RetentionClock(
        "bodies", "Pages and pictures as the platforms sent them", "it was fetched", f"after {BODY_DAYS} days"
    ),
    RetentionClock(
        "registers",
        "Copies of the registers of people",
        "a run read the register",
        "after the school's days",
        "registers",
    ),
    RetentionClock(
        "approvals",
        "Copies of the registers of photographs and of accounts",
        "a run read the register",
        "after the school's days",
        "approvals",
    ),
    RetentionClock("cases", "Cases", "the case was closed", "after the school's days", "cases"),
    RetentionClock(
        "decisions",
        "What people decided, said or challenged about a case",
        "the case was closed",
        "with the case, after the school's days",
        "cases",
    ),
    RetentionClock(
        "reports",
        "Reports of each week, and the pages about the quality of the data",
        "the run was made",
        "after the school's days",
        "reports",
    ),
    RetentionClock(
        "questions",
        "Questions that were asked of the data: by whom, when and why",
        "the question was asked",
        "after the school's days",
        "questions",
    ),
    RetentionClock(
        "access_log",
        "Who opened or did what at the desk",
        "it was done at the desk",
        "after the school's days",
        "access_log",
    ),
    RetentionClock(
        "records",
        "Attestations, acceptances, holds and changes of registers",
        "it was written, or ceased to stand",
        "after the school's days",
        "records",
    ),
    RetentionClock("sessions", "Sign-ins and invitations to the desk", "it was begun", "after 30 days"),
    RetentionClock(
        "people",
        "Who may use the desk: sign-in name and role",
        "a person's access was taken away",
        "when no log names them any more",
        "access_log",
    ),
    RetentionClock(
        "with_the_case",
        "Small copies of the pictures of a case",
        "the case was raised",
        "when it stands no longer, or at the platform's limit",
    ),
    RetentionClock(
        "with_the_picture",
        "What was seen in a picture",
        "the picture was seen",
        "when no verdict names the picture any more",
    ),
    RetentionClock(
        "with_the_register",
        "What is known of the files of approved photographs",
        "the register named the file",
        "when the register names it no more",
    ),
    RetentionClock(
        "charged_day",
        "What a platform charged on the day",
        "the platform charged it",
        "at its first charge of a later day",
    ),
    RetentionClock(
        "as_its_sources",
        "What is worked out from other tables when it is asked for",
        "its sources were kept",
        "with them; nothing is kept in it",
    ),
    RetentionClock(
        "for_good",
        "Certificates of deletions, and hashes of what was erased or changed",
        "it was written",
        "with the casebook; it holds counts and hashes alone",
    ),
    RetentionClock(
        "no_person",
        "Counts, days and hashes of each run",
        "it was written",
        "with the warehouse; nobody can be known by it",
    ),
)
CLOCKS: Mapping[str, RetentionClock] = MappingProxyType({clock.name: clock for clock in _CLOCKS})


def days_of(clock: RetentionClock, schedule: RetentionSchedule) -> int | None:
    """Return the days that the school's schedule gives to a clock; None where it gives none."""
    return None if clock.setting is None else int(getattr(schedule, clock.setting))


def platform_days(keep_days: int | None, schedule: RetentionSchedule) -> int:
    """Return how many days what a platform told is kept: the shorter of its own limit and the school's."""
    return schedule.platform_records if keep_days is None else min(keep_days, schedule.platform_records)


def clock_text(clock: RetentionClock, schedule: RetentionSchedule) -> str:
    """Return in a sentence when a clock ends."""
    days = days_of(clock, schedule)
    if clock.name == "platform":
        limits = ", ".join(f"{p.name} {platform_days(p.keep_days, schedule)} days" for p in PLATFORMS.values())
        return f"From when the platform told it: {limits}."
    ends = clock.ends if days is None else clock.ends.replace("the school's days", f"{days} days")
    return f"From when {clock.begins}: {ends}."
