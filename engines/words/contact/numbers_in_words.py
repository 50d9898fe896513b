"""Telephone numbers in a text whose figures are written as words."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat

from engines.text.normalised import NormalisedText
from engines.words.contact.school_contacts import HOME_REGION, SchoolContacts
from engines.words.model import Sign

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
_WHY = "A telephone number that is not the school's is given in words."


def phone_numbers_in_words(normalised: NormalisedText, official: SchoolContacts) -> Iterator[Sign]:
    """Yield the telephone numbers in whose figures words stand."""
    for run in _RUN.finditer(normalised.text):
        figures = _figures(run[0])
        if run[0].upper() != run[0].lower() and _TELEPHONE.fullmatch(figures):
            number = phonenumbers.parse(figures, HOME_REGION)
            if phonenumbers.format_number(number, PhoneNumberFormat.E164) not in official.numbers:
                yield Sign("contact", "phone", normalised.span(run.start(), run.start() + len(run[0].rstrip())), _WHY)


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
