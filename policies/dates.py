"""Dates in words, written out here because the machine's own language must not change a sentence."""

from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WEEK_AND_A_DAY = timedelta(days=8)  # after which a week without a run, or a backup, is told as missed
FURTHEST = timedelta(days=731)  # two years: what somebody decides until a later day is a slip of the keyboard


def is_too_far(until: date, today: date) -> bool:
    """Say whether a day is more than two years away, so that nothing may be decided until then."""
    return until > today + FURTHEST


def short_date(value: date) -> str:
    """Return a date as `Mon 16 Nov 2026`."""
    return f"{weekday(value)[:3]} {value.day} {month(value)[:3]} {value.year}"


def long_date(value: date) -> str:
    """Return a date as `Monday 16 November 2026`."""
    return f"{weekday(value)} {plain_date(value)}"


def plain_date(value: date) -> str:
    """Return a date as `16 November 2026`."""
    return f"{value.day} {month(value)} {value.year}"


def weekday(value: date) -> str:
    """Return the name of the day of the week."""
    return WEEKDAYS[value.weekday()]


def month(value: date) -> str:
    """Return the name of the month."""
    return MONTHS[value.month - 1]
