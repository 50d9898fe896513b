"""Telephone numbers in a text, also in words, told apart from scores, dates, times, years, money and other numbers."""

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import HOME_REGION, SchoolContacts
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of

_FIGURES = {
    "zero": "0", "nought": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "o": "0",
}  # fmt: skip
_TIMES = {"double": 2, "dubble": 2, "treble": 3, "triple": 3}
_HUNDRED = "hundred"
_TOKEN = "|".join((*_TIMES, _HUNDRED, *_FIGURES, r"\d"))
# Each token is one figure or one word, and what may follow it is neither: no text can be read in two ways.
_RUN = re.compile(rf"(?<![a-z\d])(?:(?:{_TOKEN})[ ,.\n-]{{0,3}}){{5,40}}", re.IGNORECASE)
_EACH = re.compile(_TOKEN, re.IGNORECASE)
_TELEPHONE = re.compile(r"07\d{9}|0[12]\d{8,9}")
_WHY_IN_WORDS = "A telephone number that is not the school's is given in words."


def phone_numbers_in_words(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the telephone numbers in whose figures words stand."""
    for run in _RUN.finditer(normalised.text):
        figures, end = _figures(run[0]), run.start() + len(run[0].rstrip())
        is_number = run[0].upper() != run[0].lower() and _TELEPHONE.fullmatch(figures)
        if is_number and not official.owns_number(phonenumbers.parse(figures, HOME_REGION)):
            yield Sign("contact", "phone", normalised.span(run.start(), end), _WHY_IN_WORDS)


def _figures(words: str) -> str:
    figures = ""
    times = 1
    for token in _EACH.findall(words.lower()):
        if token in _TIMES:
            times = _TIMES[token]
            continue
        figures += "00" if token == _HUNDRED else _FIGURES.get(token, token) * times
        times = 1
    return figures


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
        is_own = official.owns_number(match.number)
        if not is_own and _is_telephone(match) and not _is_something_else(normalised, match):
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
