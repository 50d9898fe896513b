"""Aligns one text with people's names: which letters are which part of a name, and what is left over (the residual)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.adjacent import AdjacentText, adjacent_given_name, adjacent_surname, adjacent_text
from engines.people.candidates.model import NO_PART, AlignedGroup, NameAlignment, NamePart, Residual, Span
from engines.people.candidates.residual import ResidualExplainer
from engines.people.register.model import SURNAME, NameIndex, PersonForms
from engines.people.text.model import Occurrence, Segmentation

PartPair = tuple[NamePart, NamePart, bool]
# How much a level is worth when one person may be read in several ways; the model weighs it anew.
LEVEL_WEIGHTS = {"own": 1.0, "nick": 0.9, "part": 0.8, "spelt": 0.75, "middle": 0.6, "misspelt": 0.9}
_NO_ONE: frozenset[int] = frozenset()


def align_names(
    segmentation: Segmentation, occurrences: Sequence[Occurrence], name_index: NameIndex, explainer: ResidualExplainer
) -> list[AlignedGroup]:
    """Return the best readings of this text as a name, each with everybody for whom it is; nobody stands in two."""
    text = _TextAligner(segmentation, name_index, explainer)
    ambiguous = _in_several_groups([people for *_, entries in occurrences for _, _, people in entries])
    aligned: list[AlignedGroup] = []
    for a, b, form, entries in occurrences:
        for kind, level, people in entries:
            if unambiguous := people - ambiguous if ambiguous else people:
                aligned += text.of_one_part(NamePart(level, form, (a, b)), unambiguous, is_surname=kind == SURNAME)
    by_parts: defaultdict[tuple[tuple[NamePart, ...], tuple[NamePart, ...]], set[int]] = defaultdict(set)
    for person in ambiguous:
        by_parts[_parts_of(person, occurrences)].add(person)
    for (given, surname), bearers in by_parts.items():
        aligned += text.of_parts(given, surname, bearers)
    return aligned


def _parts_of(person: int, occurrences: Sequence[Occurrence]) -> tuple[tuple[NamePart, ...], tuple[NamePart, ...]]:
    parts: tuple[list[NamePart], list[NamePart]] = [], []
    for a, b, form, entries in occurrences:
        for kind, level, people in entries:
            if person in people:
                parts[kind == SURNAME].append(NamePart(level, form, (a, b)))
    return tuple(parts[0]), tuple(parts[1])


def _in_several_groups(groups: Sequence[frozenset[int]]) -> AbstractSet[int]:
    """Return everybody who stands in more than one of these groups."""
    repeated: set[int] = set()
    if len(groups) == 1:
        return repeated
    seen: set[int] = set()
    for people in groups:
        if not seen.isdisjoint(people):
            repeated |= seen & people
        seen |= people
    return repeated


class _TextAligner:
    """One text while it is read as everybody's name: what stands beside a part, and what is left over."""

    def __init__(self, segmentation: Segmentation, name_index: NameIndex, explainer: ResidualExplainer) -> None:
        self._segmentation, self._name_index, self._explainer = segmentation, name_index, explainer
        self._residuals: dict[tuple[Span, ...], Residual] = {}
        self._adjacent: dict[Span, AdjacentText] = {}

    def of_one_part(self, part: NamePart, people: AbstractSet[int], *, is_surname: bool) -> list[AlignedGroup]:
        """Return how this text shows the names of people of whom it has this one part."""
        fitting = self._fitting(
            part.span, people, self._name_index.given_starts if is_surname else self._name_index.surname_starts
        )
        parts: tuple[Sequence[NamePart], Sequence[NamePart]] = ((), (part,)) if is_surname else ((part,), ())
        aligned = self._per_person(*parts, fitting) if fitting else []
        if len(fitting) < len(people):
            alignment = self._alignment((NO_PART, part, False) if is_surname else (part, NO_PART, False))
            aligned.append((alignment, people - fitting if fitting else people))
        return aligned

    def of_parts(
        self, given: Sequence[NamePart], surname: Sequence[NamePart], people: AbstractSet[int]
    ) -> list[AlignedGroup]:
        """Return how this text shows the names of people of whom it has these same parts."""
        fitting: AbstractSet[int] = _NO_ONE
        for parts, begins in ((given, self._name_index.surname_starts), (surname, self._name_index.given_starts)):
            for part in parts:
                fitting |= self._fitting(part.span, people, begins)
        aligned = self._per_person(given, surname, fitting) if fitting else []
        if len(fitting) < len(people):
            best = best_parts(self._segmentation, given, surname, None, self._adjacent_to)
            aligned.append((self._alignment(best, (*given, *surname)), people - fitting))
        return aligned

    def _fitting(self, span: Span, people: AbstractSet[int], begins: Mapping[str, frozenset[int]]) -> AbstractSet[int]:
        """Return those whose other name may begin as the letters do that stand beside this part."""
        fitting: AbstractSet[int] = _NO_ONE
        for start in self._adjacent_to(span).starts:
            if start in begins and not begins[start].isdisjoint(people):
                fitting |= begins[start] & people
        return fitting

    def _per_person(
        self, given: Sequence[NamePart], surname: Sequence[NamePart], people: AbstractSet[int]
    ) -> list[AlignedGroup]:
        by_best: defaultdict[PartPair, set[int]] = defaultdict(set)
        for person in people:
            forms = self._name_index.person_forms[person]
            by_best[best_parts(self._segmentation, given, surname, forms, self._adjacent_to)].add(person)
        return [(self._alignment(best, (*given, *surname)), bearers) for best, bearers in by_best.items()]

    def _alignment(self, best: PartPair, own: Sequence[NamePart] = ()) -> NameAlignment:
        """Return this reading; another of the person's own names beside it is nobody else's."""
        given, surname, middle = best
        covered = tuple(part.span for part in (given, surname) if part.level)
        if middle and surname.span[0] - given.span[1] == 1:
            covered = (*covered, (given.span[1], surname.span[0]))
        for a, b in sorted({part.span for part in own}):
            if all(b <= begin or end <= a for begin, end in covered):
                covered = (*covered, (a, b))
        if covered not in self._residuals:
            self._residuals[covered] = self._explainer.read(self._segmentation, covered)
        return NameAlignment(given, surname, self._residuals[covered], self._segmentation.variant, middle)

    def _adjacent_to(self, span: Span) -> AdjacentText:
        if span not in self._adjacent:
            self._adjacent[span] = adjacent_text(self._segmentation, span)
        return self._adjacent[span]


