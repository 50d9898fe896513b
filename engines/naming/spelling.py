"""Takes a text apart into the smallest pieces that a name is made of, each in plain small letters, with its place.

`O'Neill`, `O Neill` and `#ONeill` become `o` and `neill`, `Oneill` becomes `oneill`: joined they are equal.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from engines.text.characters import MARKS, CharacterTable, latin_letter, without_lookalikes, written_as_two
from engines.text.folding import fold

# Accents that stand alone, and signs that are not drawn: part of the word in which they stand.
_UNDRAWN = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u061c\u064b-\u065f\u0670\u180e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_WORD = re.compile(rf"[^\W_]+(?:[{_UNDRAWN}]+[^\W_]*)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
# A letter as JSON, an address or a page of HTML writes it.
_ESCAPED = re.compile(
    r"(?:\\+u[0-9a-fA-F]{4})+|(?:%[0-9a-fA-F]{2})+|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
)
_ESCAPES = ("\\u", "%", "&")
ESCAPED_IN_SQL = (r"\\u[0-9a-f]{4}", "%[0-9a-f]{2}", "&#?[0-9a-z]+;")
_FIGURES = re.compile(r"\d+|\D+")
# Letters that are written as two are also written as one, like any accent.
_TWO_AS_ONE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ø": "o", "å": "a"})
_APOSTROPHES = dict.fromkeys(range(0x02B9, 0x02BE), "'")  # which are letters to Unicode
_TAG_SIGNS = "#@_/"
_SHORTEST_JOINED = 9
LONG = 12  # letters from which a whole name that is written as one word is no other word
_MOST = 8  # words of a run, and spellings of it
_ONE_NAME = ("Mc", "Mac", "Fitz")


class Atom(NamedTuple):
    """A piece of a word: its spellings in small letters, its place, and whether it is glued to the piece before."""

    spellings: tuple[str, ...]
    start: int
    end: int
    is_glued: bool = False
    is_tagged: bool = False  # in a word that begins after one of # @ _ /


class TextRead(NamedTuple):
    """A text with its escapes read, and where each of its letters stood in the text as given; None where it did."""

    text: str
    origins: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where this part stood in the text as given."""
        return (start, end) if self.origins is None else (self.origins[start], self.origins[end])


def with_escapes_read(text: str) -> str:
    r"""Return a text with what JSON writes as `\u00eb`, an address as `%C3%AB` and HTML as `&euml;` read."""
    return _ESCAPED.sub(_unescaped, text) if any(sign in text for sign in _ESCAPES) else text


def _unescaped(found: re.Match[str]) -> str:
    said = found[0]
    if said[0] == "%":  # '%ad...' of a question is no letter
        try:
            return unquote(said, errors="strict")
        except UnicodeDecodeError:
            return said
    return html.unescape(said) if said[0] == "&" else str(json.loads('"' + re.sub(r"\\+", r"\\", said) + '"'))


def read(text: str) -> TextRead:
    """Return a text as its letters look: escapes read, letters that pose as Latin ones in Latin."""
    if not any(sign in text for sign in _ESCAPES):
        return TextRead(text if text.isascii() else without_lookalikes(text).translate(_APOSTROPHES), None)
    letters, origins, at = list[str](), list[int](), 0
    for found in _ESCAPED.finditer(text):
        said = _unescaped(found)
        letters += text[at : found.start()], said
        origins += [*range(at, found.start()), *([found.start()] * len(said))]
        at = found.end()
    decoded = without_lookalikes("".join((*letters, text[at:]))).translate(_APOSTROPHES)
    return TextRead(decoded, [*origins, *range(at, len(text) + 1)])


def atoms_of(text: str) -> list[Atom]:
    """Return the pieces of a text that was read: parted by all that is no letter, by figures, and by capitals in tags.

    A surname such as McAdam is one piece in a sentence: only what a tag, a handle or many letters join is taken apart.
    """
    atoms = list[Atom]()
    for match in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
        word, start = match[0], match.start()
        is_tagged = start > 0 and text[start - 1] in _TAG_SIGNS
        if word.isalpha() and (word.islower() or word[1:].islower()):
            if folded := _folded(word):
                atoms.append(Atom(folded, start, match.end(), is_tagged=is_tagged))
            continue
        for begins, ends in pairwise(_joints(word, is_tagged=is_tagged)):
            if folded := _folded(word[begins:ends]):
                atoms.append(Atom(folded, start + begins, start + ends, begins > 0, is_tagged))
    return atoms


def runs_of_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the joined letters of every run of words of a text, with its place: what a whole name may be spelt by.

    A word that stands alone counts in a tag, or where it is too long to be another word.
    """
    given = read(text)
    atoms = atoms_of(given.text)
    for first, atom in enumerate(atoms):
        said = [""]
        for last, piece in enumerate(atoms[first : first + _MOST]):
            said = [before + spelling for before in said for spelling in piece.spellings][:_MOST]
            for letters in said:
                if last or atom.is_tagged or len(letters) >= LONG:
                    yield letters, *given.span(atom.start, piece.end)


def plain_letters(text: str) -> str:
    """Return a text in plain small letters, signs and blanks as they are: what a name's pieces can be looked for in."""
    text = with_escapes_read(text)
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", without_lookalikes(text)).casefold())
    return folded.translate(_PLAIN)


def anchor(spelling: str) -> str:
    """Return a pattern that `plain_letters` of every text has which says this, one letter written for two or not."""
    return re.sub("[aou]e|aa|o[uho]|uu", lambda two: f"{two[0]}?", re.escape(spelling))


def _joints(word: str, *, is_tagged: bool) -> list[int]:
    """Return where a word may be parted, with its beginning and end."""
    places = {match.end() for match in _FIGURES.finditer(word)}
    capitals = {at for at in range(1, len(word)) if word[at].isupper() and _is_small(word, at - 1)}
    is_long = len(word) >= _SHORTEST_JOINED and not word.startswith(_ONE_NAME)
    return sorted({0, *places, *(capitals if is_tagged or is_long else ())})


def _is_small(word: str, at: int) -> bool:
    while at > 0 and unicodedata.category(word[at]) in MARKS:
        at -= 1
    return word[at].islower()


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower(),)
    small = unicodedata.normalize("NFKC", word).casefold()
    written = (small.translate(_TWO_AS_ONE), *(written_as_two(small) or (small,)))
    return tuple(dict.fromkeys(plain for each in written if (plain := fold(each).replace(" ", ""))))


def _plain_letter(letter: str) -> str:
    return "" if unicodedata.category(letter) in MARKS else latin_letter(letter)


_PLAIN = CharacterTable(_plain_letter)
