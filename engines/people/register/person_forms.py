"""One person as the matcher knows them: every form in which their name may be written, and what a profile may tell."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from engines.people.cues.phrases import year_of
from engines.people.model import RegisterPerson
from engines.people.register.model import LEVELS, PersonForms
from engines.people.register.name_forms import PARTICLES, given_forms, small_words, split_full_name, surname_forms
from engines.text.folding import fold
from engines.text.latin import latin_letters

GROUPS: Mapping[str, str] = {
    "pupil": "child",
    "leaver": "leaver",
    "staff": "staff",
    "governor": "governor",
    "parent": "parent",
}


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
                others_of[other].add(first)
        variants[kind] = {form: frozenset(others - {form}) for form, others in others_of.items()}
    return variants


def person_forms(person: RegisterPerson) -> PersonForms:
    """Return a person with every form of their names."""
    forms = PersonForms(
        person,
        group=GROUPS.get(person.role, "other"),
        year=year_of(person.year_group),
        class_name="".join((person.class_name or "").lower().split()),
        title=fold(person.title or ""),
        job=fold(person.job_title or ""),
    )
    given, surname, full = person.given_names or "", person.surname or "", person.full_name or ""
    if not (given and surname) and full:
        given, surname = split_full_name(full)
    for level, name in given_forms(given, person.known_as, full, surname):
        _keep_best(forms.given, name, level)
    for name in [name for name, level in forms.given.items() if level == "own"]:
        for other in sorted(name_variants()["given"].get(name, ())):
            _keep_best(forms.given, other, "nick")
    for level, name in surname_forms(surname):
        _keep_best(forms.surname, name, level)
    for name in [name for name, level in forms.surname.items() if level == "own"]:
        for other in sorted(name_variants()["surname"].get(name, ())):
            _keep_best(forms.surname, other, "spelt")
    for word in small_words(person.other_names):
        _keep_best(forms.given, word, "middle")
        _keep_best(forms.surname, word, "part")
    forms.given_initials = "".join(word[0] for word in small_words(given))
    forms.surname_initials = "".join(word[0] for word in small_words(surname) if word not in PARTICLES or word == "o")
    forms.given_starts = frozenset(form[0] for form, level in forms.given.items() if level != "middle")
    forms.surname_starts = frozenset(form[0] for form in forms.surname)
    return forms


def _keep_best(forms: dict[str, str], name: str, level: str) -> None:
    if len(name) > 1 and (name not in forms or LEVELS.index(level) < LEVELS.index(forms[name])):
        forms[name] = level