def best_parts(
    segmentation: Segmentation,
    given: Sequence[NamePart],
    surname: Sequence[NamePart],
    forms: PersonForms | None,
    adjacent: Callable[[Span], AdjacentText],
) -> PartPair:
    """Return the best reading for one person, or for all whom the letters beside these parts do not fit."""
    most, best = _best_pair(given, surname)
    if best and forms:
        best = (*best[:2], _has_middle_initial(segmentation.letters[best[0].span[1] : best[1].span[0]], forms))
    for last in sorted(surname, key=_size, reverse=True) if len(surname) > 1 else surname:
        worth = _size(last)
        if worth + 2 > most:
            beside = adjacent_given_name(segmentation, forms, adjacent(last.span)) if forms else (NO_PART, False)
            initial_part, middle = beside
            worth += len(initial_part.form) * 0.9
            if worth > most:
                most, best = worth, (initial_part, last, middle)
    for first in given:
        worth = _size(first)
        if worth + 2 > most or best is None:
            initial_part = adjacent_surname(segmentation, forms, adjacent(first.span)) if forms else NO_PART
            worth += len(initial_part.form) * 0.9
            if worth > most:
                most, best = worth, (first, initial_part, False)
    return best or (NO_PART, NO_PART, False)


def _has_middle_initial(between: str, forms: PersonForms) -> bool:
    """Say whether one letter between a given name and a surname begins a further name of theirs: Tia R Brannel."""
    return len(between) == 1 and between in forms.given_initials[1:]


def _size(part: NamePart) -> float:
    return (part.span[1] - part.span[0]) * LEVEL_WEIGHTS[part.level]


def _best_pair(given: Sequence[NamePart], surname: Sequence[NamePart]) -> tuple[float, PartPair | None]:
    """Return the best given name and surname that do not overlap, and what they are worth."""
    most, best = 0.0, None
    called = [first for first in given if first.level != "middle"]
    for first in called or given:
        for last in surname:
            (a, b), (c, d) = first.span, last.span
            worth = _size(first) + _size(last)
            if (b <= c or d <= a) and worth > most:
                most, best = worth, (first, last, False)
    return most, best
