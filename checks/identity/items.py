"""What speaks for or against one person as the owner of one account: named pieces of evidence, each with its size."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from checks.identity.context import Told, age_on
from checks.identity.counts import Counts
from checks.identity.part import NAMED, kind_of, strongest
from checks.identity.roll import GIVEN, SURNAME, Known, Roll
from checks.identity.said import Item, cues_of, digits_of
from checks.identity.shape import Shape

_MOST_LETTERS = 10
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "mx", "sir"})
_SILENT_KINDS = frozenset({"decoration", "place", "title", "school"})


@dataclass(slots=True)
class Weigher:
    """Gathers the evidence about everybody who may own one account; what they share is worked out once."""

    told: Told
    counts: Counts
    roll: Roll
    as_of: date | None
    _by_group: dict[str, list[Item]] = field(default_factory=dict)
    _by_text: dict[tuple[str, str, int, int], list[Item]] = field(default_factory=dict)
    _by_class: dict[str, bool] = field(default_factory=dict)
    _personal: dict[str, bool] = field(default_factory=dict)
    _by_shown: dict[int, list[Item]] = field(default_factory=dict)
    _by_shapes: dict[tuple[object, ...], list[Item]] = field(default_factory=dict)

    def items(self, known: Known, shapes: Mapping[str, Shape]) -> list[Item]:
        """Return every piece of evidence about this person and this account."""
        shown = self._shown(known.group, shapes)
        if not self._is_personal(known.group):
            return self._alike(known.group, shown)
        found = list(shown)
        if self.told.digits:
            found += digits_of(known, self.told)
        if known.group in _OF_GROUP:
            if known.group not in self._by_group:
                self._by_group[known.group] = list(cues_of(known.group, self.told))
            found += self._by_group[known.group]
            found += _OF_GROUP[known.group](self, known)
            if any(word not in known.surname and word not in known.given for word in self.told.group):
                found.append((f"{known.group}.group", 1.0, ""))
        return found

    def _is_personal(self, group: str) -> bool:
        """Say whether the profile may tell two people of this group apart, who show their names alike."""
        if group not in self._personal:
            told, text = self.told, self.told.cues.text
            is_personal = bool(told.digits or told.years or told.classes or told.ages or told.children or told.group)
            of_staff = bool(told.title) or bool(text.strip())
            of_child = any(letter.isdigit() for letter in text) or " class " in text or " form " in text
            self._personal[group] = is_personal or {
                "child": of_child, "leaver": of_child, "staff": of_staff, "governor": of_staff, "other": False
            }.get(group, True)  # fmt: skip
        return self._personal[group]

    def _alike(self, group: str, shown: list[Item]) -> list[Item]:
        """Return the evidence that everybody of a group shares whose name is shown alike: one and the same list."""
        if id(shown) not in self._by_shown:
            cues = list(cues_of(group, self.told)) if group in _OF_GROUP else []
            self._by_shown[id(shown)] = [*shown, *cues]
        return self._by_shown[id(shown)]

    def says_class(self, known: Known) -> bool:
        """Say whether the profile or the handle gives this person's class."""
        name = known.class_name
        if name not in self._by_class:
            self._by_class[name] = name in self.told.classes or self.told.cues.says_class(name)
        return self._by_class[name]

    def _shown(self, group: str, shapes: Mapping[str, Shape]) -> list[Item]:
        key = (group, *shapes, *map(id, shapes.values()))
        if key not in self._by_shapes:
            found: list[Item] = [(f"{group}.prior", 1.0, ""), *self._names(group, shapes)]
            for name, shape in shapes.items():
                found += self._text(group, name, shape)
            self._by_shapes[key] = found
        return self._by_shapes[key]

    def _names(self, group: str, shapes: Mapping[str, Shape]) -> Iterator[Item]:
        given = strongest(shape.given for shape in shapes.values())
        surname = strongest(shape.surname for shape in shapes.values())
        for kind, part in ((GIVEN, given), (SURNAME, surname)):
            if part.level in {"initial", "initials"}:
                yield f"{kind}.{part.level}", float(len(part.form)), part.form
            elif part.level == "prefix":
                yield f"{kind}.prefix", 2.5 * min(len(part.form), 5), part.form
            elif part.level:
                yield f"{kind}.{part.level}", self.counts.bits(part.form, kind), part.form
        yield f"{group}.kind.{kind_of(given, surname)}", 1.0, ""

    def _text(self, group: str, name: str, shape: Shape) -> list[Item]:
        met = (shape.given.level in NAMED) + (shape.surname.level in NAMED)
        if not met and (shape.given.level or shape.surname.level):
            met = 3
        key = (group, name, met, id(shape.rest))
        if key not in self._by_text:
            self._by_text[key] = list(_left_over(group, name, shape, self.told))
        found = self._by_text[key]
        if shape.way != "plain" or shape.middle:
            found = [*found, *_manner(name, shape)]
        return [*found, (f"{name}.full", 1.0, "")] if met == 2 else found


