"""Reads a school's terms and closed days out of text as schools write it: a line each, with one day or two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.calendar import SchoolCalendar

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(f"{name}[a-z]*" for name in _MONTHS)
_DAY = re.compile(
    rf"(?:\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})"
    r"\.?,?(?:\s+(?P<year>20\d\d))?|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d)|(?P<yy>20\d\d)-(?P<mm>\d\d)-(?P<dd>\d\d))\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"half[ -]?term(?! [12a-z])|holiday|closed|inset|training|bank|break|non[ -]pupil", re.IGNORECASE)
_TERM = re.compile(r"\bterm\b|\b(?:autumn|spring|summer|michaelmas|lent|trinity)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:starts?|begins?|opens?|first day|start of)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:ends?|closes?|last day|end of|finish(?:es)?)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class TermDates:
    """The calendar as it was read, as tables of school.toml, and the lines with a day that nobody can place."""

    terms: tuple[dict[str, Any], ...]
    closed: tuple[dict[str, Any], ...]
    unread: tuple[str, ...]

    @property
    def calendar(self) -> SchoolCalendar:
        """The same, checked; ValueError where terms overlap or end before they begin, or there is none."""
        return SchoolCalendar.model_validate({"term": self.terms, "closed": self.closed})


def read_terms(text: str) -> TermDates:
    """Return the terms and closed days in this text; a line without a day of any month is passed over."""
    terms: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    unread: list[str] = []
    year: int | None = None
    begun: tuple[str, date] | None = None
    heading = ""
    for line in (line.strip(" \t-*\u2022|") for line in text.splitlines()):
        days = list(_days(line, year))
        year = days[-1].year if days else int(found[1]) if (found := _YEAR.search(line)) else year
        label = _label(line)
        heading = label if label and not days and _TERM.search(label) else heading
        if not days:
            continue
        if begun and len(days) == 1 and _ENDS.search(line):
            terms.append({"name": begun[0], "first": begun[1], "last": days[0]})
            begun = None
        elif _CLOSED.search(label):
            closed.append({"first": days[0], "last": days[-1], "why": label})
        elif len(days) == 1 and _BEGINS.search(line):
            begun = (heading or _BEGINS.sub("", label).strip(" :") or f"Term of {days[0]:%B %Y}", days[0])
        elif len(days) > 1 and (_TERM.search(label) or not label):
            terms.append({"name": label or heading or f"Term of {days[0]:%B %Y}", "first": days[0], "last": days[-1]})
        else:
            unread.append(line)
    return TermDates(tuple(terms), tuple(closed), tuple(unread))


def written(calendar: SchoolCalendar | None) -> str:
    """Return a calendar as it is typed, a line each; empty where there is none."""
    if calendar is None:
        return ""
    spans = [(one.first, one.last, _as(one.name, "Term", _TERM)) for one in calendar.term]
    spans += [(one.first, one.last, _as(one.why, "Closed", _CLOSED)) for one in calendar.closed]
    return "\n".join(f"{name}: {_said(first)} to {_said(last)}" for first, last, name in sorted(spans))


def _as(name: str, kind: str, known: re.Pattern[str]) -> str:
    """Return a name by which the line is read again as what it is."""
    return name if known.search(name) else f"{kind} {name}"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(line: str, year: int | None) -> Iterator[date]:
    """Yield the days of a line; one without a year has that of the next one with it, or the one read before.

    A day that would lie after the next of its line is of the year before: `30 November to 29 January 2027`.
    """
    parts = [_parts(match) for match in _DAY.finditer(line)]
    before = year
    for place, (own, month, number) in enumerate(parts):
        later = next(((y, m, d) for y, m, d in parts[place + 1 :] if y), None)
        known = own or (later[0] - ((month, number) > later[1:]) if later else before)
        if known is None:
            continue
        try:
            day = date(known, month, number)
        except ValueError:
            continue
        before = known
        yield day


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    """Return year, month and day as they are written; 0 for a year that is not."""
    month = _MONTHS.index(match["month"][:3].lower()) + 1 if match["month"] else int(match["m"] or match["mm"])
    year = int(match["year"] or match["y"] or match["yy"] or 0)
    return year, month, int(match["day"] or match["d"] or match["dd"])


def _label(line: str) -> str:
    before = _DAY.split(line, maxsplit=1)[0] if _DAY.search(line) else line
    before = re.sub(
        r"\b(?:from|on|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\s*$", "", before.strip(), flags=re.IGNORECASE
    )
    return before.strip(" :,;-\u2013\u2014|(\t")
