"""Groups the people whose names an account shows in the same way: they are scored once, together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.alignment import LEVEL_WEIGHTS, align_names
from engines.people.candidates.model import NO_PART, NO_RESIDUAL, AlignedGroup, CandidateGroup, NameAlignment, NamePart
from engines.people.candidates.residual import ResidualExplainer
from engines.people.register.model import NameIndex
from engines.people.text.model import AccountNames, Segmentation

_SHORTEST_INITIALS, _MOST_INITIALS = 2, 4
_LEVEL_WEIGHTS = LEVEL_WEIGHTS | {"cut": 0.7, "prefix": 0.7, "initials": 0.9, "initial": 0.9, "": 0}
_FieldGroup = tuple[dict[str, NameAlignment], AbstractSet[int]]


def candidate_groups(names: AccountNames, name_index: NameIndex, explainer: ResidualExplainer) -> list[CandidateGroup]:
    """Return everybody of whose name an account shows a part, each once."""
    groups: list[_FieldGroup] = [
        ({"handle": alignment}, people) for alignment, people in _handle_groups(names, name_index, explainer)
    ]
    for name, text in (("display", names.display), ("bio", names.bio)):
        if text and text[1]:
            groups = _split_by_field(groups, name, align_names(*text, name_index, explainer))
    if names.full_names:
        given, _, surname = names.full_names[0].partition(" ")
        parts = NamePart("own", given, (0, 0)), NamePart("own", surname, (0, 0))
        alignment = NameAlignment(*parts, NO_RESIDUAL, "plain")
        groups = _split_by_field(groups, "display", [(alignment, names.full_names[1])])
    if by_initials_alone := frozenset(names.initials).difference(*(people for _, people in groups)):
        groups.append(({}, by_initials_alone))
    if names.titled and (titled := names.titled[1].difference(*(people for _, people in groups))):
        shown = NameAlignment(NO_PART, NamePart("initial", names.titled[0], (0, 1)), NO_RESIDUAL, "plain")
        groups.append((dict.fromkeys(names.titled[2], shown), titled))
    return [
        CandidateGroup(role, group, by_field, everybody & people)
        for by_field, people in _with_unmatched_fields(groups, names, name_index, explainer)
        for role, group, everybody in name_index.roles
        if not everybody.isdisjoint(people)
    ]


def _handle_groups(names: AccountNames, name_index: NameIndex, explainer: ResidualExplainer) -> list[AlignedGroup]:
    groups: list[AlignedGroup] = []
    for segmentation, occurrences in names.readings:
        aligned = align_names(segmentation, occurrences, name_index, explainer)
        groups = _best_of_readings(groups, aligned) if groups else aligned
    return groups


def _best_of_readings(earlier: Sequence[AlignedGroup], later: Sequence[AlignedGroup]) -> list[AlignedGroup]:
    joined = _split_by_field([({"before": alignment}, people) for alignment, people in earlier], "now", later)
    return [(max(alignments.values(), key=_weight), people) for alignments, people in joined]


def _split_by_field(groups: Sequence[_FieldGroup], name: str, aligned: Sequence[AlignedGroup]) -> list[_FieldGroup]:
    """Split the groups by how one more text shows their names, and add the people whom it alone shows."""
    split: list[_FieldGroup] = []
    already_shown: AbstractSet[int] = frozenset().union(*(people for _, people in groups))
    for by_field, people in groups:
        remaining = people
        for alignment, bearers in aligned:
            if not remaining.isdisjoint(bearers):
                split.append(({**by_field, name: alignment}, remaining & bearers))
                remaining = remaining - bearers
        if remaining:
            split.append((by_field, remaining))
    return split + [
        ({name: alignment}, new_people) for alignment, bearers in aligned if (new_people := bearers - already_shown)
    ]


def _with_unmatched_fields(
    field_groups: Sequence[_FieldGroup], names: AccountNames, name_index: NameIndex, explainer: ResidualExplainer
) -> list[_FieldGroup]:
    """Add what a handle or a shown name says that shows no part of these people's names."""
    display = names.display[0] if names.display else None
    groups = _credible_groups(field_groups, name_index)
    for name, segmentation in (("handle", names.handle.plain), ("display", display)):
        if segmentation is not None and segmentation.letters and any(name not in by_field for by_field, _ in groups):
            unmatched = NameAlignment(NO_PART, NO_PART, explainer.read(segmentation, ()), "plain")
            groups = [
                group
                for by_field, people in groups
                for group in _unmatched_field(by_field, people, name, segmentation, unmatched, name_index)
            ]
    return groups


def _credible_groups(groups: Sequence[_FieldGroup], name_index: NameIndex) -> list[_FieldGroup]:
    """Leave out all but parents of whom every text shows one part alone, beside a part of somebody else's name."""
    credible: list[_FieldGroup] = []
    for by_field, people in groups:
        is_doubtful = _shows_another_name(by_field)
        remaining = {i for i in people if name_index.person_forms[i].group == "parent"} if is_doubtful else people
        credible += [(by_field, remaining)] if remaining else []
    return credible


def _unmatched_field(
    by_field: dict[str, NameAlignment],
    people: AbstractSet[int],
    name: str,
    segmentation: Segmentation,
    unmatched: NameAlignment,
    name_index: NameIndex,
) -> list[_FieldGroup]:
    if name in by_field:
        return [(by_field, people)]
    if not _SHORTEST_INITIALS <= len(segmentation.letters) <= _MOST_INITIALS:
        return [({**by_field, name: unmatched}, people)]
    by_initials: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for i in people:
        by_initials[name_index.person_forms[i].given_initials, name_index.person_forms[i].surname_initials].add(i)
    return [
        ({**by_field, name: _initials_alignment(segmentation, *initials) or unmatched}, bearers)
        for initials, bearers in by_initials.items()
    ]


def _initials_alignment(segmentation: Segmentation, given: str, surname: str) -> NameAlignment | None:
    """Return the alignment of a text that is nothing but these initials."""
    for first in (given, given[:1]):
        if segmentation.letters == first + surname:
            end, size = len(first), len(segmentation.letters)
            parts = NamePart("initial", first, (0, end)), NamePart("initials", surname, (end, size))
            return NameAlignment(*parts, NO_RESIDUAL, "plain")
    if segmentation.letters == given:
        return NameAlignment(NamePart("initial", given, (0, len(given))), NO_PART, NO_RESIDUAL, "plain")
    return None


def _shows_another_name(by_field: Mapping[str, NameAlignment]) -> bool:
    """Say whether every text shows but one part of this person's name, beside a part of somebody else's."""
    for alignment in by_field.values():
        if alignment.given.level or not alignment.surname.level or not alignment.residual.other_given:
            return False
    return bool(by_field)


def _weight(alignment: NameAlignment) -> float:
    names = sum(_LEVEL_WEIGHTS[part.level] * len(part.form) for part in (alignment.given, alignment.surname))
    return names - 0.5 * alignment.residual.unexplained - (0.6 if alignment.variant != "plain" else 0)
