"""Make other people's text harmless before it is shown: names, handles, bios and comments are written by strangers.

`plain` is for every text; `shortened` for a page; `cell` for a spreadsheet; `known_link` says which addresses
may be followed. Escaping for HTML is the template engine's work, not ours.
"""

import unicodedata
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from policies.platforms.registry import PLATFORMS

MARKS_IN_A_ROW = 3
LONGEST_TEXT = 600
LONGEST_ADVICE = 690  # what to do and what not is in our own words, and to be read whole
LONGEST_LINK = 200
BREAKABLE = 12
JOINERS = frozenset("\u200c\u200d")  # Persian, Indic scripts and emoji need these two
FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
SPACES = frozenset({"Zs", "Zl", "Zp"})
UNSEEN = frozenset({"Cf", "Cs", "Co"})
KNOWN_HOSTS = frozenset(host for platform in PLATFORMS.values() for host in platform.web_hosts)


def plain(text: str) -> str:
    """Return the text without control, direction and invisible characters, with few stacked marks."""
    if text.isascii() and text.isprintable():
        return text.strip()  # most texts: nothing in them can do harm
    kept = "".join(_plain_character(character) for character in unicodedata.normalize("NFC", text))
    return " ".join(_few_marks(kept).split(" ")).strip()


def _plain_character(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc" or kind in SPACES:
        return " "
    return "" if kind in UNSEEN and character not in JOINERS else character


def _few_marks(text: str) -> str:
    """Keep at most three combining marks in a row, so that no name paints over its neighbours."""
    parts: list[str] = []
    for is_mark, run in groupby(text, key=lambda character: unicodedata.category(character) in {"Mn", "Me"}):
        characters = "".join(run)
        parts.append(characters[:MARKS_IN_A_ROW] if is_mark else characters)
    return "".join(parts)


def plain_row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the row with every text made plain and every other value as it was."""
    return tuple(plain(value) if isinstance(value, str) else value for value in values)


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text, cut after so many characters with a note of how many were left out."""
    left_out = len(text) - longest
    return text if left_out <= 0 else f"{text[:longest]}… ({left_out} more characters)"


def has_long_word(value: object) -> bool:
    """Say whether the text has a word so long that a narrow column must be allowed to break it."""
    return any(len(word) > BREAKABLE for word in str(value).split())


def cell(value: Any) -> Any:
    """Return the value so that no spreadsheet takes it for a formula; only text is changed."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def known_link(text: str) -> bool:
    """Say whether the text is an https address at a known platform and nothing else, so it may be followed."""
    if len(text) > LONGEST_LINK or not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc in KNOWN_HOSTS
