"""A question needs a purpose in words; blanks that are not seen, signs and digits are none."""

import re
import unicodedata

from dashboards.ask.problems import AskError

_WORD = re.compile(r"[^\W\d_]+")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters to Unicode, and blank to a reader
_LETTERS_OF_A_WORD, _WORDS, _LETTERS, _LONGEST = 2, 2, 8, 1_000


def checked_purpose(purpose: str) -> str:
    """Return the purpose as it is kept; AskError unless it has two words, or one of eight letters."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", purpose) if sign not in _BLANK_LETTERS)
    kept = "".join(sign for sign in kept if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    words = [word for word in _WORD.findall(kept) if len(word) >= _LETTERS_OF_A_WORD]
    if len(words) < _WORDS and sum(map(len, words)) < _LETTERS:
        raise AskError("Say in a few words why you ask, with --purpose; it is kept with the question.")
    return " ".join(kept.split())[:_LONGEST]
