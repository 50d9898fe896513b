"""Explains the letters that a name leaves over: decoration, a word of some kind, another name, or nothing known."""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib import resources

from engines.people.candidates.model import Residual, Span
from engines.people.register.model import GIVEN, SURNAME, NameIndex, given_names
from engines.people.text.model import Segmentation

_SHORTEST_NAME = 3
# A name of three letters must be known to all; of six and more, whatever was ever given is one: hardly a word is.
_KNOWN_NATIONALLY, _KNOWN_TO_ALL, _LONG_NAME = 500, 10_000, 6
_MOST_KEPT = 20_000
_LETTERS_OF_A_SIGN = 3  # what a letter of another script is worth in Latin letters


@cache
def word_lists() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of words.toml by their names."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {name: tuple(listed) for name, listed in tomllib.loads(text).items()}


@cache
def words_beside_names() -> frozenset[str]:
    """Return every word of words.toml that may stand before a name."""
    return frozenset(word for name in KINDS for word in word_lists()[name])


KINDS = ("decoration", "hobby", "playing", "office", "selling", "teaching", "grown", "kin", "group", "about")


def word_kinds(
    places: AbstractSet[str], school: AbstractSet[str], affixes: AbstractSet[str] = frozenset()
) -> dict[str, str]:
    """Return the kind of every word known beside names; later lists win, and the file's own affixes come first."""
    kinds = dict.fromkeys(affixes, "learned")
    for kind in KINDS:
        kinds.update(dict.fromkeys(word_lists()[kind], kind))
    kinds.update(dict.fromkeys(places, "place"))
    kinds.update(dict.fromkeys(school, "school"))
    return kinds


class ResidualExplainer:
    """Reads what is left over, for one register and one file of accounts."""

    def __init__(self, kinds: Mapping[str, str], name_index: NameIndex) -> None:
        self._kinds = kinds
        self._parts, self._native_parts = name_index.parts, name_index.native_parts
        self._given = given_names()
        self._longest = max(map(len, kinds), default=0)
        self._explained = lru_cache(maxsize=_MOST_KEPT)(self._explain)

    def read(self, segmentation: Segmentation, covered: Sequence[Span]) -> Residual:
        """Return what these spans leave over in this text."""
        return self._explained(_pieces(segmentation, covered))

    def _explain(self, pieces: Sequence[str]) -> Residual:
        kinds: dict[str, str] = {}
        unexplained, given, surname, initials = 0, "", "", []
        for piece in pieces:
            if not piece.isascii():
                if any(bearers.kind == SURNAME for bearers in self._native_parts.get(piece, ())):
                    surname = piece
                else:
                    unexplained += _LETTERS_OF_A_SIGN
                continue
            if len(piece) == 1:
                if piece not in "xs":
                    initials.append(piece)
                continue
            kind, unexplained_piece = self._kind(piece)
            if kind:
                kinds[kind] = piece
            if not unexplained_piece:
                continue
            name_kind = self.name_of(unexplained_piece)
            if name_kind == "given":
                given = unexplained_piece
            elif name_kind == "surname":
                surname = unexplained_piece
            else:
                unexplained += len(unexplained_piece)
        return Residual(unexplained, kinds, given, surname, initials)

    def name_of(self, piece: str) -> str:
        """Say whether a piece is somebody's given name or surname, or neither: an empty text."""
        if len(piece) < _SHORTEST_NAME:
            return ""
        if kinds := {bearers.kind for bearers in self._parts.get(piece, ()) if bearers.level in {"own", "part"}}:
            return GIVEN if GIVEN in kinds else SURNAME
        undrawn = piece if piece in self._given else piece.rstrip(piece[-1]) + piece[-1]  # Ellaa, Miaaa
        is_short, is_long = len(undrawn) <= _SHORTEST_NAME, len(undrawn) >= _LONG_NAME
        least = _KNOWN_TO_ALL if is_short else 1 if is_long else _KNOWN_NATIONALLY
        return GIVEN if self._given.get(undrawn, 0) >= least else ""

    def _is_surname(self, piece: str) -> bool:
        return any(bearers.kind == SURNAME and bearers.level == "own" for bearers in self._parts.get(piece, ()))

    def _kind(self, piece: str) -> tuple[str, str]:
        """Return a piece's kind, and what of it is still unexplained."""
        kind = self._kinds.get(piece)
        if kind and not self._is_surname(piece):
            return kind, ""
        if self.name_of(piece):
            return "", piece
        for cut in range(min(len(piece) - 1, self._longest), 2, -1):
            if head := self._kinds.get(piece[:cut]):
                return head, "" if piece[cut:] in self._kinds else piece[cut:]
            if tail := self._kinds.get(piece[-cut:]):
                return tail, piece[:-cut]
        return "", piece


def _pieces(segmentation: Segmentation, covered: Sequence[Span]) -> tuple[str, ...]:
    """Return the runs of letters outside the covered spans, parted where words begin."""
    letters, size = segmentation.letters, len(segmentation.letters)
    if len(covered) == 1 and covered[0] == (0, size):
        return ()
    pieces, start = [], 0
    for a, b in [*sorted(covered), (size, size)]:
        if a > start:
            cuts = [start, *sorted([place for place in segmentation.bounds if start < place < a]), a]
            left_over = [letters[x:y] for x, y in itertools.pairwise(cuts)]
            is_drawn_out = segmentation.variant == "stretched" and start and left_over[0] == letters[start - 1]
            pieces += left_over[1:] if is_drawn_out else left_over  # anayaaaa: no initial
        start = max(start, b)
    return tuple(pieces)
