"""Brings what people write to plain letters a to z, in time that grows with its length alone.

`plain` keeps case and separators, for they show where one word ends; `squashed` keeps small letters only.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from engines.people.fold import Kept

LONGEST = 120
_MARKS = frozenset({"Mn", "Me", "Cf"})
_JOINING = frozenset("'`\u00b4\u02bb\u02bc\u2018\u2019\u2032\uff07")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_LATIN = re.compile(r"[A-Za-z]")
# Letters in circles and squares that Unicode leaves whole.
_ENCLOSED = ((0x1F150, 26), (0x1F170, 26))


@cache
def tables() -> Mapping[str, Mapping[int, str]]:
    """Return the tables of letters.toml, each from a character's number to what is written for it."""
    text = resources.files("engines.people").joinpath("letters.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    made = {name: _turned(read[name]) for name in ("alike", "latin", "written_out")}
    for start, count in _ENCLOSED:
        made["latin"].update({start + i: chr(ord("a") + i) for i in range(count)})
    made["leet"] = {ord(sign): letter for sign, letter in read["leet"].items()}
    return made


def plain(text: str | None, longest: int = LONGEST) -> str:
    """Return the text in ASCII: accents off, look-alikes replaced, apostrophes closed up, all else a space."""
    if not text:
        return ""
    text = text[:longest]
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", text).translate(tables()["latin"])
    return _in_one_alphabet(text.translate(_SMALL)).translate(_KEPT)


def squashed(text: str | None) -> str:
    """Return the plain small letters of a text and nothing else."""
    return _NOT_LETTERS.sub("", plain(text).lower())


def collapsed(letters: str, most: int = 1) -> str:
    """Return the letters with every run of one letter cut to at most so many."""
    return _run_of_more_than(most).sub(r"\1" * most, letters)


@cache
def _run_of_more_than(most: int) -> re.Pattern[str]:
    return re.compile(rf"(.)\1{{{most},}}")


def _in_one_alphabet(text: str) -> str:
    """Replace look-alikes word by word; a whole word of another alphabet, without plain letters near, is spelt out."""
    if text.isascii():
        return text
    table = tables()["alike"] if _LATIN.search(text) else tables()["written_out"]
    other = tables()["written_out"] if _LATIN.search(text) else tables()["alike"]
    small = text if _LATIN.search(text) else text.lower()
    return small.translate(table).lower().translate(other) if not _LATIN.search(text) else small.translate(table)


def _kept(letter: str) -> str:
    if letter.isascii():
        return "" if letter in _JOINING else letter
    return "" if letter in _JOINING or unicodedata.category(letter) in _MARKS else " "


def _small(letter: str) -> str:
    return letter if letter.isascii() else letter.casefold()


_KEPT, _SMALL = Kept(_kept), Kept(_small)


def _turned(written: Mapping[str, str]) -> dict[int, str]:
    return {ord(sign): letters for letters, signs in written.items() for sign in signs}
