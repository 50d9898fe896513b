"""Candidates of an account with the evidence about each."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.candidates.model import NameAlignment
from engines.people.cues.model import ProfileFacts
from engines.people.model import ActorProfile, Role

Evidence = tuple[str, float, str]  # the evidence, its size, the text that shows it


class Candidate(NamedTuple):
    """People who may own one account for the same reasons: how each text shows their names, and all the evidence."""

    role: Role
    group: str
    people: AbstractSet[int]
    alignments: Mapping[str, NameAlignment]
    items: Sequence[Evidence]


class AccountCandidates(NamedTuple):
    """One account with everybody who may own it."""

    actor: ActorProfile
    facts: ProfileFacts
    candidates: Sequence[Candidate]
    co_owners: frozenset[int]
