"""Explains the letters that a name leaves over: decoration, a word of some kind, another name, or nothing known."""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from engines.people.handle import Spelt
from engines.people.roll import GIVEN, SURNAME, Roll, given_names

_SHORTEST_NAME = 3
_KNOWN_NATIONALLY = 500
_MOST_KEPT = 20_000
Span = tuple[int, int]


class Rest(NamedTuple):
    """What a name leaves over in one text: letters that nothing explains, kinds of words, and other names."""

    unexplained: int = 0
    kinds: Mapping[str, str] | None = None  # the kind of word, and the word
    other_given: str = ""
    other_surname: str = ""
    initials: Sequence[str] = ()


NO_REST = Rest()


@cache
def word_lists() -> Mapping[str, Sequence[str]]:
    """Return the lists of words.toml by their names."""
    text = resources.files("engines.people").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: tuple(listed) for name, listed in tomllib.loads(text).items()}


@cache
def flat_words() -> frozenset[str]:
    """Return every word of words.toml that may stand before a name."""
    return frozenset(word for name in KINDS for word in word_lists()[name])


KINDS = ("decoration", "hobby", "playing", "office", "selling", "teaching", "grown", "group")


def kinds_of_words(
    places: AbstractSet[str], school: AbstractSet[str], learned: AbstractSet[str] = frozenset()
) -> dict[str, str]:
    """Return the kind of every word known beside names; later lists win, and the file's own affixes come first."""
    made = dict.fromkeys(learned, "learned")
    for kind in KINDS:
        made.update(dict.fromkeys(word_lists()[kind], kind))
    made.update(dict.fromkeys(places, "place"))
    made.update(dict.fromkeys(school, "school"))
    return made


class RestReader:
    """Reads what is left over, for one register and one file of accounts."""

    def __init__(self, kinds: Mapping[str, str], roll: Roll) -> None:
        self._kinds = kinds
        self._parts = roll.parts
        self._given = given_names()
        self._longest = max(map(len, kinds), default=0)
        self._explained = lru_cache(maxsize=_MOST_KEPT)(self._explain)

    def read(self, one: Spelt, covered: Sequence[Span]) -> Rest:
        """Return what these spans leave over in this text."""
        return self._explained(_pieces(one, covered))

    def _explain(self, pieces: Sequence[str]) -> Rest:
        kinds: dict[str, str] = {}
        unexplained, given, surname, initials = 0, "", "", []
        for piece in pieces:
            if len(piece) == 1:
                if piece not in "xs":
                    initials.append(piece)
                continue
            kind, left = self._kind(piece)
            if kind:
                kinds[kind] = piece
            if not left:
                continue
            which = self.name_of(left)
            if which == "given":
                given = left
            elif which == "surname":
                surname = left
            else:
                unexplained += len(left)
        return Rest(unexplained, kinds, given, surname, initials)

    def name_of(self, piece: str) -> str:
        """Say whether a piece is somebody's given name or surname, or neither: an empty text."""
        if len(piece) < _SHORTEST_NAME:
            return ""
        entries = self._parts.get(piece)
        if entries:
            kinds = {one.kind for one in entries if one.level in {"own", "part"}}
            if kinds:
                return GIVEN if GIVEN in kinds else SURNAME
        return GIVEN if len(piece) > _SHORTEST_NAME and self._given.get(piece, 0) >= _KNOWN_NATIONALLY else ""

    def _is_surname(self, piece: str) -> bool:
        return any(one.kind == SURNAME and one.level == "own" for one in self._parts.get(piece, ()))

    def _kind(self, piece: str) -> tuple[str, str]:
        """Return a piece's kind, and what of it is still unexplained."""
        known = self._kinds.get(piece)
        if known and not self._is_surname(piece):
            return known, ""
        if self.name_of(piece):
            return "", piece
        for cut in range(min(len(piece) - 1, self._longest), 2, -1):
            if head := self._kinds.get(piece[:cut]):
                return head, "" if piece[cut:] in self._kinds else piece[cut:]
            if tail := self._kinds.get(piece[-cut:]):
                return tail, piece[:-cut]
        return "", piece


def _pieces(one: Spelt, covered: Sequence[Span]) -> tuple[str, ...]:
    """Return the runs of letters outside the covered spans, parted where words begin."""
    letters, size = one.letters, len(one.letters)
    if len(covered) == 1 and covered[0] == (0, size):
        return ()
    pieces, start = [], 0
    for a, b in [*sorted(covered), (size, size)]:
        if a > start:
            cuts = [start, *sorted([place for place in one.bounds if start < place < a]), a]
            pieces += [letters[x:y] for x, y in itertools.pairwise(cuts)]
        start = max(start, b)
    return tuple(pieces)
