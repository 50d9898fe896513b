"""The text of a TOML file that a person wrote, and in plain words where it is not TOML."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

_UK_DAY = re.compile(r"^[^#\"']*[=\[,]\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_BARE = re.compile(r"^\s*[\w-]+\s*=\s*(?!true\b|false\b|inf\b|nan\b)[A-Za-z@]")
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "save it as UTF-8 text (in Notepad: Save as, Encoding: UTF-8)"


def read_text(path: Path, error_of: Callable[[str], Exception]) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark; `error_of(sentence)` if it cannot be."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise error_of(f"{path} cannot be read: {error.strerror}.") from error
    if body.startswith(_UTF16):
        raise error_of(f"{path.name} is UTF-16 text; {_SAVE}.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise error_of(f"{path.name} is not UTF-8 text; {_SAVE}.") from error


def plain_refusal(says: str, line: str) -> str:
    """Return what to write instead, where a line shows what was meant; else what Python's reader says of it."""
    if found := _UK_DAY.match(line):
        return f"a day is written year first and without quotation marks: {_year_first(*map(int, found.groups()))}"
    meant = {
        'its quotation marks are curly; write straight ones: "…"': _CURLY.search(line),
        'text stands between double quotes: "…"': _BARE.match(line),
        "a \\ cannot stand between double quotes; write / in its place": "\\" in line
        and re.search("Unescaped|hex", says),
        "this key or heading stands a second time; keep one of them": re.search("overwrite|twice", says),
        "nothing stands after the =": re.search(r"=\s*(#.*)?$", line),
        "a bracket is missing": says.startswith("Expected ']'"),
        "a quotation mark is missing": line.count('"') % 2,
    }
    return next((words for words, is_so in meant.items() if is_so), says)


def day_in(text: str) -> str | None:
    """Return the day that a British reader writes so, as TOML has it; None where the text is none."""
    found = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    return _year_first(*map(int, found.groups())) if found else None


def _year_first(day: int, month: int, year: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # no day of any month: show the form alone
        return "2026-09-01"
