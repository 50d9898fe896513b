"""Turns evidence into log-odds (bits) and log-odds into probabilities; nobody is always a candidate."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import log2

from engines.people.candidates.model import AccountCandidates, Candidate, extent_of_name, strongest_part
from engines.people.register.model import PersonForms
from engines.people.score.weights import Weights, likely_rules, prior_bits

MOST_BITS, _ROUNDING = 99.0, 1e-6
LIKELY_EXTENTS = frozenset({"full", "initial_surname", "given_initial"})
# So many bits behind the best is worth no line, once so many stand there; room for the rounding of sums.
FAR_BEHIND, MOST_RANKED, _NEARLY = 12.0, 8, 1 - 1e-9
_OF_SCHOOL, _OF_NAME = frozenset({"school", "town"}), frozenset({"other_given", "other_surname", "other_initial"})
_AGAINST_ALL = frozenset({"parody", "school_called_alike", "about", "addressed"})  # this is not the person, nor ours
# What nothing can outweigh: whose these are may be at most so many bits likelier than nobody's.
DECISIVE = frozenset({
    *("child.other_school", "child.school_called_alike", "child.about", "child.named_as_child"),
    *("leaver.school_called_alike", "leaver.about", "bio.addressed"),
    *("staff.other_school", "staff.school_called_alike", "staff.about"),
    *("parent.relative", "parent.handle.kin", "parent.display.kin", "parent.about"),
})  # fmt: skip
CEILING, CALIBRATION, MOST_DECIDED, LEAST_OF_PAGE = "ceiling", "calibration", -2.0, -6.0
_OF_PAGE = frozenset({"about", "parody", "handle.group", "display.group"})  # what says that it is a page
_ANYBODYS = frozenset({"parody", "other_school", "lives_elsewhere"})  # fans of a star, a page about a namesake


@dataclass(frozen=True)
class RankedGroup:
    """People with the same evidence: each one's bits against nobody, log-odds against all else, and probability."""

    candidate: Candidate
    everybody: Sequence[PersonForms]
    total: float  # bits against nobody
    score: float
    probability: float
    weights: Weights
    base: float
    shift: float = 0.0  # by which the odds of everybody are moved, to mean what they say

    @property
    def person_forms(self) -> PersonForms:
        """Return the person, or one of those who stand here together."""
        return self.everybody[0]

    @property
    def is_co_owner(self) -> bool:
        """Say whether the account names them together with somebody."""
        return self.candidate.seat is not None

    def shares_with(self, rival: "RankedGroup") -> bool:
        """Say whether the account names both of them, each by a name of their own."""
        return self.is_co_owner and rival.is_co_owner and self.candidate.seat != rival.candidate.seat

    @cached_property
    def pieces(self) -> Sequence[tuple[str, float, str]]:
        """Return every piece of evidence with its bits and the text that shows it."""
        bits, temperature = self.weights.bits, self.weights.scale.temperature
        sizes = [(name, bits.get(name, 0.0) * size / temperature, text) for name, size, text in self.candidate.items]
        pieces = [("accounts", self.base, ""), *(piece for piece in sizes if piece[1])]
        pieces += [(CALIBRATION, self.shift, "")] if abs(self.shift) > _ROUNDING else []
        cut = self.total - sum(bits for _, bits, _ in pieces)
        return [*pieces, (CEILING, cut, "")] if cut < -_ROUNDING and abs(self.total) < MOST_BITS else pieces

    @cached_property
    def _fitting(self) -> frozenset[str]:
        """What supports, of the public cues beside the name that fit."""
        told = frozenset(_without_group(name) for name, bits, _ in self.pieces if bits > 0)
        supports = likely_rules().supports.get(self.person_forms.group, ())
        return frozenset(one for one in supports if told.issuperset(one.split("+")))

    @property
    def is_supported(self) -> bool:
        """Say whether a public cue beside the name fits."""
        return bool(self._fitting)

    @property
    def is_described(self) -> bool:
        """Say whether a cue fits that says more than the school and its town, such as the year group or the work."""
        return not self._fitting <= _OF_SCHOOL

    @property
    def is_named_by_page(self) -> bool:
        """Say whether the account is a page about somebody: by a whole name, or by less if it would be theirs else."""
        bits = [(_without_group(name), bits) for name, bits, _ in self.pieces if name not in {CEILING, CALIBRATION}]
        is_plain = (told := {name for name, _ in bits}).isdisjoint(_ANYBODYS) and self.name_extent == "full"
        is_shown = self.name_extent in LIKELY_EXTENTS or (self.name_extent == "surname" and "title" in told)
        worth = sum(size for name, size in bits if name not in _OF_PAGE)
        return "about" in told and is_shown and worth > LEAST_OF_PAGE * is_plain

    @property
    def is_contradicted(self) -> bool:
        """Say whether anything that the account shows is another person's."""
        against = {*likely_rules().contradicts.get(self.person_forms.group, ()), *_AGAINST_ALL}
        if "child_in_bio" in self._fitting:  # their children may have another school too, or be elsewhere
            against -= {"other_school", "lives_elsewhere"}
        return any(
            _without_group(name) in against
            or (name.startswith(("display.", "bio.")) and _without_group(name) in _OF_NAME)
            or name in {"birth.other_year", "birth.other_date"}
            for name, *_ in self.pieces
        )

    @cached_property
    def name_extent(self) -> str:
        """How much of the name the account shows: full, initial_surname, given_initial, surname, given or initials."""
        shown = self.candidate.alignments.values()
        return extent_of_name(
            strongest_part(each.given for each in shown), strongest_part(each.surname for each in shown)
        )

    @property
    def shows_enough(self) -> bool:
        """Say whether the account shows enough to be likely: of staff the title and the surname, school and work."""
        told = {name for name, bits, _ in self.pieces if bits > 0}
        is_at_work = told >= {"staff.title", "staff.school"} and not told.isdisjoint({"staff.job", "staff.own_job"})
        return self.name_extent in LIKELY_EXTENTS or (self.name_extent == "surname" and is_at_work)


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


def _without_group(name: str) -> str:
    return name.partition(".")[2]
