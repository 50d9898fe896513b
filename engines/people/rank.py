"""Turns evidence into bits, bits into probabilities, and probabilities into bands; nobody is always a candidate."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nsmallest
from math import log2

from engines.people.counts import base_bits
from engines.people.engine import Considered
from engines.people.items import Candidate
from engines.people.known import Known
from engines.people.part import kind_of, strongest
from engines.people.weights import Weights

MOST_BITS = 99.0
# Those this many bits behind the best are not worth a line, once so many stand there.
FAR_BEHIND, MOST_RANKED = 12.0, 8
# Room for the rounding of sums: nobody is left out who may just reach the least probability.
_NEARLY = 1 - 1e-9
# What speaks for a person beside the name, and what speaks against: the last part of the evidence's name.
SUPPORTS: Mapping[str, Collection[str]] = {
    "child": {"school", "year", "class", "age"},
    "leaver": {"school", "leaver", "former", "year", "class"},
    "staff": {"school", "job", "own_job"},
    "governor": {"school", "governs"},
    "parent": {"school", "family", "child_in_bio", "child_in_handle"},
    "other": {"kind.full", "kind.initial_surname", "kind.surname"},
}
_OF_NAME = frozenset({"other_given", "other_surname", "other_initial"})
CONTRADICTS: Mapping[str, Collection[str]] = {
    "child": {
        "other_school",
        "other_year",
        "other_class",
        "other_age",
        "family",
        "job",
        "governs",
        "trade",
        "title",
        "group",
        "named_as_child",
        "former",
    },
    "leaver": {"group", "named_as_child"},
    "staff": {"other_school", "years", "young", "former", "group", "other_title"},
    "governor": {"other_school", "years", "young", "former", "group"},
    "parent": {"years", "young", "group"},
    "other": set(),
}


@dataclass(frozen=True)
class Ranked:
    """People with the same evidence: each one's bits against nobody, log-odds against all else, and probability."""

    candidate: Candidate
    everybody: Sequence[Known]
    total: float  # bits against nobody
    score: float
    probability: float
    is_together: bool
    weights: Weights
    base: float

    @property
    def known(self) -> Known:
        """Return the person, or one of those who stand here together."""
        return self.everybody[0]

    @cached_property
    def pieces(self) -> Sequence[tuple[str, float, str]]:
        """Return every piece of evidence with its bits and the text that shows it."""
        bits, temperature = self.weights.bits, self.weights.temperature
        sizes = [(name, bits.get(name, 0.0) * size / temperature, text) for name, size, text in self.candidate.items]
        return [("accounts", self.base, ""), *(one for one in sizes if one[1])]

    @property
    def is_supported(self) -> bool:
        """Say whether a public cue beside the name fits."""
        return any(bits > 0 and _tail(name) in SUPPORTS[self.known.group] for name, bits, _ in self.pieces)

    @property
    def is_contradicted(self) -> bool:
        """Say whether anything that the account shows is another person's."""
        against = CONTRADICTS[self.known.group]
        return any(
            _tail(name) in against
            or (name.startswith("display.") and _tail(name) in _OF_NAME)
            or name == "birth.other_year"
            for name, *_ in self.pieces
        )

    @cached_property
    def shown(self) -> str:
        """How much of the name the account shows: full, initial_surname, given_initial, surname, given or initials."""
        shapes = self.candidate.shapes.values()
        return kind_of(strongest([s.given for s in shapes]), strongest([s.surname for s in shapes]))

    @property
    def is_full(self) -> bool:
        """Say whether the account shows a given name and a surname."""
        return self.shown == "full"


Total = tuple[float, Candidate]


def ranked(
    considered: Considered, known: Sequence[Known], weights: Weights, accounts: int, *, least: float = 0.0
) -> list[Ranked]:
    """Return an account's candidates, best first, each against all the others and nobody.

    Where nobody reaches the least probability that is asked for, there is nothing to return.
    """
    base = base_bits(accounts) / weights.temperature
    totals = [(_total(candidate, weights, base), candidate) for candidate in considered.candidates]
    whole = 1.0 + sum(2**total * len(candidate.people) for total, candidate in totals)
    shared = sum(2**total * len(one.people) for total, one in totals if _is_together(one, considered))
    if max(shared, max((2**total for total, _ in totals), default=0.0)) < least * whole * _NEARLY:
        return []
    totals.sort(key=lambda one: -one[0])
    found: list[Ranked] = []
    for total, candidate, people in _within_reach(totals):
        is_together = _is_together(candidate, considered)
        own = shared if is_together else 2**total
        rest = whole - own
        if own > rest:  # the difference of two great numbers says too little
            rest = 1.0 + _mass_of_others(totals, candidate, considered)
        everybody = [known[i] for i in people]
        score, chance = log2(own) - log2(rest), own / (own + rest)
        found.append(Ranked(candidate, everybody, total, score, chance, is_together, weights, base))
    return sorted(found, key=lambda one: (-one.score, one.known.person.role))


def one_by_one(together: Sequence[Ranked]) -> list[Ranked]:
    """Return everybody for themselves, best first."""
    alone = [replace(one, everybody=(known,)) for one in together for known in one.everybody]
    return sorted(alone, key=lambda one: (-one.score, one.known.person.role, one.known.person.person_id))


def _total(candidate: Candidate, weights: Weights, base: float) -> float:
    bits = weights.bits
    total = base + sum([bits.get(name, 0.0) * size for name, size, _ in candidate.items]) / weights.temperature
    return min(max(total, -MOST_BITS), MOST_BITS)


def _within_reach(totals: Sequence[Total]) -> Iterator[tuple[float, Candidate, Sequence[int]]]:
    """Yield, best first, those who are worth a line: all who are not far behind the best, or else the first few."""
    edge = totals[0][0] - FAR_BEHIND
    near = [(total, one, sorted(one.people)) for total, one in totals if total >= edge]
    yield from near
    far = ((-total, i, place) for place, (total, one) in enumerate(totals) if total < edge for i in one.people)
    few: dict[int, list[int]] = {}
    for _, i, place in nsmallest(MOST_RANKED - sum(len(people) for *_, people in near), far):
        few.setdefault(place, []).append(i)
    for place, people in few.items():
        yield *totals[place], people


def _mass_of_others(totals: Sequence[Total], candidate: Candidate, considered: Considered) -> float:
    is_together = _is_together(candidate, considered)
    others = [(total, one) for total, one in totals if not (is_together and _is_together(one, considered))]
    mates = 0 if is_together else 1
    return sum(2**total * (len(one.people) - mates * (one is candidate)) for total, one in others)


def _is_together(candidate: Candidate, considered: Considered) -> bool:
    return not considered.together.isdisjoint(candidate.people)


def _tail(name: str) -> str:
    return name.partition(".")[2]
