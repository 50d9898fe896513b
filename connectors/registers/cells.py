"""Turns the text of one register cell into a value, or says in a sentence that it cannot be.

No sentence quotes the cell: a register problem is shown to more people than the register is.
"""

import re
from collections.abc import Mapping

from connectors.registers.workbook import NO_VALUE, STRUCK
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
# What stands in place of a value that is not to be had, and what is said of it.
NOT_THERE = {
    NO_VALUE: "The cell holds a formula without its value; open the file in Excel, save it and put it back.",
    STRUCK: "The cell is struck through, so nobody can tell whether it counts; empty it, or take the line away.",
}
MOST_YEARS = 14

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_QUOTED = re.compile(r'=\s*"(.*)"')  # a text that an export keeps from becoming a number
_WITH_POINT = re.compile(r"(\d+)\.0+")  # an id as programs write it that hold a column of ids for numbers
_BETWEEN_IDS = re.compile(r"[;,|\r\n&/]|\s(?:\+|and|und|et|ac?|i|y|aur)\s", re.IGNORECASE)
_ROUNDED = re.compile(r"[+-]?\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?:(?:nc |school )?year|yr|y|blwyddyn|bl)?[ .]*0*(\d{1,2})(?:\.0+)?")
_IN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
             "thirteen", "fourteen")  # fmt: skip
_RECEPTION = {
    "r",
    "rec",
    "reception",
    "year r",
    "yr r",
    "yr",
    "0",
    "year 0",
    "fs2",
    "eyfs2",
    "derbyn",
    "dosbarth derbyn",
}
_NURSERY = {"n", "n1", "n2", "nur", "nursery", "fs1", "eyfs1", "meithrin", "year n", "dosbarth meithrin"}
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
    text = " ".join(raw.translate(_INVISIBLE).split())
    quoted = _QUOTED.fullmatch(text)
    return quoted[1].strip() if quoted else text


def words(raw: str) -> str:
    """Return a cell of plain text; unreadable when Excel put an error there, or its value is not to be had."""
    text = trimmed(raw)
    if text in NOT_THERE:
        raise UnreadableCellError(NOT_THERE[text])
    if text in EXCEL_ERRORS:
        raise UnreadableCellError("The cell holds an error of the spreadsheet in place of a value.")
    return text


def identifier(raw: str) -> str:
    """Return a cell that holds an id; unreadable when a spreadsheet rounded it."""
    text = words(raw)
    if _ROUNDED.fullmatch(text):
        raise UnreadableCellError("The spreadsheet rounded this number; format the column as text and enter it again.")
    if text.startswith("'") and text[1:2].isdigit():
        text = text[1:].removesuffix("'")
    with_point = _WITH_POINT.fullmatch(text)
    return with_point[1] if with_point else text


def ids(raw: str) -> list[str]:
    """Return the ids in a cell, however they are set apart; of blanks only where each part has a digit."""
    found = [part for part in _BETWEEN_IDS.split(raw) if trimmed(part)]
    return [one for part in found for one in _at_blanks(part)]


def _at_blanks(part: str) -> list[str]:
    apart = trimmed(part).split()
    return apart if all(any(map(str.isdigit, one)) for one in apart) else [part]


def parts(raw: str) -> list[str]:
    """Return the parts of a cell that holds a list, without empty ones."""
    return [part for part in re.split(r"[;,|\r\n]", raw) if trimmed(part)]


def name(raw: str) -> str:
    """Return a full name, turning `Surname, Given` round."""
    surname, comma, given = words(raw).partition(",")
    return f"{given.strip()} {surname.strip()}".strip() if comma and "," not in given else words(raw)


def year_group(raw: str) -> str:
    """Return `R`, `N` or the number of the year; anything else stays as it is written."""
    text = words(raw).lower().rstrip(".").strip()
    text = " ".join(str(_IN_WORDS.index(word) + 1) if word in _IN_WORDS else word for word in text.split(" "))
    if text in _RECEPTION or text.removesuffix(".0") == "0":
        return "R"
    if text in _NURSERY:
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
