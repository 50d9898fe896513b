"""Names in scripts that are not written out in Latin letters, such as Chinese, Korean, Arabic or Hebrew ones."""

import unicodedata
from functools import lru_cache

from engines.people.text.model import Segmentation

LONGEST = 48
_MOST_KEPT = 8_192
# Scripts whose letters `to_latin` writes out; all others are compared letter by letter, as they are.
_WRITTEN_OUT = ("LATIN", "GREEK", "CYRILLIC")
# Scripts that put no space between the parts of a name: each letter may begin one.
_UNSPACED = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def native_words(text: str | None) -> list[str]:
    """Return the words of a text that are in a script of this kind, signs that join letters left out."""
    if not text or text.isascii():
        return []
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).casefold()
    return "".join(map(_native_or_space, plain)).split()


def native_segmentation(text: str | None) -> Segmentation | None:
    """Return a text's words in such a script, parted where a part of a name may begin; None without any."""
    words = native_words(text)
    letters, bounds = "".join(words)[:LONGEST], {0}
    if not letters:
        return None
    place = 0
    for word in words:
        bounds |= {place + i for i in range(len(word))} if is_unspaced(word) else {place}
        place += len(word)
    return Segmentation(letters, {bound for bound in bounds if bound < len(letters)} | {len(letters)})


def is_unspaced(word: str) -> bool:
    """Say whether this word's script puts no space between the parts of a name."""
    return unicodedata.name(word[0], "").startswith(_UNSPACED)


@lru_cache(maxsize=_MOST_KEPT)
def _native_or_space(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] == "M":
        return letter
    if category == "Cf":
        return ""
    is_native = category[0] == "L" and not unicodedata.name(letter, "LATIN").startswith(_WRITTEN_OUT)
    return letter if is_native else " "
