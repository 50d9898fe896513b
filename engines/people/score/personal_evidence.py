"""What a profile says of one person alone: the class, the year, the age, the title, the job, the children."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from engines.people.candidates.model import Evidence
from engines.people.cues.model import ProfileFacts
from engines.people.cues.phrases import years_alike
from engines.people.register.model import NameIndex, PersonForms
from engines.people.score.group_evidence import (
    FEW_YEARS,
    KNOWN_GROUPS,
    birth_evidence,
    birth_evidence_names,
    date_like_digits,
    years_apart,
)
from engines.people.score.weights import Weights
from engines.people.text.lookup import possible_parts

# What a titled account may say alone: Mrs Yardley, maths.
_TEACHES = re.compile(r"(?:teacher|head) of (?!year\b)(\w+)$|^(?!class\b|supply\b|trainee\b)(\w+) teacher$")
_INITIALS = 1  # between a title and a subject, where there is no surname: mrs_b_art
# What begins a job's name and is no subject, or is what any teacher may put in a handle.
_NO_SUBJECTS = frozenset({"class", "teaching", "teacher", "head", "school", "headteacher", "assistant", "deputy"})
# What the same teacher is called by one and another, or comes to be called.
_OF_WOMEN, _OF_ANYBODY = frozenset({"miss", "mrs", "ms"}), frozenset({"dr", "prof", "mx", "rev", "sir", "dame"})
PersonalEvidence = tuple[tuple[Evidence, ...], tuple[Evidence, ...]]  # what the digits say, and what the profile says


class PersonalEvidenceReader:
    """Reads what one account tells of each person alone."""

    def __init__(self, facts: ProfileFacts, name_index: NameIndex, as_of: date | None) -> None:
        self._facts, self._name_index, self._as_of = facts, name_index, as_of
        self._digits = [*date_like_digits(facts.digits), *facts.dates]
        self._speaks_of_group: dict[str, bool] = {}
        self._classes: dict[str, bool] = {}

    def speaks_of(self, group: str) -> bool:
        """Say whether the profile may tell two people of this group apart, who show their names alike."""
        if group not in self._speaks_of_group:
            self._speaks_of_group[group] = self._may_speak_of(group)
        return self._speaks_of_group[group]

    def _may_speak_of(self, group: str) -> bool:
        facts, name_index = self._facts, self._name_index
        if facts.friends or (self._digits and group in name_index.groups_with_birth_dates):
            return True
        if group in {"child", "leaver"}:
            says_any = bool(facts.years or facts.classes or facts.ages or facts.children or facts.group)
            return says_any or not name_index.class_words.isdisjoint(facts.words)
        if group in {"staff", "governor"}:
            return bool(facts.title or facts.group) or not name_index.job_words.isdisjoint(facts.words)
        is_told = facts.title or facts.children or facts.group
        return group == "parent" and bool(is_told or self._parents_of_child_in_handle)

    def most_bits(self, group: str, weights: Weights) -> float:
        """Return more bits than anything told of one person of this group alone can add up to."""
        if not self.speaks_of(group):
            return 0.0
        profile_bits = sum(max(weights.bits.get(f"{group}.{name}", 0.0), 0.0) for name in self._possible_evidence)
        birth_bits = sum(
            max(weights.bits.get(name, 0.0) for name in (*birth_evidence_names(run), "")) for run in self._digits
        )
        return profile_bits + birth_bits

    @cached_property
    def _possible_evidence(self) -> Sequence[str]:
        """The names of all that may be said of anybody; nobody has both of two opposites."""
        facts, name_index = self._facts, self._name_index
        says_class = facts.classes or not name_index.class_words.isdisjoint(facts.words)
        return [
            *(("class", "other_class") if says_class else ()),
            *(("year", "other_year") if facts.years else ()),
            *(("age", "near_age", "other_age") if facts.ages else ()),
            *(("named_as_child", "child_in_bio", "other_child") if facts.children else ()),
            *(("title", "other_title", "some_title") if facts.title else ()),
            *(("own_job",) if facts.title or not name_index.job_words.isdisjoint(facts.words) else ()),
            *("child_in_handle", "group"),
        ]

    def about(self, person: int) -> PersonalEvidence:
        """Return what is told of this person."""
        forms = self._name_index.person_forms[person]
        digits = tuple(birth_evidence(forms, self._digits)) if self._digits else ()
        if person in self._facts.friends:
            digits = (*digits, ("bio.addressed", 1.0, ""))
        if forms.group not in KNOWN_GROUPS:
            return digits, ()
        return digits, tuple(self._profile_evidence(person, forms))

    def _profile_evidence(self, person: int, forms: PersonForms) -> Iterator[Evidence]:
        if forms.group in {"child", "leaver"}:
            yield from self._about_child(forms)
        elif forms.group == "parent":
            yield from self._about_parent(person, forms)
        else:
            yield from self._about_staff(forms)
        groups = () if self._facts.is_about else self._facts.group
        if any(word not in forms.surname and word not in forms.given for word in groups):
            yield f"{forms.group}.group", 1.0, ""

    def _about_child(self, forms: PersonForms) -> Iterator[Evidence]:
        facts = self._facts
        if forms.class_name and self._says_class(forms.class_name):
            yield f"{forms.group}.class", 1.0, forms.class_name
        elif forms.class_name and (facts.classes or self._says_a_class):
            yield f"{forms.group}.other_class", 1.0, ""
        if forms.year and (years := years_alike(facts.years, forms.year)):
            fits = forms.year in years
            yield f"{forms.group}.{'year' if fits else 'other_year'}", 1.0 / len(years) if fits else 1.0, ""
        if facts.ages:
            yield from _age_evidence(forms, facts, self._as_of)
        if facts.children and not facts.is_run_by_parent and facts.children & forms.given.keys():
            yield f"{forms.group}.named_as_child", 1.0, ""

    def _about_staff(self, forms: PersonForms) -> Iterator[Evidence]:
        facts = self._facts
        if facts.title:
            is_alike = not forms.title or {forms.title, facts.title} <= _OF_WOMEN or facts.title in _OF_ANYBODY
            kind = "title" if forms.title == facts.title else "some_title" if is_alike else "other_title"
            yield f"{forms.group}.{kind}", 1.0, facts.title
        if forms.group == "staff" and forms.job:
            is_titled = facts.title and not facts.is_former
            taught = is_titled and any(map(facts.cues.says, _subjects_of(forms.job)))
            if taught or facts.cues.says(forms.job) or self._is_subject(forms):
                yield "staff.own_job", 1.0, ""

    def _is_subject(self, forms: PersonForms) -> bool:
        """Say whether the handle of somebody with a title ends in what they teach: `mrs_b_art`, of an art teacher."""
        handle, title = self._facts.handle_letters, self._facts.title
        subjects = {forms.job.partition(" ")[0], *_subjects_of(forms.job)} - _NO_SUBJECTS
        subject = next((one for one in subjects if len(one) > 1 and handle.endswith(one)), "")
        rest = handle.removesuffix(subject)  # of `mrs_beaton_heart` the letters behind her name too
        is_name = any(form.endswith(subject) for form in forms.surname)  # Mr Stewart may teach art, or not
        is_behind = rest.endswith(tuple(forms.surname)) or len(rest) - len(title) == _INITIALS
        return bool(subject and title) and not is_name and is_behind and not self._facts.is_elsewhere

    def _about_parent(self, person: int, forms: PersonForms) -> Iterator[Evidence]:
        facts = self._facts
        if facts.title:
            yield "parent.title", 1.0, facts.title
        if facts.children:
            is_own = any(self._may_name(self._name_index.person_forms[i]) for i in forms.children)
            yield ("parent.child_in_bio" if is_own else "parent.other_child"), 1.0, ""
        if self._is_child_in_handle(person, forms):
            yield "parent.child_in_handle", 1.0, ""

    def _may_name(self, child: PersonForms) -> bool:
        """Say whether the profile names this child as its owner's, at about the age the child has if at any."""
        named = self._facts.children & child.given.keys()
        ages = {age for name, age in self._facts.ages_by_name.items() if name in named}
        return bool(named) and (years_apart(child, ages, self._as_of) or 0) <= FEW_YEARS

    def _says_class(self, name: str) -> bool:
        if name not in self._classes:
            self._classes[name] = name in self._facts.classes or self._facts.cues.says_class(name)
        return self._classes[name]

    @cached_property
    def _says_a_class(self) -> bool:
        """Say whether the profile surely gives a class of the roll."""
        names, facts = self._name_index, self._facts
        is_hinted = not names.class_words.isdisjoint(facts.words)
        return is_hinted and any(facts.cues.says_class(name, surely=True) for name in names.classes)

    def _is_child_in_handle(self, person: int, forms: PersonForms) -> bool:
        """Say whether the handle shows a name of this parent's child that is not a name of the parent's own."""
        shown = self._parents_of_child_in_handle.items()
        named = [form for form, parents in shown if person in parents and form not in {**forms.given, **forms.surname}]
        rest = self._facts.handle_letters
        for own in (*forms.given, *forms.surname) if named else ():
            if any(form in own for form in named):  # no Tina is named in Valentina
                rest = rest.replace(own, " ")
        return any(form in rest for form in named)

    @cached_property
    def _parents_of_child_in_handle(self) -> Mapping[str, frozenset[int]]:
        """The names of children that stand in the handle, each with the parents of those who bear it."""
        child_forms = self._name_index.child_forms
        forms = possible_parts(self._facts.handle_letters, self._name_index.child_starts)
        return {form: child_forms[form] for form in forms if form in child_forms}


def _subjects_of(job: str) -> Sequence[str]:
    """Return the subject that a job names: maths, of a teacher or a head of maths, and of a maths teacher."""
    return [subject for found in _TEACHES.findall(job) for subject in found if subject]


def _age_evidence(forms: PersonForms, facts: ProfileFacts, as_of: date | None) -> Iterator[Evidence]:
    ages_beside_name = {age for name, age in facts.ages_by_name.items() if name in forms.given and age in facts.ages}
    apart = years_apart(forms, ages_beside_name or facts.ages, as_of)
    if apart is None:
        return
    if apart and not facts.years and forms.year in {str(number) for number in facts.numbers}:
        return  # | 9 | may be the year group as well as an age
    yield f"{forms.group}.{('age', 'near_age', 'other_age')[min(apart, 2)]}", 1.0, ""
