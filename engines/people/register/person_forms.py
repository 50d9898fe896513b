"""One person as the matcher knows them: every form in which their name may be written, and what a profile may tell."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from engines.people.candidates.residual import word_lists
from engines.people.cues.phrases import year_of
from engines.people.cues.words import with_short_subjects
from engines.people.model import RegisterPerson
from engines.people.register.misspellings import SHORTEST, without_vowels
from engines.people.register.model import LEVELS, PersonForms, given_names
from engines.text.characters import written_as_two
from engines.text.folding import fold
from engines.text.latin import latin_letters, to_latin

# How surnames may begin otherwise.
_STARTS = {"mc": "mac", "mac": "mc", "fitz": ""}
_SHORTEST_STEM = 3
_KNOWN_NATIONALLY = 500
# Given names that stand before the one a person is called by.
_LEADING = frozenset(["muhammad", "mohammed", "mohammad", "mohamed", "muhammed", "md", "abdul", "syed"])
_AKA = re.compile(r"[(\"\u201c]([^)\"\u201d]+)[)\"\u201d]")
_WORDS = re.compile(r"[^A-Za-z]+")


def split_full_name(full: str) -> tuple[str, str]:
    """Return given names and surname of a full name, `Surname, Given` too."""
    surname, comma, given = full.partition(",")
    if comma:
        return given, surname
    words = full.split()
    return " ".join(words[:-1]), words[-1] if len(words) > 1 else ""


def small_words(text: str | None) -> list[str]:
    """Return the small plain words of a text."""
    return [word.lower() for word in _WORDS.split(to_latin(text)) if word]


def given_forms(given: str, known_as: str | None, full: str, surname: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a given name with how it stands to the register's."""
    for called in (known_as or "", *_AKA.findall(given), *_AKA.findall(full)):
        yield "own", latin_letters(called)
    bare = _AKA.sub(" ", given)
    yield "own", latin_letters(bare)
    names = [name for name in bare.split() if latin_letters(name)]
    for place, name in enumerate(names):
        is_first = place == 0 or all(
            len(latin_letters(other)) < 3 or latin_letters(other) in _LEADING for other in names[:place]
        )
        yield ("own" if is_first else "middle"), latin_letters(name)
        if "-" in name:
            for barrel in small_words(name):
                yield ("part" if is_first else "middle"), barrel
    last = set(small_words(surname))
    spoken = _AKA.sub(" ", full).partition(",")[0] if full.endswith("Jr.") else _AKA.sub(" ", full)
    for word in small_words(spoken)[:1]:
        if word not in last and full.count(",") == 0:
            yield "own", word


def surname_forms(surname: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a surname with how it stands to the register's."""
    words, particles = small_words(surname), word_lists()["particles"]
    solid = [word for word in words if word not in particles]
    whole = "".join(words)
    yield "own", whole
    if solid != words:
        yield "part", "".join(solid)
        yield "own", "".join([*(word for word in words if word in particles), *solid])
    if "saint" in words or "st" in words:
        yield "own", "".join("st" if word == "saint" else word for word in words)
        yield "own", "".join("saint" if word == "st" else word for word in words)
    if len(solid) > 1:
        for word in solid:
            yield "part", word
    if "'" in surname[:3] or "\u2019" in surname[:3]:
        yield "part", whole.removeprefix("o")
    for start, other in _STARTS.items():
        if whole.startswith(start) and len(whole) > len(start) + _SHORTEST_STEM:
            yield "spelt", other + whole.removeprefix(start)


@cache
def name_variants() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return, for given names and surnames, the other forms in which each may be written (nicknames.toml)."""
    text = resources.files(__package__).joinpath("nicknames.toml").read_text(encoding="utf-8")
    variants: dict[str, dict[str, frozenset[str]]] = {}
    for kind, lists in tomllib.loads(text).items():
        others_of: defaultdict[str, set[str]] = defaultdict(set)
        for line in (line for listed in lists.values() for line in listed):
            first, *others = map(latin_letters, line.split())
            others_of[first].update(others)
            for other in others:
                others_of[other].update({first} if kind == "given" else {first, *others})
        variants[kind] = {form: frozenset(others - {form}) for form, others in others_of.items()}
    return variants


def person_forms(person: RegisterPerson) -> PersonForms:
    """Return a person with every form of their names."""
    forms = PersonForms(
        person,
        group="child" if person.role == "pupil" else person.role,
        year=year_of(person.year_group),
        class_name="".join((person.class_name or "").lower().split()),
        title=fold(person.title or ""),
        job=with_short_subjects(fold(person.job_title or "")),
    )
    given, surname, full = person.given_names or "", person.surname or "", person.full_name or ""
    if not (given and surname) and full:
        given, surname = split_full_name(full)
    _add_given_forms(forms, given, surname, full)
    _add_surname_forms(forms, given, surname)
    for word in small_words(person.other_names):
        _keep_best(forms.given, word, "middle")
        _keep_best(forms.surname, word, "part")
    forms.given_initials = "".join(word[0] for word in small_words(given))
    solid = (word for word in small_words(surname) if word == "o" or word not in word_lists()["particles"])
    forms.surname_initials = "".join(word[0] for word in solid)
    forms.given_starts = frozenset(form[0] for form, level in forms.given.items() if level not in {"middle", "spelt"})
    forms.surname_starts = frozenset(form[0] for form in forms.surname)
    return forms


def _add_given_forms(forms: PersonForms, given: str, surname: str, full: str) -> None:
    for way in (given, *written_as_two(given)):
        for level, name in given_forms(way, forms.person.known_as, full, surname):
            _keep_best(forms.given, name, level)
    for name, level in list(forms.given.items()):
        for other in sorted(name_variants()["given"].get(name, ())) if level in {"own", "middle"} else ():
            _keep_best(forms.given, other, "nick" if level == "own" else level)
    for name, level in list(forms.given.items()):
        if level == "own" and len(name) >= SHORTEST:
            for other in (name[::-1], without_vowels(name)):
                if other not in given_names():
                    _keep_best(forms.given, other, "spelt")


def _add_surname_forms(forms: PersonForms, given: str, surname: str) -> None:
    for way in (surname, *written_as_two(surname)):
        for level, name in surname_forms(way):
            _keep_best(forms.surname, name, level)
    if _is_family_name_first(given, forms.person.known_as):
        _keep_best(forms.surname, latin_letters(given), "part")
        for word in small_words(surname):
            _keep_best(forms.given, word, "middle")
    for name in [name for name, level in forms.surname.items() if level == "own"]:
        for other in sorted(name_variants()["surname"].get(name, ())):
            _keep_best(forms.surname, other, "spelt")


def _is_family_name_first(given: str, known_as: str | None) -> bool:
    """Say whether the forenames' column has a family name: one word that the chosen name has nothing to do with."""
    called, first = latin_letters(known_as), latin_letters(given)
    if not called or not first or len(given.split()) > 1:
        return False
    is_short_form = called[0] == first[0] or called in first or called in name_variants()["given"].get(first, ())
    return not is_short_form and given_names().get(first, 0) < _KNOWN_NATIONALLY


def _keep_best(forms: dict[str, str], name: str, level: str) -> None:
    if len(name) > 1 and (name not in forms or LEVELS.index(level) < LEVELS.index(forms[name])):
        forms[name] = level
