"""Turns evidence into log-odds (bits) and log-odds into probabilities; nobody is always a candidate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import log2

from engines.people.candidates.model import AccountCandidates, Candidate
from engines.people.register.model import PersonForms
from engines.people.score.ranked_group import MOST_BITS, RankedGroup
from engines.people.score.weights import Weights, prior_bits

# Those this many bits behind the best are not worth a line, once so many stand there.
FAR_BEHIND, MOST_RANKED = 12.0, 8
_NEARLY = 1 - 1e-9  # room for the rounding of sums: nobody is left out who may just reach the least probability
# What nothing can outweigh: whose these are may be at most so many bits likelier than nobody's.
DECISIVE = frozenset({
    *("child.other_school", "child.school_called_alike", "child.about", "child.named_as_child"),
    *("leaver.school_called_alike", "leaver.about", "bio.addressed"),
    *("staff.other_school", "staff.school_called_alike", "staff.about"),
    *("parent.relative", "parent.handle.kin", "parent.display.kin", "parent.about"),
})  # fmt: skip
MOST_DECIDED = -2.0

ScoredCandidate = tuple[float, Candidate]


def rank_candidates(
    account: AccountCandidates,
    person_forms: Sequence[PersonForms],
    weights: Weights,
    accounts: int,
    *,
    least: float = 0.0,
) -> list[RankedGroup]:
    """Return an account's candidates, best first, each against all the others and nobody.

    Where nobody reaches the least probability that is asked for, there is nothing to return.
    """
    temperature = weights.scale.temperature
    base = prior_bits(accounts) / temperature
    totals = [(base + weights.worth(candidate.items) / temperature, candidate) for candidate in account.candidates]
    totals = _bounded(totals, weights)
    shift = weights.scale.shift(log2(sum(2**total * len(candidate.people) for total, candidate in totals)))
    totals = _bounded([(total + shift, candidate) for total, candidate in totals], weights)
    total_mass = 1.0 + sum(2**total * len(candidate.people) for total, candidate in totals)
    by_seat: defaultdict[int | None, float] = defaultdict(float)
    for total, candidate in totals:
        by_seat[candidate.seat] += 2**total * len(candidate.people)
    shared_mass = sum(mass for seat, mass in by_seat.items() if seat is not None)
    if max(shared_mass, max((2**total for total, _ in totals), default=0.0)) < least * total_mass * _NEARLY:
        return []
    totals.sort(key=lambda group: -group[0])
    groups: list[RankedGroup] = []
    for total, candidate, people in _worth_a_line(totals):
        own_mass = 2**total if candidate.seat is None else shared_mass * 2**total / by_seat[candidate.seat]
        rival_mass = total_mass - own_mass
        if own_mass > rival_mass:  # the difference of two great numbers says too little
            rival_mass = 1.0 + _mass_of_others(totals, candidate, shared_mass / by_seat[candidate.seat])
        everybody = [person_forms[i] for i in people]
        score, chance = log2(own_mass) - log2(rival_mass), own_mass / (own_mass + rival_mass)
        groups.append(RankedGroup(candidate, everybody, total, score, chance, weights, base, shift))
    return sorted(groups, key=lambda group: (-group.score, group.person_forms.person.role))


def _bounded(totals: Sequence[ScoredCandidate], weights: Weights) -> list[ScoredCandidate]:
    """Return these bits, of all whom what nothing can outweigh speaks against so many less that the best has few."""
    decisive = DECISIVE & weights.bits.keys()
    decided = {id(one) for _, one in totals if any(name in decisive and size >= 1 for name, size, _ in one.items)}
    above = max((total for total, candidate in totals if id(candidate) in decided), default=MOST_DECIDED) - MOST_DECIDED
    lowered = ((total - max(above, 0.0) * (id(candidate) in decided), candidate) for total, candidate in totals)
    return [(min(max(total, -MOST_BITS), MOST_BITS), candidate) for total, candidate in lowered]


def _worth_a_line(totals: Sequence[ScoredCandidate]) -> Iterator[tuple[float, Candidate, Sequence[int]]]:
    """Yield, best first, those who are worth a line: all who are not far behind the best, or else the first few."""
    edge = totals[0][0] - FAR_BEHIND
    close = [(total, candidate, sorted(candidate.people)) for total, candidate in totals if total >= edge]
    yield from close
    far = (
        (-total, i, place) for place, (total, candidate) in enumerate(totals) if total < edge for i in candidate.people
    )
    few: dict[int, list[int]] = {}
    for _, i, place in nsmallest(MOST_RANKED - sum(len(people) for *_, people in close), far):
        few.setdefault(place, []).append(i)
    for place, people in few.items():
        yield *totals[place], people


def _mass_of_others(totals: Sequence[ScoredCandidate], candidate: Candidate, share: float) -> float:
    """Return the mass of all others; who may sit in the same seat weighs as all seats do, by the seat's `share`."""
    is_together, mass = candidate.seat is not None, 0.0
    for total, rival in totals:
        if not is_together or rival.seat in {None, candidate.seat}:
            others = len(rival.people) - (rival is candidate)
            mass += 2**total * others * (share if is_together and rival.seat is not None else 1.0)
    return mass
