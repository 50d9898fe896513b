"""Looks the parts of a text up in the dictionary of everybody's names."""

from collections.abc import Iterator, Sequence

from engines.people.handle import Spelt
from engines.people.roll import START, Bearers, Parts, Starts

Hit = tuple[int, int, str, Sequence[Bearers]]
_SHORTEST = 2


def hits_in(one: Spelt, parts: Parts, starts: Starts) -> list[Hit]:
    """Return every part of anybody's name in a text; very short ones count only where a word begins or ends."""
    letters, bounds, found = one.letters, one.bounds, []
    size = len(letters)
    for a in range(size - 1):
        longest = starts.get(letters[a : a + START])
        is_bound = a in bounds
        if is_bound and a + _SHORTEST in bounds and (bearers := parts.get(letters[a : a + _SHORTEST])):
            found.append((a, a + _SHORTEST, letters[a : a + _SHORTEST], bearers))
        if longest is None:
            continue
        for b in range(a + START, min(size, a + longest) + 1):
            form = letters[a:b]
            if form in parts and (is_bound or b - a > START or b in bounds):
                found.append((a, b, form, parts[form]))
    return found


def words_in(one: Spelt, parts: Parts, starts: Starts) -> list[Hit]:
    """Return the parts of names that are whole words, or several words, of a text."""
    places, found = sorted(one.bounds), []
    for i, a in enumerate(places):
        longest = starts.get(one.letters[a : a + START], _SHORTEST)
        for b in places[i + 1 :]:
            if b - a > longest:
                break
            form = one.letters[a:b]
            if b - a >= _SHORTEST and form in parts:
                found.append((a, b, form, parts[form]))
    return found


def anywhere_in(letters: str, starts: Starts) -> Iterator[str]:
    """Yield every run of letters that may be a part, from three letters on, wherever it stands."""
    for a in range(len(letters) - START + 1):
        longest = starts.get(letters[a : a + START], 0)
        for b in range(a + START, min(len(letters), a + longest) + 1):
            yield letters[a:b]
