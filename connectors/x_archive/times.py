"""Points in time as X archives write them: the old `Sat Aug 12 16:10:37 +0000 2023`, and ISO 8601."""

import re
from datetime import UTC, datetime
from typing import Any

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = tuple(month[:3] for month in _MONTHS)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", re.ASCII)  # a day alone is no time that a post went out
_OLD = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 (\d{4})")


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
    there = when.astimezone(UTC)
    return f"{there.day} {_MONTHS[there.month - 1]} {there.year}"
