"""How often the band `likely` is right, and how many of the pupils that can be found it reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engines.people.matching import may_be_likely
from engines.people.score.matcher import AccountMatcher
from engines.people.score.ranking import rank_candidates
from engines.people.score.weights import Scale, Weights
from tests.bench.people import measure
from tests.bench.people.loaded import Loaded
from tests.bench.people.measure import Link

LIKELY_PRECISION = 0.98
LEAST_BITS = 2.0  # four in five: a band that is right as a whole may hide what stands at its edge


@dataclass(frozen=True, slots=True)
class Likely:
    """What the band holds at one threshold, and the pupils' accounts that can be found."""

    links: Sequence[Link]
    pupils: Sequence[Link]
    findable: int


def may_be(part: Loaded, weights: Mapping[str, float], scale: Scale) -> list[Link]:
    """Return whoever is called likely if only probable enough, parents among them, by log-odds."""
    given, known = part.given, Weights(weights, 0.0, scale)
    engine = AccountMatcher(given.people, given.actors, given.school, as_of=given.as_of)
    links = []
    for account in engine.account_candidates():
        everybody = rank_candidates(account, engine.name_index.person_forms, known, len(given.actors))
        owners = given.truth.get(account.actor.actor_id, frozenset()) | given.parents.get(
            account.actor.actor_id, frozenset()
        )
        links += [
            Link(account.actor.actor_id, forms.person.person_id, group.score, forms.person.person_id in owners)
            for group in everybody
            if may_be_likely(group, everybody)
            for forms in group.everybody
        ]
    return links


def threshold(parts: Sequence[tuple[Loaded, Mapping[str, float]]], scale: Scale) -> float:
    """Return the lowest log-odds from which on the band is surely right as often as it must be."""
    return sure_from([link for part, weights in parts for link in may_be(part, weights, scale)])


def sure_from(links: Sequence[Link]) -> float:
    """Return the same for who may be called likely: infinite where they are too few to be sure."""
    found = measure.sure_threshold(links, LIKELY_PRECISION)
    return float("inf") if found is None else found


def likely(part: Loaded, weights: Mapping[str, float], scale: Scale, least: float) -> Likely:
    """Return what the band holds of one school, from this threshold on."""
    links = [link for link in may_be(part, weights, scale) if link.score >= least]
    roles = {person.person_id: person.role for person in part.given.people}
    pupils = [link for link in links if roles[link.person] == "pupil"]
    return Likely(links, pupils, sum(len(part.given.truth[account]) for account in part.given.findable))
