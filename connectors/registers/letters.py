"""Which letters the bytes of a register file are, and whether a name has lost some: names are made of letters.

A file that says nothing of its encoding is UTF-8, or has the encoding under which its words look most like names.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial

WINDOWS = "cp1252"
# What else a school's programs write, the likelier first; what they are called in a sentence.
_GUESSED = {
    WINDOWS: "Windows (cp1252)",
    "mac_roman": "an old Mac (Mac Roman)",
    "cp850": "DOS (cp850)",
    "cp1250": "Windows for central Europe (cp1250)",
    "iso8859_14": "Welsh (ISO 8859-14)",
}
GUESSED = (
    "The file does not say how its letters are written and was read as one of {}; "
    "look at its names, and save it as CSV (UTF-8) or .xlsx."
)

_MOST_WORDS = 5000
_STRAY = re.compile("[\udc80-\udcff]+")  # bytes that are no UTF-8, as Python keeps them
_OF_UTF_8 = re.compile("[^\x00-\x7f\udc80-\udcff]")
_WORD = re.compile(r"[^\s,;\t\"|]*[^\s,;\t\"|\x00-\x7f][^\s,;\t\"|]*")
# What is left of UTF-8 that was read as cp1252, or in another way.
_CONTINUED = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)) + "\u0080-\u00bf"
_MOJIBAKE = re.compile(f"[ÂÃÄÅ][{_CONTINUED}]|â[€\u0080]|[√Ă├][^\\w\\s]")
# What stands in place of letters, in any of the ways in which they are lost or written out.
_LETTERS_LOST = re.compile(
    r"&#?\w+;|\\u[\da-f]{4}|=[\dA-F]{2}|%[\dA-F]{2}|\?|\u0192|[^\W\d_][\u2013\u2014\u201c\u201d][a-z\u00df-\u00ff]"
    r"|[A-Z][\u00e0-\u00ff][A-Z]"
)
_UNUSUAL = re.compile(r"[^\W\d_][\u2018\u201c\u201d\u2013\u2014]|[a-z]\u2019[b-df-hj-np-rt-z]")
_CAPITAL_WITHIN = re.compile(r"(?<![^\W\d_])([^\W\d_]*?[a-z\u00df-\u00ff])([^\W\d_a-zA-Z])")
_BEFORE_CAPITALS = {
    "h",
    "n",
    "t",
    "d",
    "o",
    "mc",
    "mac",
    "de",
    "di",
    "du",
    "da",
    "la",
    "le",
    "van",
    "von",
    "fitz",
    "al",
    "el",
}
_IN_NAMES = frozenset(
    "\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u00b4\u00b7\u02bb\u02bc\u060c\u00a0\u2027\u30fb"
)
_NO_LETTERS = frozenset({"Cc", "Cn", "Co", "Cs", "So", "Sm", "Sk", "Sc", "Po", "Ps", "Pe", "Pi", "Pf", "No"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a file, what its encoding is, and the bytes in it that are of another one (each still one sign)."""

    text: str
    encoding: str

    @property
    def guess(self) -> str | None:
        """What the encoding is called, where it had to be guessed and is not what Windows writes; else None."""
        return None if self.encoding == WINDOWS else called(self.encoding)


def called(encoding: str | None) -> str | None:
    """Return what an encoding that had to be found is called in a sentence; None for Unicode, which says so itself."""
    return _GUESSED.get(encoding or "")


def decoded(body: bytes) -> Letters | None:
    """Return the text of these bytes, None where they are no text; a byte that is no UTF-8 stays as a stray sign."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _whole(body, "utf-16")
    if b"\0" in body[:2]:  # every other byte is zero: UTF-16 that does not say so
        return _whole(body, "utf-16-be" if body.startswith(b"\0") else "utf-16-le")
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if body.startswith(b"\xef\xbb\xbf") or _OF_UTF_8.search(text) or not _STRAY.search(text):
        return Letters(text, "utf-8")
    guesses = [letters for encoding in _GUESSED if (letters := _whole(body, encoding))]
    return min(guesses, key=lambda letters: _unlikely(letters.text), default=None)


def _whole(body: bytes, encoding: str) -> Letters | None:
    try:
        return Letters(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def mended(cell: str) -> str:
    """Return a cell with its stray bytes as the letters that make the likeliest word of it."""
    if not _STRAY.search(cell):
        return cell
    return min((_STRAY.sub(partial(_as, encoding), cell) for encoding in _GUESSED), key=_unlikely)


def _as(encoding: str, stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode(encoding, "replace")


def is_stray(cell: str) -> bool:
    """Say whether bytes in this cell are of another encoding than the file."""
    return bool(_STRAY.search(cell))


def _unlikely(text: str) -> int:
    """Return how many words of a text with more than ASCII letters look like no name."""
    words = [found[0] for found, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False)]
    return sum(2 * is_damaged(word) + (not _has_vowel(word)) + bool(_UNUSUAL.search(word)) for word in words)


def _has_vowel(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word.casefold().replace("ŵ", "u"))
    return not any(map(str.isalpha, plain)) or any(sign in "aeiouyæøœ" for sign in plain)


def is_damaged(name: str) -> bool:
    """Say whether letters of a name were lost: signs stand in it that no name has, or that an encoding left behind."""
    if _LETTERS_LOST.search(name) or _MOJIBAKE.search(name):
        return True
    if any(sign > "\x7f" and sign not in _IN_NAMES and unicodedata.category(sign) in _NO_LETTERS for sign in name):
        return True
    within = _CAPITAL_WITHIN.finditer(name)
    return any(found[2].isupper() and found[1].casefold() not in _BEFORE_CAPITALS for found in within)
