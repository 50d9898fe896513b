"""What makes two names, texts, headings, ids and accounts equal, whatever their accents, case and apostrophes."""

import re
import unicodedata

from engines.text.characters import MARKS, CharacterTable, latin_letter


def heading_key(heading: str) -> str:
    """Return a heading without case, spaces and punctuation, so that `Reg. Group` is `reggroup`."""
    return _alphanumeric(unicodedata.normalize("NFKC", heading).casefold())


def made_id_key(text: str) -> str:
    """Return the letters, digits and semicolons of a text without case; every made id rests on it for good."""
    return _alphanumeric(unicodedata.normalize("NFKD", text).casefold(), kept=";")


def account_key(account: str) -> str:
    """Return an id or a handle without case and without the `@` before it."""
    return account.strip().removeprefix("@").casefold()


def _alphanumeric(text: str, kept: str = "") -> str:
    return "".join(character for character in text if character.isalnum() or character in kept)


# Signs inside a name that people write or leave out: they join, where all other punctuation parts.
_JOINING = frozenset(
    ".'`"
    "\N{ACUTE ACCENT}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER PRIME}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}"
)
_PARTING = re.compile(r"[^a-z0-9]+")
_JOINING_ASCII = str.maketrans("", "", ".'`")


def fold(text: str) -> str:
    """Return the text in lower case without accents, punctuation or emoji, its words one space apart."""
    if text.isascii():
        return _PARTING.sub(" ", text.lower().translate(_JOINING_ASCII)).strip()
    # Twice, because taking apart can bring out letters to fold, and folding can bring out accents.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(unicodedata.normalize("NFKD", text).translate(_FOLDED).split())


def _folded_character(letter: str) -> str:
    letter = latin_letter(letter)
    if letter.isalnum():
        return letter
    is_dropped = letter in _JOINING or unicodedata.category(letter) in MARKS
    return "" if is_dropped else " "


_FOLDED = CharacterTable(_folded_character)