def _manner(name: str, shape: Shape) -> Iterator[Item]:
    if shape.way != "plain":
        yield f"{name}.{shape.way}", 1.0, ""
    if shape.middle:
        yield "middle_initial", 1.0, ""


def _left_over(group: str, name: str, shape: Shape, told: Told) -> Iterator[Item]:
    rest = shape.rest
    is_silent = not shape.given.level and not shape.surname.level
    if is_silent:
        yield f"{name}.silent", 1.0, ""
    if name == "bio":
        return
    if rest.unexplained:
        letters = float(min(rest.unexplained, _MOST_LETTERS))
        yield f"{name}.silent_letters" if is_silent and name == "handle" else f"{name}.unexplained", letters, ""
    for kind, word in (rest.kinds or {}).items():
        if kind not in _SILENT_KINDS and word not in _TITLES:
            yield f"{group}.{name}.{kind}", 1.0, word
    if rest.other_given and not (told.names_two and name == "display"):
        yield f"{name}.other_given", 1.0, rest.other_given
    if rest.other_surname:
        yield f"{name}.other_surname", 1.0, rest.other_surname
    if rest.initials:
        yield f"{name}.other_initial", float(min(len(rest.initials), 3)), ""


def _child(weigher: Weigher, known: Known) -> Iterator[Item]:
    told = weigher.told
    if known.class_name and weigher.says_class(known):
        yield f"{known.group}.class", 1.0, known.class_name
    elif known.class_name and told.classes:
        yield f"{known.group}.other_class", 1.0, ""
    if told.years and known.year:
        yield f"{known.group}.{'year' if known.year in told.years else 'other_year'}", 1.0, ""
    if told.ages:
        yield from _ages(known, told, weigher.as_of)
    if told.children and told.children & known.given.keys():
        yield f"{known.group}.named_as_child", 1.0, ""


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


def _staff(weigher: Weigher, known: Known) -> Iterator[Item]:
    told = weigher.told
    if told.title:
        kind = "some_title" if not known.title else "title" if known.title == told.title else "other_title"
        yield f"{known.group}.{kind}", 1.0, told.title
    if known.group == "staff" and known.job and told.cues.says(known.job):
        yield "staff.own_job", 1.0, ""


def _parent(weigher: Weigher, known: Known) -> Iterator[Item]:
    told = weigher.told
    if told.title:
        yield "parent.title", 1.0, told.title
    children = [weigher.roll.known[i] for i in known.children]
    if told.children:
        is_own = any(told.children & child.given.keys() for child in children)
        yield ("parent.child_in_bio" if is_own else "parent.other_child"), 1.0, ""
    if any(form in told.handle_letters for child in children for form in child.given if len(form) > 2):
        yield "parent.child_in_handle", 1.0, ""


_OF_GROUP = {"child": _child, "leaver": _child, "staff": _staff, "governor": _staff, "parent": _parent}
