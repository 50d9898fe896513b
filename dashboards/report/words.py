"""Turn ids, codes, dates and figures into the words a busy reader expects; every page uses these and no others."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from policies.dates import month, short_date
from policies.platforms.registry import PLATFORMS
from policies.roles import title_by, title_of
from policies.toml_text import packaged_toml

WORDS: Mapping[str, Mapping[str, str]] = packaged_toml("dashboards.report", "words.toml")
NONE = "\N{EN DASH}"
SEVERITIES = ("critical", "high", "medium", "low")
STATUSES = WORDS["statuses"]
PROOFS = WORDS["proofs"]
VERDICTS = WORDS["verdicts"]
STATE_TALLIES = WORDS["state_tallies"]
VERDICT_TALLIES = WORDS["verdict_tallies"]
ATTESTED_TALLIES = {True: "attested now", False: "waiting"}
SOURCES = {platform.id: platform.name for platform in PLATFORMS.values()} | dict(WORDS["sources"])
PULLS = WORDS["pulls"]
DECISIONS = WORDS["decisions"]
REFUSALS = WORDS["refusals"]


def plain_label(code: str) -> str:
    """Return a code such as `chair_of_governors` as words, its first letter large."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def role(code: str) -> str:
    """Return a role's id as its title."""
    return plain_label(title_of(code))


def role_by(code: str, person: int | None) -> str:
    """Return the title as a record tells who did something: it says so where nobody signed in with the role."""
    return plain_label(title_by(code, person))


def source(code: str) -> str:
    """Return the name that people use for a source or platform."""
    kind = code.partition(":")[0]  # one archive file for each account
    return SOURCES.get(kind, plain_label(kind))


def day(value: date | None) -> str:
    """Return a date as `Mon 16 Nov 2026`, and no date as a dash."""
    return NONE if value is None else short_date(value)


def moment(milliseconds: int | None) -> str:
    """Return a moment as `16 Nov 2026, 06:00 UTC`, and none as a dash."""
    if milliseconds is None:
        return NONE
    at = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    return f"{at.day} {month(at)[:3]} {at.year}, {at:%H:%M} UTC"


def due(on: date | None, as_of: date, is_late: object) -> str:
    """Return by when it is due, such as `due in 7 days` or `3 days late`; of what is past and not late, when it was."""
    if on is None or is_late:
        return left(on, as_of)
    return f"due {left(on, as_of)}" if on >= as_of else f"was due on {day(on)}"


def left(on: date | None, as_of: date) -> str:
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
