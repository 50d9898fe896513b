"""Brings what people write to plain letters a to z, in time that grows with its length alone.

`to_latin` keeps case and separators, for they show where one word ends; `latin_letters` keeps small letters only.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from engines.text.characters import (
    MARKS,
    CharacterTable,
    latin_letter,
    lookalikes,
    sounded_beside_latin,
    sounded_letter,
)

LONGEST = 120
_JOINING = frozenset("'`\u00b4\u02bb\u02bc\u2018\u2019\u2032\uff07")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_LATIN = re.compile(r"[A-Za-z]")
# Letters in circles and squares that Unicode leaves whole: where the 26 of each kind begin.
_ENCLOSED = (0x1F150, 0x1F170)


@cache
def english_words() -> Mapping[str, int]:
    """Return English words with how often they are used: symspellpy's own list (Google Books Ngram and SCOWL)."""
    place = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = (line.partition(" ") for line in place.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, _, count in lines}


def to_latin(text: str | None, max_length: int = LONGEST) -> str:
    """Return the text in ASCII: accents off, look-alikes replaced, apostrophes closed up, all else a space."""
    if not text:
        return ""
    text = text[:max_length]
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", text).translate(_LATIN_LETTERS)
    if _LATIN.search(text):
        text = text.translate(lookalikes())  # before their small letters, which are drawn otherwise
    return _in_one_alphabet(text.translate(_CASEFOLDED)).translate(_ASCII_OR_SPACE)


def latin_letters(text: str | None) -> str:
    """Return the plain small letters of a text and nothing else."""
    return _NOT_LETTERS.sub("", to_latin(text).lower())


def collapse_repeats(letters: str, most: int = 1) -> str:
    """Return the letters with every run of one letter cut to at most so many."""
    return _run_of_more_than(most).sub(r"\1" * most, letters)


@cache
def _run_of_more_than(most: int) -> re.Pattern[str]:
    return re.compile(rf"(.)\1{{{most},}}")


def _in_one_alphabet(text: str) -> str:
    """Replace look-alikes beside Latin letters; a text without Latin letters is written out by its sound."""
    if text.isascii():
        return text
    if _LATIN.search(text):
        return text.translate(lookalikes()).translate(_SOUNDED_BESIDE_LATIN)
    return text.lower().translate(_SOUNDED).lower().translate(lookalikes())


def _latin_or_enclosed(letter: str) -> str:
    for first in _ENCLOSED:
        if first <= ord(letter) < first + 26:
            return chr(ord("a") + ord(letter) - first)
    return latin_letter(letter)


def _ascii_or_space(letter: str) -> str:
    if letter in _JOINING:
        return ""
    if letter.isascii():
        return letter
    return "" if unicodedata.category(letter) in MARKS else " "


def _casefolded(letter: str) -> str:
    return letter if letter.isascii() else letter.casefold()


_LATIN_LETTERS, _SOUNDED = CharacterTable(_latin_or_enclosed), CharacterTable(sounded_letter)
_SOUNDED_BESIDE_LATIN = CharacterTable(sounded_beside_latin)
_ASCII_OR_SPACE, _CASEFOLDED = CharacterTable(_ascii_or_space), CharacterTable(_casefolded)
