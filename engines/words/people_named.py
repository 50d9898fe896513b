"""Full names of people on a roll, wherever they stand in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engines.text.normalised import Span, normalise

PersonRow = Mapping[str, str | None] | tuple[str, str | None, str | None, str | None]
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_TAG = re.compile(r"[#@]([^\W_]{4,60})(?!\w)")
_CAMEL_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SHORTEST_JOINED = 9
_ONE_NAME = ("Mc", "Mac", "O'", "Fitz")
_POSSESSIVE = re.compile(r"'s$|'$", re.IGNORECASE)
_WITHIN_NAME = re.compile(r"[ \t\u00a0_-]{0,3}")
_BETWEEN_TURNED = re.compile(r" {0,2}, {0,2}")


@dataclass(frozen=True, slots=True)
class _NameVariant:
    """One way to write a person's name; `comma_at` is the word before which a turned name has its comma."""

    person_id: str
    words: tuple[str, ...]
    comma_at: int = 0


class _FoldedWord(NamedTuple):
    folded: str
    start: int
    end: int


class NameList:
    """The names of many people, made ready to be looked for in many texts."""

    def __init__(self, people: Iterable[PersonRow]) -> None:
        self._names: dict[tuple[str, str], list[_NameVariant]] = defaultdict(list)
        self._joined: dict[str, list[str]] = defaultdict(list)
        for name in {name for person in people for name in _name_variants(person)}:
            self._names[name.words[0], name.words[1]].append(name)
            if not name.comma_at:
                self._joined["".join(name.words)].append(name.person_id)
        for names in self._names.values():
            names.sort(key=lambda name: (-len(name.words), name.person_id))

    def names_in(self, text: str) -> list[tuple[str, Span]]:
        """Return who is named in full in the text and where, in the order of the text."""
        normalised = normalise(text, keeps_case=True, parts_tags=False)
        words = list(_words(normalised.text))
        names = {(who, normalised.span(*span)) for who, span in self._written(words, normalised.text)}
        for tag in _TAG.finditer(normalised.text):
            folded = tag[1].lower().rstrip("0123456789")
            names |= {(who, normalised.span(tag.start(), tag.end())) for who in self._joined.get(folded, ())}
        return sorted(_widest(names), key=lambda name: (name[1], name[0]))

    def _written(self, words: Sequence[_FoldedWord], text: str) -> Iterator[tuple[str, Span]]:
        for at in range(len(words) - 1):
            key = (words[at].folded, words[at + 1].folded)
            for name in self._names.get(key, ()):
                if _fits(name, words[at : at + len(name.words)], text):
                    yield name.person_id, (words[at].start, words[at + len(name.words) - 1].end)


def names_in(text: str, people: Sequence[PersonRow] | NameList) -> list[tuple[str, Span]]:
    """Return who is named in full in the text and where; give a Roll when there are many texts to read.

    A person is (id, given names, known as, surname), or a mapping with person_id, given_names, known_as and surname.
    """
    roll = people if isinstance(people, NameList) else NameList(people)
    return roll.names_in(text)


@lru_cache(maxsize=8)
def name_list_of(names: frozenset[str]) -> NameList:
    """Return a roll of names that are given whole, such as a full name, or a title with its surname."""
    return NameList((name, *_first_and_rest(name)) for name in sorted(names))


def _first_and_rest(name: str) -> tuple[str, None, str]:
    first, _, rest = name.strip().partition(" ")
    return first, None, rest


def _name_variants(person: PersonRow) -> set[_NameVariant]:
    if isinstance(person, Mapping):
        row = (person.get("person_id"), person.get("given_names"), person.get("known_as"), person.get("surname"))
    else:
        row = person
    who, given, known_as, surname = str(row[0]), row[1] or "", row[2] or "", row[3] or ""
    last = _folded_words(surname)
    firsts = {_folded_words(given), _folded_words(given.split()[0] if given.split() else ""), _folded_words(known_as)}
    names = set()
    for first in firsts - {()}:
        if last:
            names |= {_NameVariant(who, first + last), _NameVariant(who, last + first, comma_at=len(last))}
    return names


def _folded_words(written: str) -> tuple[str, ...]:
    return tuple(word.folded for word in _words(normalise(written, keeps_case=True, parts_tags=False).text))


def _words(text: str) -> Iterator[_FoldedWord]:
    """Yield the words of a text, folded, without a possessive; words joined as in TwoWords come one by one."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]) if "'" in match[0] else match[0]
        # A surname such as McAdam is one word: only what a tag or a handle joins is taken apart.
        for start, end in pairwise(_joints(word)) if _is_joined(text, match.start(), word) else ((0, len(word)),):
            folded = word[start:end].casefold().replace("'", "")
            if folded:
                yield _FoldedWord(folded, match.start() + start, match.start() + end)


def _joints(word: str) -> list[int]:
    return [0, *(joint.start() for joint in _CAMEL_JOINT.finditer(word)), len(word)]


def _is_joined(text: str, start: int, word: str) -> bool:
    if start > 0 and text[start - 1] in "#@_":
        return True
    return len(word) >= _SHORTEST_JOINED and not word.startswith(_ONE_NAME) and _CAMEL_JOINT.search(word) is not None


def _fits(name: _NameVariant, words: Sequence[_FoldedWord], text: str) -> bool:
    """Say whether the words are the name, side by side, and no part of a longer name joined by a hyphen."""
    if len(words) < len(name.words) or tuple(word.folded for word in words) != name.words:
        return False
    for at, (left, right) in enumerate(pairwise(words), start=1):
        wanted = _BETWEEN_TURNED if name.comma_at == at else _WITHIN_NAME
        if not wanted.fullmatch(text, left.end, right.start):
            return False
    return not _goes_on(text, words[-1].end, 1) and not _goes_on(text, words[0].start - 1, -1)


def _goes_on(text: str, at: int, step: int) -> bool:
    """Say whether a hyphen and another letter stand here: a double-barrelled name."""
    beyond = at + step
    inside = 0 <= at < len(text) and 0 <= beyond < len(text)
    return inside and text[at] == "-" and text[beyond].isalpha()


def _widest(names: set[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """Leave out a name that stands within a longer one, whoever bears it."""
    spans = sorted({span for _, span in names}, key=lambda span: (span[0], -span[1]))
    reached, kept = -1, set()
    for start, end in spans:
        if end > reached:
            kept.add((start, end))
            reached = end
    return ((who, span) for who, span in names if span in kept)
