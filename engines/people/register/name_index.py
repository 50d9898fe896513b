"""Indexes the registers by parts of names, so that a handle is looked up and never compared with everybody."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from engines.people.model import RegisterPerson
from engines.people.register.misspellings import misspelt_parts, misspelt_surnames
from engines.people.register.model import GIVEN, LONGEST_START, START, SURNAME, Bearers, NameIndex, Parts, PersonForms
from engines.people.register.person_forms import person_forms
from engines.people.text.full_names import full_names_of
from engines.people.text.lookup import longest_by_start
from engines.people.text.segmentation import is_unspaced, native_words
from engines.text.folding import fold
from engines.text.latin import collapse_repeats, latin_letters

_LEAST_LETTERS = 2


Key = TypeVar("Key", bound=str)
_Groups = defaultdict[str, defaultdict[tuple[str, str], list[int]]]


def native_parts(people: Sequence[RegisterPerson]) -> Parts:
    """Return who bears which part of a name in a script that is not written out in Latin letters."""
    parts: _Groups = defaultdict(lambda: defaultdict(list))
    for place, person in enumerate(people):
        for kind, form in _forms(person):
            parts[form][kind, "own"].append(place)
    return _frozen_parts(parts)


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


def build_name_index(
    people: Sequence[RegisterPerson], *, has_school: bool = True, words: AbstractSet[str] = frozenset()
) -> NameIndex:
    """Return the dictionary of everybody's name parts; without a school, adults are weighed by their names alone.

    No surname is taken for misspelt where one of the `words` is written.
    """
    everybody = _everybody(people, has_school=has_school)
    parts = _grouped_parts(everybody)
    exact_parts = _frozen_parts(parts)
    misspelt = misspelt_surnames(exact_parts, words)
    child_forms = _child_forms(everybody)
    return NameIndex(
        everybody,
        {**misspelt_parts(misspelt, exact_parts), **exact_parts},
        _frozen_parts(_undoubled(parts)),
        {form: surnames[0] for form, surnames in misspelt.items()},
        roles=[
            (role, everybody[min(people)].group, people)
            for role, people in _indexed((forms.person.role, i) for i, forms in enumerate(everybody)).items()
        ],
        given_starts=_indexed(
            (start, i) for i, forms in enumerate(everybody) for start in _beginnings(forms.given, forms.given_initials)
        ),
        surname_starts=_indexed(
            (start, i)
            for i, forms in enumerate(everybody)
            for start in _beginnings(forms.surname, forms.surname_initials, forms.last_initials)
        ),
        classes=frozenset(forms.class_name for forms in everybody if forms.class_name),
        native_parts=native_parts(people),
        full_names=_indexed(
            (name, i)
            for i, forms in enumerate(everybody)
            if not forms.given or not forms.surname
            for name in full_names_of(forms.person)
        ),
        initials=_indexed((initials, i) for i, forms in enumerate(everybody) for initials in _initials(forms)),
        staff_initials=_staff_initials(everybody),
        groups_with_birth_dates=frozenset(forms.group for forms in everybody if forms.person.date_of_birth),
        class_words=frozenset(word for forms in everybody for word in words_of_class(forms.class_name)),
        job_words=frozenset(forms.job.partition(" ")[0] for forms in everybody if forms.job),
        child_forms=child_forms,
        child_starts=longest_by_start(child_forms),
    )


def _everybody(people: Sequence[RegisterPerson], *, has_school: bool) -> list[PersonForms]:
    everybody = [person_forms(forms) for forms in people]
    if not has_school:
        for forms in everybody:
            forms.group = forms.group if forms.group in {"child", "leaver"} else "other"
    by_id = {forms.person.person_id: i for i, forms in enumerate(everybody) if forms.person.role in {"pupil", "leaver"}}
    for forms in everybody:
        ids = re.split(r"[;, ]+", forms.person.related_ids or "")
        forms.children = tuple(by_id[ident] for ident in ids if ident in by_id)
    return everybody


def _grouped_parts(everybody: Sequence[PersonForms]) -> _Groups:
    parts: _Groups = defaultdict(lambda: defaultdict(list))
    for i, forms in enumerate(everybody):
        for kind, names in ((GIVEN, forms.given), (SURNAME, forms.surname)):
            for name, level in names.items():
                parts[name][kind, level].append(i)
    return parts


def _undoubled(parts: _Groups) -> _Groups:
    """Return the same with doubled letters once; forms that become one share their bearers."""
    undoubled: _Groups = defaultdict(lambda: defaultdict(list))
    for form, by_level in parts.items():
        for kind_and_level, bearers in by_level.items():
            undoubled[collapse_repeats(form)][kind_and_level] += bearers
    return undoubled


def _child_forms(everybody: Sequence[PersonForms]) -> dict[str, frozenset[int]]:
    return _indexed(
        (form, i)
        for i, forms in enumerate(everybody)
        for child in forms.children
        for form in everybody[child].given
        if len(form) >= START
    )


def _staff_initials(everybody: Sequence[PersonForms]) -> dict[str, frozenset[int]]:
    staff = ((i, forms) for i, forms in enumerate(everybody) if forms.person.role == "staff")
    return _indexed((start, i) for i, forms in staff for start in forms.surname_initials[:1])


def words_of_class(class_name: str) -> set[str]:
    """Return the words of which a profile must show one, if it gives this class."""
    words = fold(class_name).split()
    return {*words, "".join(words)} - {""}


def _beginnings(forms: Iterable[str], *initials: str) -> set[str]:
    """Return how every form, with and without doubled letters, and the initials begin: one letter and two."""
    begun = {form[:LONGEST_START] for form in forms}
    doubled = {form for form in forms if form[:1] == form[1:LONGEST_START]}
    begun |= {collapse_repeats(form)[:LONGEST_START] for form in doubled} | {
        letters[:LONGEST_START] for letters in initials
    }
    return (begun | {start[:1] for start in begun}) - {""}


def _initials(forms: PersonForms) -> set[str]:
    firsts = {forms.given_initials, forms.given_initials[:1]} - {""}
    return {first + forms.surname_initials for first in firsts if forms.surname_initials}


def _frozen_parts(made: _Groups) -> Parts:
    return {
        form: tuple(Bearers(*how, frozenset(people)) for how, people in by_level.items())
        for form, by_level in made.items()
    }


def _indexed(pairs: Iterable[tuple[Key, int]]) -> dict[Key, frozenset[int]]:
    index: defaultdict[Key, set[int]] = defaultdict(set)
    for key, person in pairs:
        index[key].add(person)
    return {key: frozenset(people) for key, people in index.items()}
