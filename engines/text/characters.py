"""Single characters: which letter of a to z stands for one, by its sound (anyascii) and by its looks (letters.toml)."""

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from anyascii import anyascii

MARKS = frozenset({"Mn", "Me", "Cf"})  # Unicode's categories of accents and of signs that are not drawn
_GREEK_TO_CYRILLIC = range(0x0370, 0x0530)
# The letters of modern Greek and Russian: written out by their sound, although many are drawn like Latin ones.
_MODERN = (range(0x0391, 0x03CA), range(0x0410, 0x0450))


class CharacterTable(dict[int, str]):
    """A table for `str.translate` that works out what to write for a character when it first meets it."""

    def __init__(self, written_for: Callable[[str], str]) -> None:
        super().__init__()
        self._written_for = written_for

    def __missing__(self, code: int) -> str:
        self[code] = self._written_for(chr(code))
        return self[code]


@cache
def lookalikes() -> Mapping[int, str]:
    """Return the Latin letter that each look-alike is drawn like, by the look-alike's code point."""
    return _by_code_point(_letters()["alike"])


@cache
def leet_signs() -> Mapping[int, str]:
    """Return the letter that each digit or sign stands for among letters, by its code point."""
    return {ord(sign): letter for sign, letter in _letters()["leet"].items()}


def latin_letter(letter: str) -> str:
    """Return a Latin letter that Unicode does not take apart in small letters of a to z; any other one as it is."""
    if letter.isascii():
        return letter
    if ord(letter) in lookalikes() or not unicodedata.name(letter, "").startswith("LATIN "):
        return letter
    return _transliterated(letter)


def sounded_letter(letter: str) -> str:
    """Return a Greek or Cyrillic letter by its sound in small letters of a to z; any other one as it is."""
    code = ord(letter)
    if code not in _GREEK_TO_CYRILLIC:
        return letter
    is_modern = any(code in alphabet for alphabet in _MODERN)
    return letter if code in lookalikes() and not is_modern else _transliterated(letter)


def sounded_beside_latin(letter: str) -> str:
    """Return what `sounded_letter` does, but a letter of modern Greek or Russian as it is.

    Beside Latin letters these are mostly decoration: read by their sound they would be letters that nobody's name has.
    """
    return letter if any(ord(letter) in alphabet for alphabet in _MODERN) else sounded_letter(letter)


def _transliterated(letter: str) -> str:
    if ord(letter) in _exceptions():
        return _exceptions()[ord(letter)]
    written = anyascii(letter).lower()
    return written if written.isalpha() else letter


@cache
def _exceptions() -> Mapping[int, str]:
    return _by_code_point(_letters()["transliterated"])


@cache
def _letters() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("letters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _by_code_point(signs_by_letters: Mapping[str, str]) -> dict[int, str]:
    return {ord(sign): letters for letters, signs in signs_by_letters.items() for sign in signs}
