"""Takes single values and times out of the parsed files of an X archive, and counts what is not understood."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.json_fields import UnknownFields
from policies.dates import MONTHS, plain_date

LARGEST = 2**63 - 1  # what a database holds in a whole number
_MISREAD = "(a row that is not understood)"
_PLAIN = re.compile(r"[\w().-]{1,80}", re.ASCII)
_ID = re.compile(r"[0-9]{1,19}")
_SHORT = tuple(month[:3] for month in MONTHS)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", re.ASCII)  # a day alone is no time that a post went out
_OLD = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 (\d{4})")


class ArchiveUnknownFields(UnknownFields):
    """The unknown fields of one reading, counted by file and field; never a value."""

    def __init__(self) -> None:
        super().__init__("x")

    def leftovers(self, endpoint: str, fields: Mapping[str, Any], handled: Collection[str], under: str = "") -> None:
        """Count every field that is not known; `under` is the path that leads to them."""
        for field in fields:
            if field not in handled:
                self.count(endpoint, f"{under}{field}" if _PLAIN.fullmatch(field) else f"{under}(odd name)")

    def count(self, endpoint: str, path: str) -> None:
        """Count one thing that was not understood."""
        self._seen[f"archive/{endpoint}", path] += 1

    def misread(self, endpoint: str) -> None:
        """Count one row of a list that was not understood and left out."""
        self.count(endpoint, _MISREAD)

    def has_misread(self, endpoint: str) -> bool:
        """Say whether a row of this list was left out."""
        return self._seen[f"archive/{endpoint}", _MISREAD] > 0


def moment(text: Any) -> datetime | None:
    """Return the aware UTC time; None when there is none, or none that can be read."""
    if not isinstance(text, str):
        return None
    if old := _OLD.fullmatch(text):
        if old[1] not in _SHORT:
            return None
        text = f"{old[4]}-{_SHORT.index(old[1]) + 1:02}-{old[2]}T{old[3]}Z"
    if not _TIME.fullmatch(text):
        return None
    try:
        parsed = datetime.fromisoformat(text)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(when: datetime) -> str:
    """Return the day, in UTC, as `3 March 2022`."""
    return plain_date(when.astimezone(UTC))


def inner(row: Any, *names: str) -> Mapping[str, Any] | None:
    """Return what is inside a row's wrapper, or the row itself where it has none (2019); None if it is no object."""
    if not isinstance(row, dict):
        return None
    wrapped = next((row[name] for name in names if set(row) == {name}), row)
    return wrapped if isinstance(wrapped, dict) else None


def whole(text: str) -> str:
    """Return the text with halves of signs, which no database takes, replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def id_of(value: Any) -> str | None:
    """Return the id, as text; None when this is none."""
    return str(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None


def text_of(value: Any) -> str | None:
    """Return the text; None when there is none."""
    return whole(value) if isinstance(value, str) and value else None


def number_of(value: Any) -> int | None:
    """Return the whole number; None when this is none, or larger than any count can be."""
    number = int(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None
    return None if number is None or number > LARGEST else number
