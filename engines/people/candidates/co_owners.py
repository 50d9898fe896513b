"""Finds brothers and sisters whom one account names together: they may share it, so they do not compete for it."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from engines.people.candidates.model import CandidateGroup, Span
from engines.people.register.model import NameIndex, PersonForms

_CHILDREN = frozenset({"pupil", "leaver"})
_CALLED = frozenset({"own", "nick"})
_FEWEST = 2


def co_owners(groups: Sequence[CandidateGroup], name_index: NameIndex) -> frozenset[int]:
    """Return the children of one surname whose different given names one and the same text shows."""
    children = [group for group in groups if group.role in _CHILDREN]
    for name in ("display", "handle", "bio"):
        called = [(group.alignments[name].given, group.people) for group in children if name in group.alignments]
        called = [(given, people) for given, people in called if given.level in _CALLED]
        if len({given.span for given, _ in called}) < _FEWEST:
            continue
        families: defaultdict[str, dict[Span, list[int]]] = defaultdict(dict)
        for given, people in called:
            for person in people:
                families[_whole_surname(name_index.person_forms[person])].setdefault(given.span, []).append(person)
        families_named = [family for family in families.values() if _is_one_each(family)]
        if len(families_named) == 1:
            return frozenset(person for people in families_named[0].values() for person in people)
    return frozenset()


def _whole_surname(forms: PersonForms) -> str:
    return next((form for form, level in forms.surname.items() if level == "own"), "")


def _is_one_each(family: Mapping[Span, list[int]]) -> bool:
    """Say whether two names stand apart from each other, each for one child."""
    spans = sorted(family)
    is_apart = all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    return len(spans) >= _FEWEST and is_apart and all(len(people) == 1 for people in family.values())
