"""Segments a handle or a shown name, in Latin letters or in a script of its own: letters, words, digits, readings."""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from engines.people.text.model import EMPTY, ReadHandle, Segmentation
from engines.text.characters import leet_signs
from engines.text.latin import collapse_repeats, to_latin

LONGEST = 48
_FULL_HANDLE = 15  # as many characters as X gives a handle
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# A year and the letters of a class, and what people hang on: one letter more, or crosses.
_IN_CLASS = re.compile(r"((?<![0-9])(?:[1-9]|1[0-3])|(?<![a-z0-9])r)([a-z]{1,2}?)((?:x+|[a-z])?)(?![a-z0-9])")
_IN_YEAR = re.compile(r"(?<![a-z])(?:year|yr|y)([1-9]|1[0-3])(?:x+|[a-z])?(?![a-z0-9])")
_LEET_INSIDE = re.compile(r"[0134578@$!]+(?=[A-Za-z])")
_LEET_END = re.compile(r"(?<=[A-Za-z])[0134578@$!]{1,3}(?![0-9A-Za-z])")
_SIGN = re.compile(r"[0134578@$!]")
_DIGIT = re.compile(r"[0-9]")
_TRIPLE = re.compile(r"(.)\1\1")
_DOUBLE = re.compile(r"(.)\1")


def segment(text: str, variant: str = "plain") -> Segmentation:
    """Return one reading of a plain text: separators, capitals and digits part its words."""
    if text.isalpha() and text.islower():
        whole = text[:LONGEST]
        return Segmentation(whole, frozenset((0, len(whole))), (), variant)
    letters, bounds, digits, length = [], {0}, [], 0
    for piece in _PIECES.findall(text):
        if piece[0].isdigit():
            digits.append(piece)
            continue
        bounds.add(length)
        letters.append(piece.lower())
        length += len(piece)
    bounds.add(length)
    joined = "".join(letters)
    if length > LONGEST:
        joined = joined[:LONGEST]
        bounds = {place for place in bounds if place <= LONGEST} | {LONGEST}
    return Segmentation(joined, bounds, tuple(digits), variant)


def read_handle(handle: str | None, classes: AbstractSet[str]) -> ReadHandle:
    """Return the ways in which a handle may be read; `classes` are the classes that the roll knows."""
    written = to_latin(handle).removeprefix("@")
    if not written or written.isdigit():
        return ReadHandle(EMPTY)
    class_name, year = None, None
    has_digit = _DIGIT.search(written) is not None
    if has_digit or "r" in written.lower():
        written, class_name = _cut_class(written, classes)
    if has_digit:
        written, year = cut_year(written)
    segmentation = segment(written)._replace(is_full=len(handle or "") == _FULL_HANDLE)
    return ReadHandle(segmentation, class_name, year, written)


def without_doubled_letters(segmentation: Segmentation) -> Segmentation | None:
    """Return the reading in which every doubled letter stands once, to be compared with names written so too."""
    if not _DOUBLE.search(segmentation.letters):
        return None
    is_kept = [True, *(a != b for a, b in itertools.pairwise(segmentation.letters))]
    new_places = [0, *itertools.accumulate(is_kept)]
    undoubled = "".join(itertools.compress(segmentation.letters, is_kept))
    bounds = {new_places[place] for place in segmentation.bounds} | {0, len(undoubled)}
    return Segmentation(undoubled, bounds, segmentation.digits, "stretched")


def alternative_readings(handle: ReadHandle, *, is_name_found: bool) -> Iterator[Segmentation]:
    """Yield the readings in which digits stand for letters and repeated letters for one.

    Digits at the end are letters only where no part of a name was met without them.
    """
    letters = handle.plain.letters
    if not _SIGN.search(handle.written) and not _DOUBLE.search(letters):
        return
    letters_read = {letters}
    for text, variant in _alternative_spellings(handle.written, with_end=not is_name_found):
        segmentation = segment(text, variant)
        if segmentation.letters not in letters_read:
            letters_read.add(segmentation.letters)
            yield segmentation


def read_leet(written: str) -> Segmentation | None:
    """Return the reading of a shown name in which digits stand for letters; None where none stands among letters."""
    if not _LEET_INSIDE.search(written):
        return None
    return segment(_LEET_INSIDE.sub(_decoded, written.lower()), "leet")


def _alternative_spellings(written: str, *, with_end: bool) -> Iterator[tuple[str, str]]:
    is_inside = _LEET_INSIDE.search(written) is not None
    if is_inside or (with_end and _LEET_END.search(written)):
        lower = written.lower()
        inside = _LEET_INSIDE.sub(_decoded, lower)
        yield inside, "leet"
        yield _LEET_END.sub(_decoded, inside), "leet"
        if "1" in lower:
            yield _LEET_INSIDE.sub(lambda match: _decoded(match).replace("i", "l"), lower), "leet"
    if _TRIPLE.search(written.lower()):
        yield collapse_repeats(written.lower(), 2), "stretched"


def _decoded(signs: re.Match[str]) -> str:
    return signs[0].translate(leet_signs())


def _cut_class(written: str, classes: AbstractSet[str]) -> tuple[str, str | None]:
    for match in _IN_CLASS.finditer(written.lower()):
        for class_name in (match[0], f"{match[1]}{match[2]}"):
            if class_name in classes:
                return f"{written[: match.start()]}_{written[match.end() :]}", class_name
    return written, None


def cut_year(written: str) -> tuple[str, str | None]:
    """Return a text without the year group that stands in it, such as `y8`, and that year."""
    match = _IN_YEAR.search(written.lower())
    if not match:
        return written, None
    return f"{written[: match.start()]}_{written[match.end() :]}", match[1]


_MOST_KEPT = 8_192
# Scripts whose letters `to_latin` writes out; all others are compared letter by letter, as they are.
_WRITTEN_OUT = ("LATIN", "GREEK", "CYRILLIC")
# Scripts that put no space between the parts of a name: each letter may begin one.
_UNSPACED = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def native_words(text: str | None) -> list[str]:
    """Return a text's words in scripts that are not written out, such as Chinese or Arabic, without signs that join."""
    if not text or text.isascii():
        return []
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).casefold()
    return "".join(map(_native_or_space, plain)).split()


def native_segmentation(text: str | None) -> Segmentation | None:
    """Return a text's words in such scripts, parted where a part of a name may begin; None without any."""
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
