"""The school's calendar: which days are school days, and by which day a case is due."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from policies.calendar import ClosedDays, SchoolCalendar, Term, due_on
from policies.school_file import SchoolError, read_school

AUTUMN = Term(name="Autumn", first=date(2026, 9, 3), last=date(2026, 12, 18))
SPRING = Term(name="Spring", first=date(2027, 1, 5), last=date(2027, 3, 26))
HALF_TERM = ClosedDays(first=date(2026, 10, 26), last=date(2026, 10, 30), why="Half-term")
INSET = ClosedDays.model_validate({"first": date(2026, 11, 6), "why": "Inset day"})
CALENDAR = SchoolCalendar(term=(AUTUMN, SPRING), closed=(HALF_TERM, INSET))
SCHOOL = '[school]\nid = "hill-view"\nname = "Hill View School"\npack = "corbets-tey-2022"\n'


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2026-11-02", True),
        ("2026-11-07", False),  # a Saturday
        ("2026-11-06", False),  # the inset day
        ("2026-10-28", False),  # half-term
        ("2026-12-18", True),  # the last day of term
        ("2026-12-21", False),  # the holidays
        ("2027-01-05", True),
        ("2027-04-05", True),  # after the last term that is known, Monday to Friday
        ("2027-04-10", False),
    ],
)
def test_a_school_day_is_a_weekday_in_a_term_on_which_the_school_is_not_closed(day: str, *, is_open: bool) -> None:
    assert CALENDAR.is_open(date.fromisoformat(day)) is is_open


@pytest.mark.parametrize(
    ("found", "days", "severity", "counts", "due"),
    [
        ("2026-11-02", 3, "medium", None, "2026-11-05"),
        ("2026-11-02", 7, "medium", None, "2026-11-12"),  # over the inset day and a week-end
        ("2026-10-23", 1, "low", None, "2026-11-02"),  # over half-term
        ("2026-12-14", 7, "low", None, "2027-01-07"),  # over Christmas
        ("2026-11-02", 7, "critical", None, "2026-11-09"),
        ("2026-11-02", 5, "critical", None, "2026-11-07"),  # a Saturday: what is critical does not wait
        ("2026-11-02", 7, "high", None, "2026-11-09"),
        ("2026-11-02", 5, "high", None, "2026-11-05"),  # Saturday, and the inset day before it: the day before both
        ("2026-12-21", 7, "high", None, "2027-01-05"),  # no school day is left before it: the first one after it
        ("2026-11-02", 5, "medium", "days", "2026-11-05"),
        ("2026-11-02", 0, "medium", None, "2026-11-02"),  # the same day
        ("2026-11-07", 0, "low", "school_days", "2026-11-09"),
        ("2026-11-07", 0, "high", None, "2026-11-09"),
        ("2026-11-07", 0, "critical", None, "2026-11-07"),
        ("2026-11-02", 7, "high", "school_days", "2026-11-12"),
        ("2026-11-02", 7, "critical", "school_days", "2026-11-12"),  # as the policy itself says
    ],
)
def test_urgent_cases_are_due_in_days_and_others_in_school_days(found, days, severity, counts, due) -> None:
    assert due_on(CALENDAR, date.fromisoformat(found), days, severity, counts) == date.fromisoformat(due)


@pytest.mark.parametrize("severity", ["high", "medium", "low"])
@pytest.mark.parametrize("counts", [None, "days", "school_days"])
def test_nothing_but_the_critical_is_ever_due_on_a_day_on_which_the_school_is_closed(severity, counts) -> None:
    for number in range(200):
        found = date.fromordinal(date(2026, 9, 1).toordinal() + number)
        for days in (1, 3, 7, 14, 28):
            due = due_on(CALENDAR, found, days, severity, counts)
            assert due > found
            assert CALENDAR.is_open(due)


@pytest.mark.parametrize("counts", [None, "days", "school_days"])
def test_without_a_calendar_every_day_counts(counts) -> None:
    assert due_on(None, date(2026, 11, 2), 5, "low", counts) == date(2026, 11, 7)


def test_two_terms_do_not_overlap() -> None:
    with pytest.raises(ValidationError, match="two terms that overlap"):
        SchoolCalendar(term=(AUTUMN, AUTUMN))


def test_the_calendar_stands_in_school_toml(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text(
        f"""{SCHOOL}
[[calendar.term]]
name = "Autumn"
first = 2026-09-03
last = 2026-12-18

[[calendar.closed]]
first = 2026-11-06
why = "Inset day"
"""
    )

    assert read_school(path).calendar == SchoolCalendar(term=(AUTUMN,), closed=(INSET,))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("[calendar]\n", "line 6: calendar, term: is missing."),
        ('[[calendar.term]]\nname = "A"\nfirst = 2026-09-03\nlast = 2026-09-01\n', "must end on the day on which"),
        ('[[calendar.term]]\nname = "A"\nfirst = 2026-09-03\nlast = 2028-09-01\n', "must not be longer than a year"),
        ('[[calendar.term]]\nname = "A"\nfrist = 2026-09-03\n', "first"),
        ("[calendar]\nterms = []\n", "term"),
    ],
)
def test_a_mistake_in_the_calendar_is_told_with_its_line(tmp_path: Path, lines: str, says: str) -> None:
    path = tmp_path / "school.toml"
    path.write_text(f"{SCHOOL}\n{lines}")

    with pytest.raises(SchoolError) as caught:
        read_school(path)

    assert says in str(caught.value), str(caught.value)
