"""Turns the text of a register cell into a day; a column is of one form, so its other cells say how to read it."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.registers.cells import UnreadableCellError, trimmed, words
from connectors.registers.table import EXCEL_EPOCH
from policies.dates import MONTHS

LIVING = range(1900, 2200)  # a year outside is a slip of the keyboard
MONTHS_A_YEAR = len(MONTHS)
HOW_TO_DATE = "The date cannot be read; write it as 31/12/2026 or 2026-12-31."
MONTH_FIRST = (
    "Other dates of this column have the month first, so nobody knows which day this is; write it as 2026-12-31."
)
# What is written for the last day of what has none.
NO_END = {"n/a", "na", "none", "never", "-", "\u2013", "not applicable", "no expiry", "no end date", "does not expire"}

_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ .,-]*(\d{4})")
_TIME = re.compile(r"[T ](\d{1,2}:\d{2}.*)$", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)? ?(z|utc|[+-]00:?00)?", re.IGNORECASE)
_MIDNIGHT_IN_SUMMER = (23, 0)  # in UTC
_LOCAL = ZoneInfo("Europe/London")


def day(raw: str, epoch: date = EXCEL_EPOCH) -> date:
    """Return the date in a cell: ISO, British order, a month in words, or a spreadsheet's day number.

    Where a program wrote midnight in Britain as a time in UTC, it is the day that began then.
    """
    text = words(raw).lower()
    if _SERIAL.fullmatch(text):
        days = timedelta(days=float(text))
        seconds = round(days.seconds / 60) * 60
        return _at(epoch + timedelta(days=days.days), f"{seconds // 3600}:{seconds // 60 % 60:02}")
    time = _TIME.search(text)
    text = _TIME.sub("", text)
    if match := _ISO.fullmatch(text):
        found = _date(match[1], match[2], match[3])
    elif match := _BRITISH.fullmatch(text) or _WORDS.fullmatch(text):
        found = _date(match[3], match[2], match[1])
    else:
        raise UnreadableCellError(HOW_TO_DATE)
    return _at(found, time[1]) if time else found


def _at(day: date, time: str) -> date:
    """Return the day in Britain at this time of a day, where the time is of UTC, or can only be midnight there."""
    said = _CLOCK.fullmatch(time.strip())
    if not said or not (said[3] or (int(said[1]), int(said[2])) == _MIDNIGHT_IN_SUMMER):
        return day
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=int(said[1]), minutes=int(said[2]))
    return moment.astimezone(_LOCAL).date()


def is_month_first(raw: str) -> bool:
    """Say whether a date can only be one with the month before the day."""
    first, second = _first_two(raw)
    return first <= MONTHS_A_YEAR < second


def has_two_readings(raw: str) -> bool:
    """Say whether a date is another one with the month before the day."""
    first, second = _first_two(raw)
    return first != second and max(first, second) <= MONTHS_A_YEAR


def _first_two(raw: str) -> tuple[int, int]:
    match = _BRITISH.fullmatch(_TIME.sub("", trimmed(raw)))
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _date(year: str, month: str, day_of_month: str) -> date:
    try:
        day = date(int(year), int(month) if month.isdecimal() else _month(month), int(day_of_month))
    except ValueError as error:
        raise UnreadableCellError(HOW_TO_DATE) from error
    if day.year not in LIVING:
        raise UnreadableCellError(HOW_TO_DATE)
    return day


def _month(word: str) -> int:
    beginning = "sep" if word == "sept" else word
    return next((number for number, month in enumerate(MONTHS, start=1) if month.casefold().startswith(beginning)), 0)
