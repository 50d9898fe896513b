"""Looks the parts of a text up in the dictionary of everybody's names."""

from collections.abc import Mapping, Sequence

from checks.identity.handle import Spelt
from checks.identity.roll import Entry

Hit = tuple[int, int, str, Sequence[Entry]]


def hits_in(one: Spelt, parts: Mapping[str, Sequence[Entry]], starts: frozenset[str], longest: int) -> list[Hit]:
    """Return every part of anybody's name in a text; very short ones count only where a word begins or ends."""
    letters, bounds, found = one.letters, one.bounds, []
    size = len(letters)
    for a in range(size - 1):
        if letters[a : a + 3] not in starts and (a not in bounds or letters[a : a + 2] not in starts):
            continue
        for b in range(a + 2, min(size, a + longest) + 1):
            entries = parts.get(letters[a:b])
            if entries is None:
                continue
            is_far = b - a > 3 or a in bounds or (b in bounds and b - a == 3)
            if is_far and (b - a > 2 or b in bounds):
                found.append((a, b, letters[a:b], entries))
    return found


def words_in(one: Spelt, parts: Mapping[str, Sequence[Entry]], longest: int) -> list[Hit]:
    """Return the parts of names that are whole words, or several words, of a text."""
    places, found = sorted(one.bounds), []
    for i, a in enumerate(places):
        for b in places[i + 1 :]:
            if b - a > longest:
                break
            entries = parts.get(one.letters[a:b]) if b - a > 1 else None
            if entries is not None:
                found.append((a, b, one.letters[a:b], entries))
    return found


def starts_of(parts: Mapping[str, Sequence[Entry]]) -> frozenset[str]:
    """Return the first three letters of every part, so that most places of a text cost one look."""
    return frozenset(form[:3] for form in parts)
