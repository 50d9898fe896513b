"""Turns evidence into bits, bits into probabilities, and probabilities into bands; nobody is always a candidate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from checks.identity.counts import PRIOR_ACCOUNTS
from checks.identity.engine import Candidate, Considered
from checks.identity.part import kind_of, strongest
from checks.identity.roll import Known
from checks.identity.weights import Weights

MOST_BITS = 99.0
# Those this many bits behind the best are not worth a line, once so many stand there.
FAR_BEHIND, MOST_RANKED = 12.0, 8
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


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate with the bits of each piece of evidence, their log-odds against all else, and the probability."""

    candidate: Candidate
    known: Known
    pieces: Sequence[tuple[str, float, str]]  # evidence, bits, the text that shows it
    total: float  # bits against nobody
    score: float
    probability: float
    is_together: bool

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

    @property
    def shown(self) -> str:
        """How much of the name the account shows: full, initial_surname, given_initial, surname, given or initials."""
        shapes = self.candidate.shapes.values()
        return kind_of(strongest(s.given for s in shapes), strongest(s.surname for s in shapes))

    @property
    def is_full(self) -> bool:
        """Say whether the account shows a given name and a surname."""
        return self.shown == "full"


def base_bits(accounts: int) -> float:
    """Return the bits of one account among so many being one given person's, before the register's own share."""
    return -log2(accounts + PRIOR_ACCOUNTS)


def ranked(considered: Considered, known: Sequence[Known], weights: Weights, accounts: int) -> list[Ranked]:
    """Return an account's candidates, best first, each against all the others and nobody."""
    base = base_bits(accounts) / weights.temperature
    sums: dict[int, float] = {}
    made: list[tuple[Candidate, float]] = []
    for candidate in considered.candidates:
        key = id(candidate.items)
        if key not in sums:
            sums[key] = base + _sum(candidate, weights)
        made.append((candidate, min(max(sums[key], -MOST_BITS), MOST_BITS)))
    whole = 1.0 + sum(2**total for _, total in made)
    shared = sum(2**total for candidate, total in made if candidate.person in considered.together)
    made.sort(key=lambda one: -one[1])
    found: list[Ranked] = []
    for candidate, total in made:
        if len(found) >= MOST_RANKED and total < made[0][1] - FAR_BEHIND:
            break
        is_together = candidate.person in considered.together
        own = shared if is_together else 2**total
        rest = whole - own
        if own > rest:  # the difference of two great numbers says too little
            mates = considered.together if is_together else {candidate.person}
            rest = 1.0 + sum(2**bits for other, bits in made if other.person not in mates)
        pieces = _pieces(candidate, weights, base)
        score, chance = log2(own) - log2(rest), own / (own + rest)
        found.append(Ranked(candidate, known[candidate.person], pieces, total, score, chance, is_together))
    return sorted(found, key=lambda one: (-one.score, one.known.person.role, one.known.person.person_id))


def _sum(candidate: Candidate, weights: Weights) -> float:
    bits = weights.bits
    return sum([bits.get(name, 0.0) * size for name, size, _ in candidate.items]) / weights.temperature


def _pieces(candidate: Candidate, weights: Weights, base: float) -> Sequence[tuple[str, float, str]]:
    sizes = [
        (name, weights.bits.get(name, 0.0) * size / weights.temperature, text) for name, size, text in candidate.items
    ]
    return [("accounts", base, ""), *(one for one in sizes if one[1])]


def _tail(name: str) -> str:
    return name.partition(".")[2]
