"""Mail addresses in a text, also where they are spelt out."""

import re
from collections.abc import Iterator

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import phrase_lists

_NAME = r"[A-Za-z0-9_+'-]{1,40}"
_LABEL = r"[A-Za-z0-9-]{1,60}"
_WRITTEN = re.compile(rf"(?<![\w.+'-]){_NAME}(?:\.{_NAME}){{0,5}}@{_LABEL}(?:\.{_LABEL}){{1,5}}")
_DOT = r"(?: ?[\(\[{] ?dot ?[\)\]}] ?| dot |\.)"
_AT = r"(?P<at> ?[\(\[{] ?at ?[\)\]}] ?| at | ?@ ?)"
_WRITTEN_IN_WORDS = re.compile(
    rf"(?<![\w.+'-])(?P<name>{_NAME}(?:{_DOT}{_NAME}){{0,4}}){_AT}(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})",
    re.IGNORECASE,
)
_DOT_IN_WORDS = re.compile(_DOT, re.IGNORECASE)
_HOST = re.compile(
    r"(?:(?!(?!xn)..--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?!$)|$)){2,}(?<![0-9])"
)  # as RFC 1123 and 5891
_NOT_OF_THE_INTERNET = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})  # RFC 6761 and 7686
_LONGEST = 254  # characters, by RFC 5321
_WHY = "A mail address that is not the school's is given."


def mail_addresses(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the personal mail addresses of a text."""
    for match in _WRITTEN.finditer(normalised.text):
        if _is_personal(match[0], official):
            yield Sign("contact", "email", normalised.span(*match.span()), _WHY)
    for match in _WRITTEN_IN_WORDS.finditer(normalised.text):
        address = _joined_address(match)
        if address and _is_personal(address, official):
            yield Sign("contact", "email", normalised.span(*match.span()), _WHY)


def _joined_address(match: re.Match[str]) -> str | None:
    """Return the address that is spelt out; None for a plain sentence such as "look at example.com"."""
    if match["at"] == "@":
        return None
    name, domain = _DOT_IN_WORDS.sub(".", match["name"]), _DOT_IN_WORDS.sub(".", match["domain"])
    is_spelt = match["at"] != " at " or domain != match["domain"]
    is_provider = domain.lower().partition(".")[0] in phrase_lists("contact")["mail_provider"]
    return f"{name}@{domain}" if is_spelt or is_provider else None


def _is_personal(address: str, official: SchoolContacts) -> bool:
    address = address.rstrip(".'-").lower()
    name, _, host = address.partition("@")
    first, last = host.partition(".")[0], host.rpartition(".")[2]
    if len(address) > _LONGEST or not _HOST.fullmatch(host):
        return False
    lists = phrase_lists("contact")
    is_office = name in lists["office"] and first not in lists["mail_provider"]
    return not (last in _NOT_OF_THE_INTERNET or is_office or official.owns_address(address))
