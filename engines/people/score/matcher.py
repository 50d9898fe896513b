"""Finds, for every account, the people who may own it, with every piece of evidence about each."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import date
from math import log2

from engines.people.candidates.grouping import candidate_groups
from engines.people.candidates.model import AccountCandidates, CandidateGroup
from engines.people.candidates.residual import ResidualExplainer, word_kinds, words_beside_names
from engines.people.cues.profile import ProfileReader
from engines.people.model import ActorProfile, RegisterPerson, SchoolNames
from engines.people.register.model import NameIndex
from engines.people.register.name_index import build_name_index
from engines.people.score.evidence import EvidenceCollector
from engines.people.score.sharing import co_owners, with_co_owners
from engines.people.score.weights import NameRarity, Weights, least_odds, prior_bits
from engines.people.text.account_names import NameReader
from engines.people.text.model import AccountNames
from engines.text.folding import fold
from engines.text.latin import latin_letters


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Spare Python the search for cycles while many small values are made: there are none among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


FIELDS = frozenset({"handle", "display_name", "bio"})
_SHORTEST_AFFIX, _LONGEST_AFFIX = 2, 12
_LEAST_AFFIX, _AFFIX_SHARE = 4, 0.004
_SURE_HIT = 5
_ROUNDING = 1e-6


class AccountMatcher:
    """Compares one register with one file of accounts."""

    def __init__(
        self,
        people: Sequence[RegisterPerson],
        actors: Sequence[ActorProfile],
        school: SchoolNames,
        *,
        as_of: date | None = None,
        fields: AbstractSet[str] = FIELDS,
    ) -> None:
        self.name_index: NameIndex = build_name_index(people, has_school=bool(school.name), words=words_beside_names())
        self.actors = actors
        self._as_of = as_of
        names_of_school = (school.name, *school.aliases, school.town)
        school_words = frozenset(" ".join(fold(name) for name in names_of_school if name).split())
        name_reader = NameReader(self.name_index, fields, words_beside_names(), school_words)
        self._accounts = [(actor, names) for actor in actors if not (names := name_reader.read(actor)).is_empty]
        forms_by_account = {
            (actor.handle or actor.actor_id, actor.display_name): names.forms for actor, names in self._accounts
        }
        self._rarity = NameRarity(forms_by_account.values(), len(actors), self.name_index)
        places = {latin_letters(word) for word in (school.town, school.county) if word}
        aliases = {latin_letters(alias) for alias in (school.name, *school.aliases)}
        affixes = _common_affixes(self._accounts, self.name_index)
        self._explainer = ResidualExplainer(word_kinds(places, aliases, affixes), self.name_index)
        self.profile_reader = ProfileReader(school)

    def account_candidates(self, weights: Weights | None = None, least: float = 0.0) -> Iterator[AccountCandidates]:
        """Yield the accounts that anybody may own; with weights, only those where somebody may be so probable."""
        for actor, names in self._accounts:
            groups = candidate_groups(names, self.name_index, self._explainer)
            if groups and (account_candidates := self._with_evidence(actor, names, groups, weights, least)):
                yield account_candidates

    def _with_evidence(
        self,
        actor: ActorProfile,
        names: AccountNames,
        groups: Sequence[CandidateGroup],
        weights: Weights | None,
        least: float,
    ) -> AccountCandidates | None:
        facts = self.profile_reader.read(actor, names)
        sharing = (
            co_owners(groups, self.name_index, are_two=facts.names_two)
            if facts.names_two or len(names.forms) > 1
            else {}
        )
        collector = EvidenceCollector(facts, self._rarity, self.name_index, self._as_of)
        with_evidence = collector.with_shared_evidence(groups)
        if weights and not sharing and not facts.is_about:
            least_bits = self._least_bits(weights, least)
            if not collector.is_within_reach(with_evidence, weights, least_bits):
                return None
        candidates = with_co_owners(list(collector.candidates(with_evidence)), sharing)
        return AccountCandidates(actor, facts, candidates)

    def _least_bits(self, weights: Weights, least: float) -> float:
        """Return the evidence in bits below which nobody is so probable, even with no rival but nobody."""
        odds = least_odds(weights.scale, log2(least / (1 - least)))
        return weights.scale.temperature * odds - prior_bits(len(self.actors)) - _ROUNDING


def _common_affixes(
    names_by_account: Sequence[tuple[ActorProfile, AccountNames]], name_index: NameIndex
) -> frozenset[str]:
    """Return the words that many handles of this file put before or after a name: `rep`, `mrs`, `hq`."""
    affixes: Counter[str] = Counter()
    for names in {
        actor.handle.lower(): names for actor, names in names_by_account if actor.handle and names.readings
    }.values():
        segmentation, occurrences = names.readings[0]
        a, b, *_ = max(occurrences, key=lambda occurrence: occurrence[1] - occurrence[0])
        if b - a >= _SURE_HIT:
            affixes.update(
                word for word in (segmentation.letters[:a], segmentation.letters[b:]) if _is_affix(word, name_index)
            )
    least = max(_LEAST_AFFIX, _AFFIX_SHARE * len(names_by_account))
    return frozenset(word for word, count in affixes.items() if count >= least)


def _is_affix(word: str, name_index: NameIndex) -> bool:
    return _SHORTEST_AFFIX <= len(word) <= _LONGEST_AFFIX and word not in name_index.parts
