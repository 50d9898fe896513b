"""Which letter of a to z stands for a character, by its sound (anyascii) and by its looks (letters.toml)."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
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


def written_as_two(text: str) -> tuple[str, ...]:
    """Return the ways to write a text of which a keyboard lacks letters, two letters for one; none if it lacks none."""
    ways = {unicodedata.normalize("NFC", text)}
    for sign in _as_two().keys() & set(*ways):
        ways = {way.replace(sign, two) for way in ways for two in _as_two()[sign]}
    return () if text in ways else tuple(sorted(ways))


@cache
def _as_two() -> Mapping[str, Sequence[str]]:
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for letters, signs in _letters()["as_two"].items():
        for sign in signs:
            ways[sign].append(letters)
            ways[sign.upper()].append(letters.capitalize())
    return ways


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


_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # drawn as nothing, but letters and signs to a program
_WORD = re.compile(r"\S+")
_LATIN = re.compile(r"[A-Za-z]")
_FIRST, _LAST = "\u0370", "\u052f"  # from the first letter of Greek to the last of Cyrillic
_GREEK_CAPITALS = {"\u0396": "Z", "\u0397": "H", "\u039c": "M", "\u039d": "N", "\u03a5": "Y"}  # unlike their small ones


def without_lookalikes(text: str) -> str:
    """Return a text of the same length, its look-alikes in Latin letters and its fillers as spaces.

    A word of another language keeps its letters, unless Latin ones stand in it.
    """
    if text.isascii():
        return text
    text = "".join(" " if letter in _FILLERS else letter for letter in text)
    bases = "".join(map(_base, text))
    latin = "".join(map(_as_latin, bases))
    if latin == bases:
        return text
    poses = [word.span() for word in _WORD.finditer(bases) if _LATIN.search(word[0])]
    if poses and not any(map(_is_foreign, latin)):
        poses = [(0, len(text))]
    written = list(text)
    for start, end in poses:
        for at in range(start, end):
            if latin[at] != bases[at]:
                written[at] = latin[at]
    return "".join(written)


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """Return the letter without what stands above or below it; a sign that stands for more is left alone."""
    return letter if letter.isascii() else unicodedata.normalize("NFKD", letter)[0]


def _as_latin(letter: str) -> str:
    return letter if letter.isascii() else _lookalike_table().get(letter, letter)


def _is_foreign(letter: str) -> bool:
    return _FIRST <= letter <= _LAST and letter.isalpha()


@cache
def _lookalike_table() -> dict[str, str]:
    small = {chr(number): latin for number, latin in lookalikes().items()}
    capitals = {letter.upper(): latin.upper() for letter, latin in small.items() if len(letter.upper()) == 1}
    listed = {letter: latin.upper() if letter.isupper() else latin for letter, latin in small.items()}
    return capitals | listed | _GREEK_CAPITALS
