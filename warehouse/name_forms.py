"""The forms of a person's name that a text may have, and which words of it are nobody else's."""

from collections.abc import Collection, Iterator

from warehouse.subject_patterns import plain

TWO_WORDS = 2
_SHORTEST_WORD = 3


def own_words(names: Collection[str], others: Collection[str]) -> frozenset[str]:
    """Return the words of somebody's names, of three letters or more, that are in nobody else's."""
    theirs, taken = ({word for name in every for word in name.split()} for every in (names, others))
    return frozenset(word for word in theirs - taken if len(word) >= _SHORTEST_WORD)


def name_forms(
    full: str | None, given: str | None, surname: str | None, known_as: str | None, others: str | None
) -> Iterator[str]:
    """Yield each form of a person's name that has two words or more."""
    first = given.split()[0] if given and given.split() else ""
    pairs = [(given, surname), (first, surname), (known_as, surname), (surname, given), (surname, first)]
    forms = [full or "", *(" ".join(word or "" for word in pair) for pair in pairs), *(others or "").split(";")]
    for form in forms:
        words = plain(form).replace(",", " ").split()
        if len(words) >= TWO_WORDS:
            yield " ".join(words)
