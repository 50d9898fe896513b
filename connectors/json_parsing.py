"""Parses the JSON of an answer, unless it is nested so deep that parsing it would break us."""

import json
import re
from typing import Any

from connectors.errors import SourceChanged

MOST_NESTED = 64  # the deepest true answers nest about ten deep
# Possessive, and the closing quote may be absent: however it is written, a text is passed over once.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def parsed(body: bytes, endpoint: str) -> Any:
    """Return what this body says; ValueError when it is not JSON, SourceChanged when it is nested too deep to read."""
    text = body.decode("utf-8")
    if _is_too_deep(text):
        raise SourceChanged(f"An answer of {endpoint} is nested too deep to be read.")
    return json.loads(text)


def _is_too_deep(text: str) -> bool:
    depth = 0
    for bracket in _BRACKET.finditer(_TEXT.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MOST_NESTED:
            return True
    return False
