"""Finds brothers and sisters whom one account names together: they may share it, so they do not compete for it."""

import itertools
from collections import defaultdict
from collections.abc import Mapping

from checks.identity.roll import Roll
from checks.identity.shape import Shape

_CHILDREN = frozenset({"pupil", "leaver"})
_CALLED = frozenset({"own", "nick"})


def sharers(found: Mapping[int, Mapping[str, Shape]], roll: Roll) -> frozenset[int]:
    """Return the children of one surname whose different given names one and the same text shows."""
    for name in ("display", "handle", "bio"):
        families: defaultdict[str, dict[tuple[int, int], list[int]]] = defaultdict(dict)
        for person, shapes in found.items():
            known = roll.known[person]
            shape = shapes.get(name)
            if shape and shape.given.level in _CALLED and known.person.role in _CHILDREN:
                whole = next((form for form, level in known.surname.items() if level == "own"), "")
                families[whole].setdefault(shape.given.span, []).append(person)
        together = [group for group in families.values() if _is_one_each(group)]
        if len(together) == 1:
            return frozenset(person for people in together[0].values() for person in people)
    return frozenset()


def _is_one_each(group: Mapping[tuple[int, int], list[int]]) -> bool:
    """Say whether two names stand apart from each other, each for one child."""
    spans = sorted(group)
    is_apart = all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    return len(spans) > 1 and is_apart and all(len(people) == 1 for people in group.values())
