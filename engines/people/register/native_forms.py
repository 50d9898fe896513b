"""The forms of a name that the register writes in a script of its own, such as 李小明."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from engines.people.model import RegisterPerson
from engines.people.register.model import GIVEN, SURNAME, Bearers, Parts
from engines.people.text.native import is_unspaced, native_words
from engines.text.latin import latin_letters

_LEAST_LETTERS = 2


def native_parts(people: Sequence[RegisterPerson]) -> Parts:
    """Return who bears which part of a name in such a script."""
    bearers: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place, person in enumerate(people):
        for kind, form in _forms(person):
            bearers[form][kind].add(place)
    return {
        form: tuple(Bearers(kind, "own", frozenset(places)) for kind, places in by_kind.items())
        for form, by_kind in bearers.items()
    }


def _wholly_native_words(name: str | None) -> list[str]:
    """Return the words of a name in such a script; none where letters stand in it that are written out."""
    return [] if latin_letters(name) else native_words(name)


def _forms(person: RegisterPerson) -> Iterator[tuple[str, str]]:
    for kind, names in ((GIVEN, (person.given_names, person.known_as)), (SURNAME, (person.surname,))):
        for name in names:
            words = _wholly_native_words(name)
            yield from ((kind, form) for form in {"".join(words), *words[:1]} if form)
    for name in (person.full_name, person.other_names, person.known_as):
        yield from _parts_of_full_name(name)


def _parts_of_full_name(name: str | None) -> Iterator[tuple[str, str]]:
    """Yield the given name and the surname of a whole name: where nothing stands between them, the surname is first."""
    words = _wholly_native_words(name)
    if len(words) >= _LEAST_LETTERS:
        yield GIVEN, words[0]
        yield SURNAME, words[-1]
    elif words and is_unspaced(words[0]) and len(words[0]) > _LEAST_LETTERS:
        yield SURNAME, words[0][:1]
        yield GIVEN, words[0][1:]
