"""Finds brothers and sisters whom one account names together: they may share it, so they do not compete for it."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from engines.people.alike import Alike
from engines.people.known import Known
from engines.people.rest import Span
from engines.people.roll import Roll

_CHILDREN = frozenset({"pupil", "leaver"})
_CALLED = frozenset({"own", "nick"})
_FEWEST = 2


def sharers(met: Sequence[Alike], roll: Roll) -> frozenset[int]:
    """Return the children of one surname whose different given names one and the same text shows."""
    children = [alike for alike in met if alike.role in _CHILDREN]
    for name in ("display", "handle", "bio"):
        called = [(alike.shapes[name].given, alike.people) for alike in children if name in alike.shapes]
        called = [(given, people) for given, people in called if given.level in _CALLED]
        if len({given.span for given, _ in called}) < _FEWEST:
            continue
        families: defaultdict[str, dict[Span, list[int]]] = defaultdict(dict)
        for given, people in called:
            for person in people:
                families[_whole(roll.known[person])].setdefault(given.span, []).append(person)
        together = [group for group in families.values() if _is_one_each(group)]
        if len(together) == 1:
            return frozenset(person for people in together[0].values() for person in people)
    return frozenset()


def _whole(known: Known) -> str:
    return next((form for form, level in known.surname.items() if level == "own"), "")


def _is_one_each(group: Mapping[Span, list[int]]) -> bool:
    """Say whether two names stand apart from each other, each for one child."""
    spans = sorted(group)
    is_apart = all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    return len(spans) >= _FEWEST and is_apart and all(len(people) == 1 for people in group.values())
