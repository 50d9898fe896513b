"""Writes letters of other alphabets that are drawn like Latin ones as Latin, one for one, where they pose as them.

A word of another language keeps its letters, unless Latin ones stand in it.
"""

import re
import unicodedata
from functools import cache, lru_cache

from engines.text.characters import lookalikes

_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # drawn as nothing, but letters and signs to a program
_WORD = re.compile(r"\S+")
_LATIN = re.compile(r"[A-Za-z]")
_FIRST, _LAST = "\u0370", "\u052f"  # from the first letter of Greek to the last of Cyrillic
_GREEK_CAPITALS = {"\u0396": "Z", "\u0397": "H", "\u039c": "M", "\u039d": "N", "\u03a5": "Y"}  # unlike their small ones


def without_lookalikes(text: str) -> str:
    """Return a text of the same length, its look-alikes in Latin letters and its fillers as spaces."""
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
