"""Finds, for every account, the people who may own it, with every piece of evidence about each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from math import log2
from typing import NamedTuple

from engines.people.alike import Alike, gathered
from engines.people.context import ContextReader, Told
from engines.people.counts import Counts, base_bits
from engines.people.items import Candidate, Weigher
from engines.people.model import Actor, Person, SchoolNames
from engines.people.plain import squashed
from engines.people.reading import NameReader, Shown
from engines.people.rest import RestReader, kinds_of_words
from engines.people.roll import Roll, build_roll
from engines.people.sharing import sharers
from engines.people.weights import Weights

FIELDS = frozenset({"handle", "display_name", "bio"})
_SHORTEST_AFFIX, _LONGEST_AFFIX = 2, 12
_LEAST_AFFIX, _AFFIX_SHARE = 4, 0.004
_SURE_HIT = 5
_ROUNDING = 1e-6


class Considered(NamedTuple):
    """One account with everybody who may own it."""

    actor: Actor
    told: Told
    candidates: Sequence[Candidate]
    together: frozenset[int]


class Engine:
    """Holds one register against one file of accounts."""

    def __init__(
        self,
        people: Sequence[Person],
        actors: Sequence[Actor],
        school: SchoolNames,
        *,
        as_of: date | None = None,
        fields: AbstractSet[str] = FIELDS,
    ) -> None:
        self.roll: Roll = build_roll(people, has_school=bool(school.name))
        self.actors = actors
        self._as_of = as_of
        reader = NameReader(self.roll, fields)
        self._shown = [(actor, shown) for actor in actors if not (shown := reader.read(actor)).is_empty]
        seen = {(actor.handle or actor.actor_id, actor.display_name): shown.forms for actor, shown in self._shown}
        self._counts = Counts(seen.values(), len(actors), self.roll)
        places = {squashed(word) for word in (school.town, school.county) if word}
        aliases = {squashed(alias) for alias in (school.name, *school.aliases)}
        learned = _affixes(self._shown, self.roll)
        self._rest = RestReader(kinds_of_words(places, aliases, learned), self.roll)
        self._context = ContextReader(school)

    def __iter__(self) -> Iterator[Considered]:
        """Yield every account that anybody may own."""
        return self.considered()

    def considered(self, weights: Weights | None = None, least: float = 0.0) -> Iterator[Considered]:
        """Yield the accounts that anybody may own; with weights, only those where somebody may be so probable."""
        for actor, shown in self._shown:
            met = gathered(shown, self.roll, self._rest)
            if met and (one := self._weighed(actor, shown, met, weights, least)):
                yield one

    def _weighed(
        self, actor: Actor, shown: Shown, met: Sequence[Alike], weights: Weights | None, least: float
    ) -> Considered | None:
        told = self._context.read(actor, shown)
        together = sharers(met, self.roll) if told.names_two or len(shown.forms) > 1 else frozenset()
        weigher = Weigher(told, self._counts, self.roll, self._as_of)
        weighed = weigher.alike(met)
        if weights and not together and not weigher.is_within_reach(weighed, weights, self._least(weights, least)):
            return None
        candidates = list(weigher.candidates(weighed))
        if together:
            candidates = [part for candidate in candidates for part in _shared(candidate, together)]
        return Considered(actor, told, candidates, together)

    def _least(self, weights: Weights, least: float) -> float:
        """Return the evidence in bits below which nobody is so probable, even with no rival but nobody."""
        return weights.temperature * log2(least / (1 - least)) - base_bits(len(self.actors)) - _ROUNDING


def _shared(candidate: Candidate, together: frozenset[int]) -> Iterator[Candidate]:
    """Yield those who do not share the account, and those who do: another's name beside theirs is a sibling's."""
    if alone := candidate.people - together:
        yield candidate._replace(people=alone)
    if mates := candidate.people & together:
        items = [item for item in candidate.items if not item[0].endswith(("other_given", "unexplained"))]
        yield candidate._replace(people=mates, items=[*items, ("shared", 1.0, "")])


def _affixes(shown: Sequence[tuple[Actor, Shown]], roll: Roll) -> frozenset[str]:
    """Return the words that many handles of this file put before or after a name: `rep`, `mrs`, `hq`."""
    met: Counter[str] = Counter()
    for handle in {actor.handle.lower(): one for actor, one in shown if actor.handle and one.readings}.values():
        one, hits = handle.readings[0]
        a, b, *_ = max(hits, key=lambda hit: hit[1] - hit[0])
        if b - a >= _SURE_HIT:
            met.update(word for word in (one.letters[:a], one.letters[b:]) if _is_affix(word, roll))
    least = max(_LEAST_AFFIX, _AFFIX_SHARE * len(shown))
    return frozenset(word for word, count in met.items() if count >= least)


def _is_affix(word: str, roll: Roll) -> bool:
    return _SHORTEST_AFFIX <= len(word) <= _LONGEST_AFFIX and word not in roll.parts
