"""Addresses of homes in a text, told apart from those of schools, halls and other places that invite the public."""

import re
from collections.abc import Iterator

from engines.text.normalised import NormalisedText, Span
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of

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
_WHY = "The address of a home is given."


def home_addresses(normalised: NormalisedText) -> Iterator[Sign]:
    """Yield the addresses of homes: a street with its number, or a postcode, in the company that makes it a home."""
    for begins, ends in _sentences(normalised):
        sentence = normalised.text[begins:ends]
        if span := _home_address(sentence):
            yield Sign("contact", "home_address", normalised.span(begins + span[0], begins + span[1]), _WHY)


def _home_address(sentence: str) -> Span | None:
    if not _DIGIT.search(sentence):
        return None  # neither a street with its number nor a postcode
    streets = [match.span() for match in (_STREET.search(sentence), _FOREIGN_STREET.search(sentence)) if match]
    postcode = _POSTCODE.search(sentence)
    is_home = any_of("contact", "home").search(sentence.lower()) is not None
    is_venue = any_of("contact", "venue").search(sentence.lower()) is not None
    if not streets and not (postcode and is_home):
        return None
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
