"""Links that let whoever follows them into a private chat, document or meeting."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engines.words.model import Sign
from engines.words.official import Official
from engines.words.plain import Plain
from engines.words.rules import table

_LINK = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})(?P<path>/[^\s<>\"')]{1,500})",
    re.IGNORECASE,
)
_MEETING_NUMBER = re.compile(
    r"(?<!\w)(?:zoom|meeting) (?:meeting )?id:? {0,2}\d{3} ?\d{3,4} ?\d{3,4}[^\n]{0,20}?(?:passcode|password|pwd)",
    re.IGNORECASE,
)
_BEFORE_HOST = re.compile(r"^(?:www\.|m\.|[a-z]{2}\d{2}web\.)")
_WHY_NUMBER = "A meeting's number is given with its password."


def links(read: Plain, official: Official) -> Iterator[Sign]:
    """Yield the private links of a text."""
    for found in _LINK.finditer(read.text):
        host = _BEFORE_HOST.sub("", found["host"].lower())
        row = None if official.owns_domain(host) else _row_of(host + found["path"])
        if row:
            yield Sign("contact", row["what"], read.span(*found.span()), row["why"])
    for number in _MEETING_NUMBER.finditer(read.text):
        yield Sign("contact", "meeting", read.span(*number.span()), _WHY_NUMBER)


def _row_of(link: str) -> Mapping[str, Any] | None:
    for row in table("contact")["link"]:
        held = row.get("holds", [""])
        if link.startswith(tuple(row["begins"])) and any(part in link for part in held):
            found: Mapping[str, Any] = row
            return found
    return None
