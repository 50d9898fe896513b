"""Links that let whoever follows them into a private chat, document or meeting."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import rule_table

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


def invite_links(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the private links of a text."""
    for match in _LINK.finditer(normalised.text):
        host = _BEFORE_HOST.sub("", match["host"].lower())
        row = None if official.owns_domain(host) else _row_of(host + match["path"])
        if row:
            yield Sign("contact", row["what"], normalised.span(*match.span()), row["why"])
    for number in _MEETING_NUMBER.finditer(normalised.text):
        yield Sign("contact", "meeting", normalised.span(*number.span()), _WHY_NUMBER)


def _row_of(link: str) -> Mapping[str, Any] | None:
    for row in rule_table("contact")["link"]:
        required = row.get("holds", [""])
        if link.startswith(tuple(row["begins"])) and any(part in link for part in required):
            matching_row: Mapping[str, Any] = row
            return matching_row
    return None
