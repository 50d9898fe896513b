"""Finds the children who share one account: brothers and sisters, or two friends, whom it names together."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from engines.people.candidates.model import Candidate, CandidateGroup, Span
from engines.people.candidates.residual import word_lists
from engines.people.register.model import NameIndex, PersonForms

_CHILDREN = frozenset({"pupil", "leaver"})
_CALLED = frozenset({"own", "nick"})
_FEWEST = 2
# What speaks against somebody, by what of the same kind may be true of the friend who shares the account.
_TOLD_OF_ONE = {
    "year": ("other_year",),
    "class": ("other_class", "other_year"),
    "age": ("other_age", "near_age"),
    **dict.fromkeys(("date", "day"), ("other_date", "other_year", "other_yy", "other_age", "near_age")),
}
_Seats = Mapping[Span, Sequence[int]]


def co_owners(groups: Sequence[CandidateGroup], name_index: NameIndex, *, are_two: bool) -> Mapping[int, int]:
    """Return the children whose given names one and the same text shows, each with the place of the name among them.

    They are of one surname, each the only bearer; or the text joins `are_two` names, as those of friends.
    """
    children = [group for group in groups if group.role in _CHILDREN]
    for name in ("display", "handle", "bio"):
        called = [(group.alignments[name].given, group.people) for group in children if name in group.alignments]
        families: defaultdict[str, dict[Span, list[int]]] = defaultdict(dict)
        bearers: dict[Span, list[int]] = {}
        for given, people in called:
            if not are_two and given.level == "nick" and given.form in word_lists()["decoration"]:  # lil John: no Lily
                continue
            for person in people if given.level in _CALLED else ():
                forms = name_index.person_forms[person]
                if given.form not in forms.surname:  # a family name in the forenames' column is no child's own
                    families[_whole_surname(forms)].setdefault(given.span, []).append(person)
                    bearers.setdefault(given.span, []).append(person)
        friends = _outermost(bearers)
        named = [family for family in families.values() if _are_apart(family) and _is_one_each(family)]
        if len(named) == 1:
            return _seats(named[0])
        if are_two and len(friends) == _FEWEST and _are_apart(friends):
            return _seats(friends)
    return {}


def _seats(named: _Seats) -> Mapping[int, int]:
    return {person: seat for seat, span in enumerate(sorted(named)) for person in named[span]}


def _whole_surname(forms: PersonForms) -> str:
    return next((form for form, level in forms.surname.items() if level == "own"), "")


def _outermost(named: _Seats) -> _Seats:
    """Return the names without those that stand inside another: Dami and Lola in Damilola."""
    return {
        span: people
        for span, people in named.items()
        if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in named)
    }


def _are_apart(seats: _Seats) -> bool:
    """Say whether two names or more stand apart from each other."""
    return len(seats) >= _FEWEST and all(a[1] <= b[0] for a, b in itertools.pairwise(sorted(seats)))


def _is_one_each(seats: _Seats) -> bool:
    return all(len(people) == 1 for people in seats.values())


def with_co_owners(candidates: list[Candidate], seats: Mapping[int, int]) -> list[Candidate]:
    """Return the candidates with those who share the account apart: another's name beside theirs is their friend's.

    What the account tells of one of them says nothing against another; where it fits bearers of two of the names, it
    speaks half for each, as it is told of one.
    """
    if not seats:
        return candidates
    sharers = [candidate for candidate in candidates if not candidate.people.isdisjoint(seats)]
    told = {name.partition(".")[2] for candidate in sharers for name, *_ in candidate.items}
    against = (f".{name}" for kind in _TOLD_OF_ONE.keys() & told for name in _TOLD_OF_ONE[kind])
    silent = ("other_given", "unexplained", *against)
    fits = {(name, seats[min(one.people & seats.keys())]) for one in sharers for name, *_ in one.items}
    of_two = {name for name, count in Counter(name for name, _ in fits).items() if count > 1 and _is_of_one(name)}
    return [split for candidate in candidates for split in _split(candidate, seats, silent, of_two)]


def _is_of_one(name: str) -> bool:
    return name.partition(".")[2] in _TOLD_OF_ONE


def _split(
    candidate: Candidate, seats: Mapping[int, int], silent: tuple[str, ...], of_two: Collection[str]
) -> Iterator[Candidate]:
    """Yield those who do not share the account, and those who do."""
    if others := candidate.people - seats.keys():
        yield candidate._replace(people=others)
    if sharers := candidate.people & seats.keys():
        told = (evidence for evidence in candidate.items if not evidence[0].endswith(silent))
        items = [(name, size / 2 if name in of_two else size, text) for name, size, text in told]
        items.append(("shared", 1.0, ""))
        yield candidate._replace(people=sharers, items=items, seat=seats[min(sharers)])
