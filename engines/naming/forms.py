"""Every form of a person's name, built once, and every way in which a form may be spelt."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import NamedTuple

from engines.naming.spelling import Atom, atoms_of, read

_SAINT = ("st", "saint")
_BEFORE_A_SURNAME = ("mc", "mac")  # what McAdam may be parted after, whether or not a register writes its capital
_SHORTEST_PART = 3
_MOST_SPELLINGS = 64  # a display name may be all umlauts
_HYPHENS = re.compile(r"[-\u2010-\u2015\s]+")
_BETWEEN_WORDS = re.compile(r"[\s,_]")


class PersonName(NamedTuple):
    """What a register says of somebody's name."""

    full_name: str | None = None
    given_names: str | None = None
    surname: str | None = None
    known_as: str | None = None
    other_names: str | None = None  # parted by semicolons

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the name, the whole name first; one with a comma has the surname first."""
        given, surname = self._parts
        firsts = dict.fromkeys((given, *given.split()[:1], self.known_as or ""))
        forms = [self.full_name or "", *(f"{first} {surname}" for first in firsts if first)]
        forms += [f"{surname}, {first}" for first in firsts if first and surname]
        forms += (self.other_names or "").split(";")
        return tuple(dict.fromkeys(form for each in forms if (form := " ".join(each.split()))))

    @property
    def shortened(self) -> tuple[str, ...]:
        """How others write it shorter: one half of a joined surname, and letters for the names in the middle."""
        given, surname = self._parts
        first, *middle = given.split() or [""]
        firsts = [each for each in dict.fromkeys((first, self.known_as or "")) if each]
        joined = _HYPHENS.split(surname)
        halves = [*joined, *parts_of(surname)] if len(joined) > 1 else []
        halves = list(dict.fromkeys(half for half in halves if half != surname and next(parts_of(half), None)))
        forms = [form for each in firsts for half in halves for form in (f"{each} {half}", f"{half}, {each}")]
        forms += [f"{each} {' '.join(one[0] for one in middle)} {surname}" for each in firsts if middle and surname]
        return tuple(dict.fromkeys(forms))

    @property
    def _parts(self) -> tuple[str, str]:
        """Return given names and surname; of a register that has the whole name alone, taken from that."""
        full = (self.full_name or "").strip()
        before, comma, after = full.partition(",")
        first, _, last = full.rpartition(" ")
        given, surname = (after, before) if comma else (first, last)
        if self.surname:
            return self.given_names or "", self.surname
        return self.given_names or given.strip(), surname.strip()


class Spelling(NamedTuple):
    """One way to write a form: its letters joined, where they may be parted, and where its comma stands, if it has one.

    `words` counts the words of the form: one that has several is not seen in a single word of a text, unless it is a
    tag, has capitals within or is long.
    """

    letters: str
    joints: frozenset[int]
    comma: int
    words: int
    longest: str


@lru_cache(maxsize=1 << 14)
def spellings_of(form: str) -> tuple[Spelling, ...]:
    """Return each way to write a form of a name: with and without accents, ü and ue, St and Saint."""
    text = read(form).text
    atoms = atoms_of(text)
    comma = text.find(",")
    words = 1 + sum(_BETWEEN_WORDS.search(text, a.end, b.start) is not None for a, b in pairwise(atoms))
    return tuple(
        _spelling(chosen, sum(atom.end <= comma for atom in atoms), words)
        for chosen in islice(product(*map(_written, atoms)), _MOST_SPELLINGS)
    )


def folded_words(text: str) -> frozenset[str]:
    """Return every word of a text, and every part of one, in each of its spellings."""
    words = {part for word in _blank_parted(text) for part in (word, *_parts_of(word))}
    return frozenset(spelling.letters for word in words for spelling in spellings_of(word))


def is_whole_name(form: str) -> bool:
    """Say whether a form has two words or more: a single one may be anybody's."""
    return any(spelling.words > 1 for spelling in spellings_of(form))


def parts_of(form: str) -> Iterator[str]:
    """Yield each word of a form, and each part of one that a sign joins, if it has three letters."""
    for word in _blank_parted(form):
        for part in dict.fromkeys((word, *_parts_of(word))):
            letters = {spelling.letters for spelling in spellings_of(part)}
            if letters.isdisjoint(_SAINT) and all(len(each) >= _SHORTEST_PART for each in letters):
                yield part


def _blank_parted(form: str) -> list[str]:
    return form.replace(",", " ").split()


def _parts_of(word: str) -> Iterator[str]:
    text = read(word).text
    yield from (text[atom.start : atom.end] for atom in atoms_of(text))


def _written(atom: Atom) -> tuple[str, ...]:
    return _SAINT if atom.spellings[0] in _SAINT else atom.spellings


def _spelling(chosen: tuple[str, ...], before_comma: int, words: int) -> Spelling:
    joints, length = set[int](), 0
    for atom in chosen:
        start = next((start for start in _BEFORE_A_SURNAME if atom.startswith(start) and atom != start), "")
        joints |= {length + len(start), length + len(atom)}
        length += len(atom)
    letters, comma = "".join(chosen), sum(map(len, chosen[:before_comma]))
    pieces = [letters[begins:ends] for begins, ends in pairwise(sorted({0, *joints, length}))]
    return Spelling(letters, frozenset(joints - {0, length}), comma, words, max(pieces, key=len, default=""))
