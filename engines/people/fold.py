"""Brings names and texts to one plain form, so that accents, case, apostrophes and emoji do not tell them apart."""

import re
import unicodedata
from collections.abc import Callable

# Letters that Unicode does not take apart into a plain letter and an accent.
_LETTERS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER H WITH STROKE}": "h",
        "\N{LATIN SMALL LETTER T WITH STROKE}": "t",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER SCHWA}": "e",
    }
)
# Signs inside a name that people write or leave out: they join, where all other punctuation parts.
_JOINING = frozenset(
    ".'`"
    "\N{ACUTE ACCENT}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER PRIME}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}"
)
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf"})
_PARTING = re.compile(r"[^a-z0-9]+")
_JOINING_ASCII = str.maketrans("", "", ".'`")


def fold(text: str) -> str:
    """Return the text in lower case without accents, punctuation or emoji, its words one space apart."""
    if text.isascii():
        return _PARTING.sub(" ", text.lower().translate(_JOINING_ASCII)).strip()
    # Twice, because taking apart can bring out letters to fold, and folding can bring out accents.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(unicodedata.normalize("NFKD", text).translate(_KEPT).split())


class Kept(dict[int, str]):
    """A table for `str.translate` that works out what is kept of a letter when it first meets it."""

    def __init__(self, kept: Callable[[str], str]) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, code: int) -> str:
        self[code] = self._kept(chr(code))
        return self[code]


def _kept(letter: str) -> str:
    letter = letter.translate(_LETTERS)
    if letter.isalnum():
        return letter
    is_dropped = letter in _JOINING or unicodedata.category(letter) in _DROPPED_CATEGORIES
    return "" if is_dropped else " "


_KEPT = Kept(_kept)
