"""Values as text, and as JSON in which no character steers a terminal, turns the direction or is not seen."""

import json
import unicodedata
from typing import Any

_ESCAPED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


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
