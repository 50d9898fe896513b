"""The school's calendar: its terms and the days on which it is closed, and by which day a case is due.

A case that is critical or high is due so many days after it was found, any other so many school days, unless the
policy's pack says how its days are counted. Only what is critical is ever due on a day on which the school is closed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from policies.dates import long_date
from policies.toml_text import Filled, TomlTable

Counts = Literal["days", "school_days"]
URGENT = frozenset({"critical", "high"})  # who is hurt does not wait for the end of the holidays
_DAY = timedelta(days=1)
_FRIDAY = 4
_LONGEST = timedelta(days=366)


class _Span(TomlTable):
    first: date
    last: date

    @model_validator(mode="before")
    @classmethod
    def _may_be_one_day(cls, data: Any) -> Any:
        is_one_day = isinstance(data, dict) and "first" in data and "last" not in data
        return {**data, "last": data["first"]} if is_one_day else data

    @model_validator(mode="after")
    def _goes_forward(self) -> "_Span":
        if self.last < self.first:
            raise ValueError("must end on the day on which it begins, or later")
        if self.last - self.first > _LONGEST:
            raise ValueError("must not be longer than a year")
        return self

    def holds(self, day: date) -> bool:
        """Say whether a day is in it; both ends are."""
        return self.first <= day <= self.last


class Term(_Span):
    """A term, from its first day to its last."""

    name: Filled


class ClosedDays(_Span):
    """Days in a term on which the school is closed: a half-term, an inset day. `last` may be left out for one day."""

    why: Filled


class SchoolCalendar(TomlTable):
    """The terms, and the closed days in them. Before the first term and after the last, nothing is known."""

    term: tuple[Term, ...] = Field(min_length=1)
    closed: tuple[ClosedDays, ...] = ()

    @model_validator(mode="after")
    def _terms_are_apart(self) -> "SchoolCalendar":
        in_order = sorted(self.term, key=lambda term: term.first)
        for before, after in pairwise(in_order):
            if after.first <= before.last:
                raise ValueError("has two terms that overlap")
        return self

    @property
    def first(self) -> date:
        """The first day of which the calendar knows anything."""
        return min(term.first for term in self.term)

    @property
    def last(self) -> date:
        """The last day of which the calendar knows anything."""
        return max(term.last for term in self.term)

    def knows(self, day: date) -> bool:
        """Say whether the calendar tells anything of a day."""
        return self.first <= day <= self.last

    def is_open(self, day: date) -> bool:
        """Say whether the school is open on a day; of a day that the calendar does not know, Monday to Friday is."""
        if day.weekday() > _FRIDAY or any(closed.holds(day) for closed in self.closed):
            return False
        return not self.knows(day) or any(term.holds(day) for term in self.term)


def calendar_sentence(calendar: SchoolCalendar | None, today: date) -> str:
    """Return in a sentence or two how days to act are counted, and what to do where the calendar is missing or over."""
    if calendar is None:
        return (
            "There is no calendar in school.toml, so every day counts, and a case may be due on a day on which the "
            "school is closed. Write the terms under [[calendar.term]]."
        )
    if today > calendar.last:
        return (
            f"The calendar ended on {long_date(calendar.last)}, so Monday to Friday count as school days, holidays "
            "too. Add the next terms to school.toml: [[calendar.term]]."
        )
    return (
        "Cases that are critical or high are due in days, others in school days, unless the policy's pack says "
        f"otherwise. The calendar goes to {long_date(calendar.last)}."
    )


def due_on(calendar: SchoolCalendar | None, found: date, days: int, severity: str, counts: Counts | None) -> date:
    """Return by which day a case is due; `counts` is how the pack says that the days are counted, None if it does not.

    Without a calendar every day counts.
    """
    plain = found + timedelta(days=days)
    if calendar is None or (severity == "critical" and counts != "school_days"):
        return plain
    if counts == "school_days" or (counts is None and severity not in URGENT):
        return _school_days_after(calendar, found, days)
    return _open_by(calendar, found, plain)


def weeks_after(calendar: SchoolCalendar | None, day: date) -> Iterator[date]:
    """Yield the last school day of each week after that of this day; a week without one is left out."""
    friday = day + (_FRIDAY - day.weekday()) * _DAY
    while True:
        friday += 7 * _DAY
        days = (friday - number * _DAY for number in range(_FRIDAY + 1))
        last = next((each for each in days if calendar is None or calendar.is_open(each)), None)
        if last:
            yield last


def _school_days_after(calendar: SchoolCalendar, found: date, days: int) -> date:
    if not days:
        return next(_open_from(calendar, found))
    open_days = _open_from(calendar, found + _DAY)
    for _ in range(days - 1):
        next(open_days)
    return next(open_days)


def _open_by(calendar: SchoolCalendar, found: date, plain: date) -> date:
    """Return the last school day up to this one that is after the day of the finding, else the first one after it."""
    day = plain
    while day > found:
        if calendar.is_open(day):
            return day
        day -= _DAY
    return next(_open_from(calendar, plain))


def _open_from(calendar: SchoolCalendar, day: date) -> Iterator[date]:
    """Yield the school days from this one on; there is no end, since Monday to Friday follow the last term."""
    while True:
        if calendar.is_open(day):
            yield day
        day += _DAY
