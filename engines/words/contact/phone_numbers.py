"""Telephone numbers in a text, told apart from scores, dates, times, years, money and other numbers."""

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import HOME_REGION, SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of

_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_DIGIT = re.compile(r"\d")
_BEFORE = 30
_FEWEST_ABROAD = 8
_ENOUGH = 200  # a text of more numbers than this is a list, and is told by its first
_WHY = "A telephone number that is not the school's is given."


def phone_numbers(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the telephone numbers of a text that may be a person's."""
    if len(_DIGIT.findall(normalised.text)) < _FEWEST_ABROAD:
        return  # too few for any number: most posts, and the search costs more than all else that is asked of them
    for match in islice(PhoneNumberMatcher(normalised.text, HOME_REGION, leniency=Leniency.POSSIBLE), _ENOUGH):
        written = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
        if written not in official.numbers and _is_telephone(match) and not _is_something_else(normalised, match):
            yield Sign("contact", "phone", normalised.span(match.start, match.end), _WHY)


def _is_telephone(match: PhoneNumberMatch) -> bool:
    """Say whether it is written as people write a number to ring: abroad with a plus, at home with a zero.

    Whether the number is in use is not asked: a slip of one digit is no less a number that somebody gave.
    """
    digits = re.sub(r"\D", "", match.raw_string)
    if match.raw_string.lstrip("(").startswith("+") or digits.startswith("00"):
        return len(digits) >= _FEWEST_ABROAD
    is_landline = digits.startswith(("01", "02"))
    lengths = (10, 11) if is_landline else (11,)
    return len(digits) in lengths and (is_landline or digits.startswith("07"))


def _is_something_else(normalised: NormalisedText, match: PhoneNumberMatch) -> bool:
    groups = re.findall(r"\d+", match.raw_string)
    if len(groups) > 1 and all(_CLOCK.fullmatch(group) for group in groups[:2]):
        return True
    before = normalised.text[max(0, match.start - _BEFORE) : match.start].lower()
    if any_of("contact", "reference").search(before):
        return True
    begins, ends = normalised.sentence(match.start)
    is_mobile = groups[0].startswith("07") or groups[:2] == ["0", "7"]
    return not is_mobile and any_of("contact", "public_line").search(normalised.text[begins:ends].lower()) is not None
