"""Mail addresses in a text, also where they are spelt out."""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from engines.words.model import Sign
from engines.words.official import Official
from engines.words.plain import Plain
from engines.words.rules import phrase_lists

_NAME = r"[A-Za-z0-9_+'-]{1,40}"
_LABEL = r"[A-Za-z0-9-]{1,60}"
_WRITTEN = re.compile(rf"(?<![\w.+'-]){_NAME}(?:\.{_NAME}){{0,5}}@{_LABEL}(?:\.{_LABEL}){{1,5}}")
_DOT = r"(?: ?[\(\[{] ?dot ?[\)\]}] ?| dot |\.)"
_AT = r"(?P<at> ?[\(\[{] ?at ?[\)\]}] ?| at | ?@ ?)"
_SPELT = re.compile(
    rf"(?<![\w.+'-])(?P<name>{_NAME}(?:{_DOT}{_NAME}){{0,4}}){_AT}(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})",
    re.IGNORECASE,
)
_SPELT_DOT = re.compile(_DOT, re.IGNORECASE)
_WHY = "A mail address that is not the school's is given."


def mail_addresses(read: Plain, official: Official) -> Iterator[Sign]:
    """Yield the personal mail addresses of a text."""
    for found in _WRITTEN.finditer(read.text):
        if _is_personal(found[0], official):
            yield Sign("contact", "email", read.span(*found.span()), _WHY)
    for found in _SPELT.finditer(read.text):
        address = _put_together(found)
        if address and _is_personal(address, official):
            yield Sign("contact", "email", read.span(*found.span()), _WHY)


def _put_together(found: re.Match[str]) -> str | None:
    """Return the address that is spelt out; None for a plain sentence such as "look at example.com"."""
    if found["at"] == "@":
        return None
    name, domain = _SPELT_DOT.sub(".", found["name"]), _SPELT_DOT.sub(".", found["domain"])
    is_spelt = found["at"] != " at " or domain != found["domain"]
    is_provider = domain.lower().partition(".")[0] in phrase_lists("contact")["mail_provider"]
    return f"{name}@{domain}" if is_spelt or is_provider else None


def _is_personal(address: str, official: Official) -> bool:
    try:
        checked = validate_email(address.rstrip(".'-"), check_deliverability=False)
    except EmailNotValidError:
        return False
    lists = phrase_lists("contact")
    is_provider = (
        checked.ascii_domain.lower().partition(".")[0] in lists["mail_provider"] if checked.ascii_domain else False
    )
    if checked.local_part.lower() in lists["office"] and not is_provider:
        return False
    return not official.owns_address(checked.normalized)
