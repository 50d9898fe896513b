"""Addresses in a text: of homes, apart from those of schools and halls, and of mail, also where they are spelt out."""

import re
from collections.abc import Iterator

from engines.text.normalised import NormalisedText, Span
from engines.words.contact.school_contacts import SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of, phrase_lists

_POSTCODE = re.compile(r"(?<!\w)[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?!\w)")
_KINDS = (
    "road|rd|street|st|lane|ln|avenue|ave|close|cl|drive|terrace|row|way|crescent|cres|place|court|gardens|grove|"
    "cottages|cottage|hill|mews|square|walk|rise|view|green|park|fold|croft|meadow|parade|villas|drove|wynd|brae|gate"
)
_STREET = re.compile(
    r"(?<![\w/.:-])(?:flat \d{1,3},? )?\d{1,4}[a-z]?,? (?!hours|minutes|pupils|of |in |at |to )"
    rf"(?:[a-z][\w'-]{{1,20}} ){{1,3}}(?:{_KINDS})(?!\w)",
    re.IGNORECASE,
)
_FOREIGN_STREET = re.compile(r"(?<!\w)address(?: is)?:? {0,2}\d{1,4},? \w{2,20} \w{1,20}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WHY_HOME = "The address of a home is given."


def home_addresses(normalised: NormalisedText) -> Iterator[Sign]:
    """Yield the addresses of homes: a street with its number, or a postcode, in the company that makes it a home."""
    for begins, ends in _sentences(normalised) if _DIGIT.search(normalised.text) else ():
        sentence = normalised.text[begins:ends]
        if span := _home_address(sentence):
            yield Sign("contact", "home_address", normalised.span(begins + span[0], begins + span[1]), _WHY_HOME)


def _home_address(sentence: str) -> Span | None:
    if not _DIGIT.search(sentence):
        return None  # neither a street with its number nor a postcode
    streets = [match.span() for match in (_STREET.search(sentence), _FOREIGN_STREET.search(sentence)) if match]
    postcode = _POSTCODE.search(sentence)
    is_home = any_of("contact", "home").search(sentence.lower()) is not None
    is_venue = any_of("contact", "venue").search(sentence.lower()) is not None
    if not streets and not (postcode and is_home):
        return None
    is_home = is_home or (not is_venue and any_of("contact", "at_home").search(sentence.lower()) is not None)
    if not is_home and (is_venue or not (postcode or _FOREIGN_STREET.search(sentence))):
        return None
    parts = streets + ([postcode.span()] if postcode else [])
    return min(start for start, _ in parts), max(end for _, end in parts)


def _sentences(normalised: NormalisedText) -> Iterator[Span]:
    begins = 0
    while begins < len(normalised.text):
        _, ends = normalised.sentence(begins)
        yield begins, ends
        begins = max(ends, begins + 1)


_NAME = r"[A-Za-z0-9_+'-]{1,40}"
_LABEL = r"[A-Za-z0-9-]{1,60}"
_WRITTEN = re.compile(rf"(?<![\w.+'-]){_NAME}(?:\.{_NAME}){{0,5}}@{_LABEL}(?:\.{_LABEL}){{1,5}}")
_DOT = r"(?: ?[\(\[{] ?dot ?[\)\]}] ?| dot |\.)"
_AT = r"(?P<at> ?[\(\[{] ?at ?[\)\]}] ?| at | ?@ ?)"
_WRITTEN_IN_WORDS = re.compile(
    rf"(?<![\w.+'-])(?P<name>{_NAME}(?:{_DOT}{_NAME}){{0,4}}){_AT}(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})",
    re.IGNORECASE,
)
_DOT_SAID = re.compile(r"[^\w]dot[^\w]", re.IGNORECASE)
_DOT_IN_WORDS = re.compile(_DOT, re.IGNORECASE)
_HOST = re.compile(
    r"(?:(?!(?!xn)..--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?!$)|$)){2,}(?<![0-9])"
)  # as RFC 1123 and 5891
_NOT_OF_THE_INTERNET = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})  # RFC 6761 and 7686
_LONGEST = 254  # characters, by RFC 5321
_WHY = "A mail address that is not the school's is given."


def mail_addresses(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the personal mail addresses of a text."""
    if "." not in normalised.text and not _DOT_SAID.search(normalised.text):
        return  # most comments, and the search costs much
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
