"""Looks up the parts of a text in the index of everybody's names."""

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from engines.people.register.model import GIVEN, START, SURNAME, Parts, Starts, given_names
from engines.people.text.model import LookedUpText, Occurrence, Segmentation
from engines.people.text.segmentation import native_segmentation

_SHORTEST, _BOTH_ENDS, _LONG = 2, 2, 6
_KNOWN_NATIONALLY = 500


def find_parts(
    segmentation: Segmentation, parts: Parts, starts: Starts, doubtful: Container[str] = (), words: Container[str] = ()
) -> list[Occurrence]:
    """Return every part of anybody's name in a text; very short and doubtful ones only where a word begins or ends.

    Where more of the word stands beside one of three letters, it must be an initial, one of the `words`, or begin as a
    name does: there is no Mia in `miasma`, and no Ser in `user`.
    """
    letters, bounds, occurrences = segmentation.letters, segmentation.bounds, []
    size = len(letters)
    for a in range(size - 1):
        longest = starts.get(letters[a : a + START])
        is_bound = a in bounds
        if is_bound and a + _SHORTEST in bounds and (bearers := parts.get(letters[a : a + _SHORTEST])):
            occurrences.append((a, a + _SHORTEST, letters[a : a + _SHORTEST], bearers))
        if longest is None:
            continue
        for b in range(a + START, min(size, a + longest) + 1):
            form = letters[a:b]
            if form not in parts:
                continue
            ends = is_bound + (b in bounds)
            is_doubtful = b - a == START or form in doubtful
            if ends == _BOTH_ENDS or not is_doubtful or _is_explained(segmentation, (a, b), parts, starts, words):
                occurrences.append((a, b, form, parts[form]))
    return occurrences


def _is_explained(
    segmentation: Segmentation, span: tuple[int, int], parts: Parts, starts: Starts, words: Container[str]
) -> bool:
    """Say whether what stands before and after a part in the same word may belong to a name, or is a known word."""
    (a, b), letters = span, segmentation.letters
    begin = max(place for place in segmentation.bounds if place <= a)
    end = min(place for place in segmentation.bounds if place >= b)
    before, after = letters[begin:a], letters[b:end]
    if letters[begin:end] in words:
        return False
    if before and before not in words and before not in parts:
        is_initial = before == "x" or (len(before) == 1 and _takes_initial(letters[a:b], parts))
        if not is_initial and not _is_word_and_part(before, parts, words):
            return False
    return len(after) < START or after in words or after[:START] in starts


def _is_word_and_part(before: str, parts: Parts, words: Container[str]) -> bool:
    """Say whether these letters are a known word and a part of a name, as `rep` and `cole` in `repcoletom`."""
    return any(before[:cut] in words and before[cut:] in parts for cut in range(1, len(before) - 1))


def _takes_initial(form: str, parts: Parts) -> bool:
    """Say whether a letter before this form may be an initial: before a surname, and before a misspelt one if long."""
    levels = {bearers.level for bearers in parts[form] if bearers.kind == SURNAME}
    return bool(levels) and (levels != {"misspelt"} or len(form) >= _LONG)


def find_native_parts(segmentation: Segmentation, parts: Parts) -> list[Occurrence]:
    """Return the parts of names in a text of another script: from one place where one may begin to another."""
    places = sorted(segmentation.bounds)
    return [
        (a, b, form, parts[form])
        for i, a in enumerate(places)
        for b in places[i + 1 :]
        if (form := segmentation.letters[a:b]) in parts
    ]


def read_native(text: str | None, native_parts: Parts) -> LookedUpText | None:
    """Return a text in a script of its own, where it shows a name that the register writes so."""
    if not native_parts or not text or text.isascii():
        return None
    segmentation = native_segmentation(text)
    occurrences = find_native_parts(segmentation, native_parts) if segmentation else []
    return (segmentation, occurrences) if segmentation and occurrences else None


def find_whole_words(segmentation: Segmentation, parts: Parts, starts: Starts) -> list[Occurrence]:
    """Return the parts of names that are whole words, or several words, of a text."""
    places, occurrences = sorted(segmentation.bounds), []
    for i, a in enumerate(places):
        longest = starts.get(segmentation.letters[a : a + START], _SHORTEST)
        for b in places[i + 1 :]:
            if b - a > longest:
                break
            form = segmentation.letters[a:b]
            if b - a >= _SHORTEST and form in parts:
                occurrences.append((a, b, form, parts[form]))
    return occurrences


def find_two_parts(segmentation: Segmentation, parts: Parts, starts: Starts) -> list[Occurrence]:
    """Return the given name and the surname of somebody of which one word is made: `tiabrannel`, `branneltia`."""
    letters, size = segmentation.letters, len(segmentation.letters)
    if len(segmentation.bounds) > _BOTH_ENDS or letters[:START] not in starts:
        return []
    for cut in range(START, size - START + 1):
        first, last = parts.get(letters[:cut], ()), parts.get(letters[cut:], ())
        if any(one.kind != other.kind and not one.people.isdisjoint(other.people) for one in first for other in last):
            return [(0, cut, letters[:cut], first), (cut, size, letters[cut:], last)]
    return []


def possible_parts(letters: str, starts: Starts) -> Iterator[str]:
    """Yield every run of letters that may be a part, from three letters on, wherever it stands."""
    for a in range(len(letters) - START + 1):
        longest = starts.get(letters[a : a + START], 0)
        for b in range(a + START, min(len(letters), a + longest) + 1):
            yield letters[a:b]


def longest_by_start(parts: Iterable[str]) -> Starts:
    """Return the first letters of every part, each with the length of the longest part that begins so."""
    longest: dict[str, int] = {}
    for form in parts:
        longest[form[:START]] = max(longest.get(form[:START], 0), len(form))
    return longest


def outside_other_names(segmentation: Segmentation, occurrences: list[Occurrence], parts: Parts) -> list[Occurrence]:
    """Leave out what stands inside a word that is a given name of somebody on no register: no Cole is in Nicole."""
    letters = segmentation.letters
    for begin, end in pairwise(sorted(segmentation.bounds)):
        word = letters[begin:end]
        if word not in parts and given_names().get(word, 0) >= _KNOWN_NATIONALLY:
            occurrences = [
                occurrence
                for occurrence in occurrences
                if not (begin <= occurrence[0] and occurrence[1] <= end) or _leaves_an_initial(occurrence, begin, end)
            ]
    return occurrences


def _leaves_an_initial(occurrence: Occurrence, begin: int, end: int) -> bool:
    a, b, _, entries = occurrence
    return a == begin and end - b == 1 and any(entry.kind == GIVEN for entry in entries)
