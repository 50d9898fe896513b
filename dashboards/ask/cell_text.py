"""The text of one cell of an answer: as JSON, for a reader, for a spreadsheet, for CSV.

No character of it steers a terminal or turns the direction, and a spreadsheet never takes it for a formula.
"""

import json
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboards.safe_text import cell, plain, shortened

MOST_SHEET_ROWS = 100_000
CUT = "…"
_LONGEST_NUMBER = 15  # digits that a spreadsheet keeps of a number
_ESCAPED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})

Rows = Sequence[Sequence[Any]]


class AnswerWriter:
    """Takes an answer's rows as they come, and gives bytes; `shows_all` says that no row is left out."""

    shows_all = True
    names: Sequence[str] = ()

    def begin(self, names: Sequence[str]) -> bytes:
        """Take the names of the columns."""
        self.names = names
        return b""

    def rows(self, rows: Rows) -> bytes:
        """Take some rows."""
        raise NotImplementedError

    def end(self, _told: str, /) -> bytes:
        """Give what is left, with a sentence on how many rows there are."""
        return b""


def json_text(value: Any) -> str:
    """Return the value in JSON, in which every character that is not seen as itself is escaped."""
    text = json.dumps(value, ensure_ascii=False, default=plain_value)
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character == "\x7f":
        return "\\u007f"  # ASCII, so that json leaves it as it is
    return json.dumps(character)[1:-1] if unicodedata.category(character) in _ESCAPED else character


def plain_value(value: Any) -> str:
    """Return a value as text; bytes in hexadecimal."""
    return value.hex() if isinstance(value, bytes | bytearray) else str(value)


def narrow(text: str, widest: int) -> str:
    """Return the text in so many characters, cut after the last word that fits, or within one that is too long."""
    if len(text) <= widest:
        return text
    kept = text[: widest - len(CUT)]
    at_a_word = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return f"{(at_a_word if len(at_a_word) > widest // 2 else kept).rstrip()}{CUT}"


def seen(value: Any, widest: int) -> str:
    """Return a cell for a reader: no control character, no direction change, not too wide."""
    if value is None:
        return ""
    return shortened(plain(json_text(value) if isinstance(value, list | dict | tuple) else str(value)), widest)


def sheet_cell(value: Any) -> Any:
    """Return what a spreadsheet is given: a text, or a number of so few digits that it keeps them all."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, int | float | Decimal):
        return value if len(str(value).lstrip("-")) <= _LONGEST_NUMBER and _is_number(value) else str(value)
    if isinstance(value, datetime) or not isinstance(value, date):
        return str(cell(value if isinstance(value, str) else plain_value(value)))
    return value


def _is_number(value: float | Decimal) -> bool:
    return isinstance(value, int) or (value == value and abs(value) != float("inf"))  # noqa: PLR0124 - not a number


def csv_cell(value: Any) -> str:
    """Return the value as a cell's text; numbers stay numbers, even negative ones."""
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(str(cell(value)))
    if isinstance(value, list | dict | tuple):
        return csv_text(str(cell(json_text(value))))
    return csv_text(plain_value(value), is_number=True)


def csv_text(text: str, *, is_number: bool = False) -> str:
    """Return a text as it stands in a CSV; one of digits alone in quotes, as an id is no number."""
    if (text.isdecimal() and not is_number) or not text or any(sign in text for sign in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
