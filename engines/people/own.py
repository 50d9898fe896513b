"""What a profile says of one person alone: the class, the year, the age, the title, the job, the children."""

from collections.abc import Iterator, Sequence
from datetime import date

from engines.people.context import Told, age_on
from engines.people.hits import anywhere_in
from engines.people.known import Known
from engines.people.roll import Roll
from engines.people.said import Item, births_of, digits_of, telling_digits
from engines.people.weights import Weights

Own = tuple[tuple[Item, ...], tuple[Item, ...]]  # what the digits say, and what the profile says
KNOWN_GROUPS = frozenset({"child", "leaver", "staff", "governor", "parent"})


class OwnReader:
    """Reads what one account tells of each person alone."""

    def __init__(self, told: Told, roll: Roll, as_of: date | None) -> None:
        self._told, self._roll, self._as_of = told, roll, as_of
        self._digits = telling_digits(told.digits)
        self._speaks: dict[str, bool] = {}
        self._classes: dict[str, bool] = {}
        self._parents: frozenset[int] | None = None
        self._names: Sequence[str] | None = None

    def speaks_of(self, group: str) -> bool:
        """Say whether the profile may tell two people of this group apart, who show their names alike."""
        if group not in self._speaks:
            self._speaks[group] = self._may_speak_of(group)
        return self._speaks[group]

    def _may_speak_of(self, group: str) -> bool:
        told, roll = self._told, self._roll
        if self._digits and group in roll.dated:
            return True
        if group in {"child", "leaver"}:
            is_told = bool(told.years or told.classes or told.ages or told.children or told.group)
            return is_told or not roll.class_words.isdisjoint(told.words)
        if group in {"staff", "governor"}:
            return bool(told.title or told.group) or not roll.job_words.isdisjoint(told.words)
        return group == "parent" and (bool(told.title or told.children or told.group) or bool(self._parents_met()))

    def most(self, group: str, weights: Weights) -> float:
        """Return more bits than anything told of one person of this group alone can add up to."""
        if not self.speaks_of(group):
            return 0.0
        said = sum(max(weights.bits.get(f"{group}.{name}", 0.0), 0.0) for name in self._sayable())
        birth = sum(max(weights.bits.get(name, 0.0) for name in (*births_of(run), "")) for run in self._digits)
        return said + birth

    def _sayable(self) -> Sequence[str]:
        """Return the names of all that may be said of anybody; nobody has both of two opposites."""
        if self._names is None:
            told, roll = self._told, self._roll
            self._names = [
                *(("class", "other_class") if told.classes or not roll.class_words.isdisjoint(told.words) else ()),
                *(("year", "other_year") if told.years else ()),
                *(("age", "near_age", "other_age") if told.ages else ()),
                *(("named_as_child", "child_in_bio", "other_child") if told.children else ()),
                *(("title", "other_title", "some_title") if told.title else ()),
                *(("own_job",) if not roll.job_words.isdisjoint(told.words) else ()),
                *("child_in_handle", "group"),
            ]
        return self._names

    def of(self, person: int) -> Own:
        """Return what is told of this person."""
        known = self._roll.known[person]
        digits = tuple(digits_of(known, self._digits)) if self._digits else ()
        if known.group not in KNOWN_GROUPS:
            return digits, ()
        return digits, tuple(self._said(person, known))

    def _said(self, person: int, known: Known) -> Iterator[Item]:
        if known.group in {"child", "leaver"}:
            yield from self._of_child(known)
        elif known.group == "parent":
            yield from self._of_parent(person, known)
        else:
            yield from self._of_staff(known)
        if any(word not in known.surname and word not in known.given for word in self._told.group):
            yield f"{known.group}.group", 1.0, ""

    def _of_child(self, known: Known) -> Iterator[Item]:
        told = self._told
        if known.class_name and self._says_class(known.class_name):
            yield f"{known.group}.class", 1.0, known.class_name
        elif known.class_name and told.classes:
            yield f"{known.group}.other_class", 1.0, ""
        if told.years and known.year:
            yield f"{known.group}.{'year' if known.year in told.years else 'other_year'}", 1.0, ""
        if told.ages:
            yield from _ages(known, told, self._as_of)
        if told.children and told.children & known.given.keys():
            yield f"{known.group}.named_as_child", 1.0, ""

    def _of_staff(self, known: Known) -> Iterator[Item]:
        told = self._told
        if told.title:
            kind = "some_title" if not known.title else "title" if known.title == told.title else "other_title"
            yield f"{known.group}.{kind}", 1.0, told.title
        if known.group == "staff" and known.job and told.cues.says(known.job):
            yield "staff.own_job", 1.0, ""

    def _of_parent(self, person: int, known: Known) -> Iterator[Item]:
        told = self._told
        if told.title:
            yield "parent.title", 1.0, told.title
        if told.children:
            is_own = any(told.children & self._roll.known[i].given.keys() for i in known.children)
            yield ("parent.child_in_bio" if is_own else "parent.other_child"), 1.0, ""
        if person in self._parents_met():
            yield "parent.child_in_handle", 1.0, ""

    def _says_class(self, name: str) -> bool:
        """Say whether the profile or the handle gives this class."""
        if name not in self._classes:
            self._classes[name] = name in self._told.classes or self._told.cues.says_class(name)
        return self._classes[name]

    def _parents_met(self) -> frozenset[int]:
        """Return the parents whose child's given name stands in the handle."""
        if self._parents is None:
            forms = anywhere_in(self._told.handle_letters, self._roll.child_starts)
            met = (self._roll.child_forms[form] for form in forms if form in self._roll.child_forms)
            self._parents = frozenset().union(*met)
        return self._parents


def _ages(known: Known, told: Told, as_of: date | None) -> Iterator[Item]:
    born, year = known.person.date_of_birth, known.year
    named = {age for name, age in told.ages_by_name.items() if name in known.given and age in told.ages}
    given = named or told.ages
    if born and as_of:
        apart = min(abs(age_on(born, as_of) - age) for age in given)
    elif year and year.isdigit():
        apart = min(max(int(year) + 4 - age, age - int(year) - 5, 0) for age in given)
    else:
        return
    yield f"{known.group}.{('age', 'near_age', 'other_age')[min(apart, 2)]}", 1.0, ""
