"""Turns the text of one register cell into a value, or says in a sentence that it cannot be.

No sentence quotes the cell: a register problem is shown to more people than the register is.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from connectors.registers.table import EXCEL_EPOCH
from policies.dates import MONTHS
from policies.platforms.registry import PLATFORMS

# What the registers call each platform, in small letters.
_CALLED = {
    word.casefold(): platform.id
    for platform in PLATFORMS.values()
    for word in (platform.id, platform.name, *platform.also_called)
}
CHANNELS = {**_CALLED, "website": "website", "web": "website"}
BASES = {
    "consent": "consent",
    "publictask": "public_task",
    "legitimateinterest": "legitimate_interests",
    "legitimateinterests": "legitimate_interests",
}
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
MOST_YEARS = 14
LIVING = range(1900, 2200)  # a year outside is a slip of the keyboard
HOW_TO_DATE = "The date cannot be read; write it as 31/12/2026 or 2026-12-31."

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_ROUNDED = re.compile(r"[+-]?\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ .,-]*(\d{4})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_YEAR = re.compile(r"(?:(?:nc )?year|yr|y)?[ .]*0*(\d{1,2})")
_ACCOUNT_URL = re.compile(
    r"(?:https?://)?(?:(?:www|m|mobile)\.)?(?:x|twitter|youtube)\.com/(?:channel/|c/|user/)?@?([^/?#\s]+).*",
    re.IGNORECASE,
)
_VIDEO_URL = re.compile(
    r"(?:https?://)?(?:(?:www|m)\.)?(?:youtu\.be/|youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/))"
    r"([\w-]+).*",
    re.ASCII | re.IGNORECASE,
)
_DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)


class UnreadableCellError(ValueError):
    """A cell cannot be used; the message is a sentence that quotes no value."""


def trimmed(raw: str) -> str:
    """Return the text without invisible signs, with every run of white space as one space, and stripped."""
    return " ".join(raw.translate(_INVISIBLE).split())


def words(raw: str) -> str:
    """Return a cell of plain text; unreadable when Excel put an error there."""
    text = trimmed(raw)
    if text in EXCEL_ERRORS:
        raise UnreadableCellError("The cell holds an error of the spreadsheet in place of a value.")
    return text


def identifier(raw: str) -> str:
    """Return a cell that holds an id; unreadable when a spreadsheet rounded it."""
    text = words(raw)
    if _ROUNDED.fullmatch(text):
        raise UnreadableCellError("The spreadsheet rounded this number; format the column as text and enter it again.")
    return text


def parts(raw: str) -> list[str]:
    """Return the parts of a cell that holds a list, without empty ones."""
    return [part for part in re.split(r"[;,|\r\n]", raw) if trimmed(part)]


def name(raw: str) -> str:
    """Return a full name, turning `Surname, Given` round."""
    surname, comma, given = words(raw).partition(",")
    return f"{given.strip()} {surname.strip()}".strip() if comma and "," not in given else words(raw)


def day(raw: str, epoch: date = EXCEL_EPOCH) -> date:
    """Return the date in a cell: ISO, British order, a month in words, or a spreadsheet's day number."""
    text = _TIME.sub("", words(raw)).lower()
    if _SERIAL.fullmatch(text):
        return epoch + timedelta(days=int(float(text)))
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _BRITISH.fullmatch(text) or _WORDS.fullmatch(text):
        return _date(match[3], match[2], match[1])
    raise UnreadableCellError(HOW_TO_DATE)


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


def year_group(raw: str) -> str:
    """Return `R`, `N` or the number of the year; anything else stays as it is written."""
    text = words(raw).lower()
    if text in {"r", "rec", "reception", "year r", "yr r", "yr", "0", "year 0", "fs2", "eyfs2"}:
        return "R"
    if text in {"n", "n1", "n2", "nur", "nursery", "fs1", "eyfs1"}:
        return "N"
    match = _YEAR.fullmatch(text)
    return match[1] if match and 1 <= int(match[1]) <= MOST_YEARS else words(raw)


def account(raw: str) -> str:
    """Return an account's id or handle as it was declared; out of a web address, its last part."""
    text = identifier(raw)
    if match := _ACCOUNT_URL.fullmatch(text):
        return match[1]
    if re.search(r"[\s;,/]", text):
        raise UnreadableCellError("This is not one id or handle; write a single one, such as @name.")
    return text


def platform(raw: str) -> str:
    """Return the id of a platform, such as x."""
    return _one_of(_CALLED, raw, f"The platform is not known; write {' or '.join(PLATFORMS)}.")


def channel(raw: str) -> str:
    """Return one channel that a photograph is approved for: a platform's id, or website."""
    write = f"write {', '.join(PLATFORMS)} or website, separated by semicolons."
    return _one_of(CHANNELS, raw, f"A channel is not known; {write}")


def basis(raw: str) -> str:
    """Return the lawful basis: consent, public_task or legitimate_interests."""
    return _one_of(BASES, raw, "The basis is not known; write consent, public task or legitimate interests.")


def file_name(raw: str) -> str:
    """Return a path inside the photographs folder, with forward slashes."""
    path = words(raw).replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        raise UnreadableCellError("The file must be named as it stands inside the photographs folder.")
    return path


def video(raw: str) -> str:
    """Return a video's id, out of its web address if that is what the cell holds."""
    text = identifier(raw)
    if match := _VIDEO_URL.fullmatch(text):
        return match[1]
    if not re.fullmatch(r"[\w-]{1,64}", text, re.ASCII):
        raise UnreadableCellError("This is not a video's id or address; copy the address from YouTube.")
    return text


def _one_of(known: Mapping[str, str], raw: str, otherwise: str) -> str:
    letters = "".join(sign for sign in words(raw).casefold() if sign.isalnum())
    if letters not in known:
        raise UnreadableCellError(otherwise)
    return known[letters]
