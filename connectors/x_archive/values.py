"""Takes single values out of the parsed files of an X archive, where anything may be of another form."""

import re
from collections.abc import Mapping
from typing import Any

_ID = re.compile(r"[0-9]{1,19}")
LARGEST = 2**63 - 1  # what a database holds in a whole number


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
