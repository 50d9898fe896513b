"""How a surname is miswritten: letters swapped, dropped, doubled or changed, no vowels, backwards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from engines.people.register.model import SURNAME, Bearers, Parts, given_names

SHORTEST = 5  # of a shorter surname, a mistake is as often another name
_SHORTEST_WITHOUT_VOWELS = 4
_MOST_KEPT = 20_000
_KNOWN_NATIONALLY = 500
_VOWELS = frozenset("aeiou")
# Letters that are put for one another by ear.
_ALIKE = {"a": "eo", "e": "ai", "i": "ey", "o": "au", "u": "o", "y": "i", "c": "ks", "k": "c", "s": "zc", "z": "s"}


@lru_cache(maxsize=_MOST_KEPT)
def misspellings(surname: str) -> frozenset[str]:
    """Return the forms in which a surname of small plain letters may be misspelt; its first letter stays first."""
    if len(surname) < SHORTEST:
        return frozenset()
    return frozenset(_misspelt(surname)) - {surname}


def _misspelt(surname: str) -> Iterator[str]:
    for place in range(1, len(surname)):
        before, letter, after = surname[:place], surname[place], surname[place + 1 :]
        yield before + after
        yield before + letter + letter + after
        if after:
            yield before + after[0] + letter + after[1:]
        for other in _ALIKE.get(letter, ""):
            yield before + other + after
    yield without_vowels(surname)
    yield surname[::-1]


def without_vowels(name: str) -> str:
    """Return a name without its vowels, but for the first letter; whole where too little would be left."""
    consonants = name[0] + "".join(letter for letter in name[1:] if letter not in _VOWELS)
    return consonants if len(consonants) >= _SHORTEST_WITHOUT_VOWELS else name


def misspelt_surnames(parts: Parts, words: AbstractSet[str]) -> dict[str, Sequence[str]]:
    """Return every misspelt form with the surnames that it may stand for, the commonest first.

    What is a name itself, on the registers or in the country, or one of the words, is no other name misspelt.
    """
    surnames: defaultdict[str, list[str]] = defaultdict(list)
    for surname in sorted(parts, key=lambda form: (-len(_bearers(parts, form)), form)):
        if _bearers(parts, surname):
            for form in misspellings(surname):
                surnames[form].append(surname)
    common = given_names()
    return {
        form: standing_for
        for form, standing_for in surnames.items()
        if form not in parts and form not in words and common.get(form, 0) < _KNOWN_NATIONALLY
    }


def misspelt_parts(misspelt: Mapping[str, Sequence[str]], parts: Parts) -> Parts:
    """Return each misspelt form with everybody who bears one of its surnames."""
    alone = {
        surname: (Bearers(SURNAME, "misspelt", _bearers(parts, surname)),)
        for surname in {surname for surnames in misspelt.values() for surname in surnames}
    }
    return {
        form: alone[surnames[0]]
        if len(surnames) == 1
        else (Bearers(SURNAME, "misspelt", frozenset().union(*(_bearers(parts, surname) for surname in surnames))),)
        for form, surnames in misspelt.items()
    }


def _bearers(parts: Parts, surname: str) -> frozenset[int]:
    whole = (bearers.people for bearers in parts[surname] if bearers.kind == SURNAME and bearers.level == "own")
    return next(whole, frozenset())
