"""Points in time as X archives write them: the old `Sat Aug 12 16:10:37 +0000 2023`, and ISO 8601."""

import re
from datetime import UTC, datetime
from typing import Any

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OLD = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 (\d{4})")


def moment(text: Any) -> datetime | None:
    """Return the aware UTC time; None when there is none, or none that can be read."""
    if not isinstance(text, str):
        return None
    if old := _OLD.fullmatch(text):
        if old[1] not in _MONTHS:
            return None
        text = f"{old[4]}-{_MONTHS.index(old[1]) + 1:02}-{old[2]}T{old[3]}Z"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
