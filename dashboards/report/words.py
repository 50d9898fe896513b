"""Turn ids, codes, dates and figures into the words a busy reader expects; every page uses these and no others."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from policies.dates import long_date, month, short_date
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of

NONE = "\N{EN DASH}"
SEVERITIES = ("critical", "high", "medium", "low")
STATUSES = {
    "new": "New",
    "changed": "Changed",
    "reopened": "Came back",
    "open": "Still open",
    "not_seen": "Not seen",
    "suspended": "Suspended",
    "gone": "Gone",
}
PROOFS = {
    "asked": "The platform was asked for it and does not have it",
    "absent_twice": "Two whole lists in a row lack it",
    "recorded": "The school's own archive of the account records the deletion",
    "put_right": "It was looked at again, and is as it should be",
}
VERDICTS = {
    "kept": "Kept",
    "exceptions": "Exceptions",
    "could_not_tell": "Could not tell",
    "not_applicable": "Does not apply",
}
STATE_TALLIES = {
    "red": "to be mapped again",
    "checked": "checked",
    "attested": "for a person to attest",
    "unobserved": "not observed here",
}
VERDICT_TALLIES = {
    "kept": "kept",
    "exceptions": "with exceptions",
    "could_not_tell": "could not tell",
    "not_applicable": "without an account there",
}
ATTESTED_TALLIES = {True: "attested now", False: "waiting"}
SOURCES = {platform.id: platform.name for platform in PLATFORMS.values()} | {
    "x_archive": "X (from the archive file)",
    "x_profiles": "X (who is behind the archive's ids)",
    "registers": "The school's registers",
    "media": "Pictures",
    "school": "The school's own records",
}
CONCERNS = {
    "pupil": "A pupil",
    "staff": "A member of staff",
    "governor": "A governor",
    "parent": "A parent",
    "picture": "A picture",
    "post": "A post",
    "comment": "A comment",
    "account": "An account",
    "policy": "How the policy is kept up",
}
PULLS = {"complete": "Complete", "partial": "In part", "failed": "Failed", "running": "Not finished"}
DECISIONS = {"confirmed": "Confirmed", "mistaken": "Mistaken", "allowed": "Allowed"}
REFUSALS = {
    "credentials": "the credentials were refused",
    "credit": "the prepaid credit is used up",
    "forbidden": "the platform forbids what was asked",
    "not_found": "the platform does not know the account",
    "budget": "the run's budget was spent",
    "input": "a file could not be used",
    "throttled": "the platform asked us to slow down",
    "unavailable": "the platform did not answer",
    "changed": "the platform's answer has changed its form",
    "RegisterShort": "a register came short of what it was",
    "Unclaimed": "no source reads the account",
}


def plain_label(code: str) -> str:
    """Return a code such as `chair_of_governors` as words, its first letter large."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def role(code: str) -> str:
    """Return a role's id as its title."""
    return plain_label(title_of(code))


def source(code: str) -> str:
    """Return the name that people use for a source or platform."""
    kind = code.partition(":")[0]  # one archive file for each account
    return SOURCES.get(kind, plain_label(kind))


def day(value: date | None) -> str:
    """Return a date as `Mon 16 Nov 2026`, and no date as a dash."""
    return NONE if value is None else short_date(value)


def long_day(value: date) -> str:
    """Return a date as `Monday 16 November 2026`."""
    return long_date(value)


def moment(milliseconds: int | None) -> str:
    """Return a moment as `16 Nov 2026, 06:00 UTC`, and none as a dash."""
    if milliseconds is None:
        return NONE
    at = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    return f"{at.day} {month(at)[:3]} {at.year}, {at:%H:%M} UTC"


def due(on: date | None, as_of: date) -> str:
    """Return how long there is left, such as `in 7 days`, `today` or `3 days late`."""
    if on is None:
        return "no date set"
    days = (on - as_of).days
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} late"


def age(first_seen: date, as_of: date) -> str:
    """Return how long an exception has been open, in whole weeks."""
    weeks = (as_of - first_seen).days // 7
    return "this week" if weeks < 1 else f"for {count(weeks, 'week')}"


def number(value: Decimal | float | None) -> str:
    """Return a figure with its thousands apart."""
    return "not given" if value is None else f"{value:,}"


def usd(value: Decimal | None) -> str:
    """Return US dollars to the cent, and none as a dash."""
    return NONE if value is None else f"${value:,.2f}"


def count(how_many: int, singular: str, plural: str | None = None) -> str:
    """Return `1 list` or `3 lists`; give `many` where an s is not enough."""
    return f"{how_many:,} {singular if how_many == 1 else plural or singular + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return `a`, `a and b` or `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def refusal(error_kind: str | None) -> str:
    """Return why a source could not be read, in words that hold no detail of any person."""
    return REFUSALS.get(error_kind or "", "something went wrong")
