"""Says who an account may belong to.

declared   a register gives this account's id or handle as the person's
likely     the account shows the person's name and a public cue that fits, nothing speaks against it, nobody on any
           register explains it better, and so sure an answer has been right 49 times of 50 where nothing was learned
possible   less than that, and a given name or surname alone: a queue for a person to look at, in order of the score
about      a page that others made about this person, such as one of memes: never their own account

Everybody on every register competes, and so does nobody at all.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from engines.people.declarations import by_declared_account, declared_matches
from engines.people.explanation.sentences import (
    Explanation,
    against,
    explain_ranking,
    is_best,
    reasons_of,
    runner_up_of,
)
from engines.people.explanation.shown_words import ShownWords
from engines.people.model import BANDS, ActorProfile, Band, PersonMatch, RegisterPerson, SchoolNames
from engines.people.score.matcher import FIELDS, AccountMatcher, without_garbage_collection
from engines.people.score.ranked_group import RankedGroup
from engines.people.score.ranking import rank_candidates
from engines.people.score.weights import allowed_weights, learned_weights
from engines.text.folding import account_key

LEAST_PROBABILITY, SURE = 0.01, 0.95
# Who is a tenth as probable as the best explains an account nearly as well.
SHARE = 0.1


def match_people(
    people: Sequence[RegisterPerson],
    actors: Sequence[ActorProfile],
    school: SchoolNames,
    *,
    bands: Collection[Band] = BANDS,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> list[PersonMatch]:
    """Return every match between these people and actors whose band the school allows, best first for each actor.

    `evidence` names the classes of evidence that may be used (weights.kinds); None allows all. Ages count at `as_of`.
    """
    allowed = {*bands, *(["about"] if "possible" in bands else [])}
    declared = by_declared_account(people) if "declared" in bands else {}
    borne = frozenset((actor.platform, account_key(actor.handle or "")) for actor in actors)
    with without_garbage_collection():
        engine = _engine(people, actors, school, evidence, as_of)
        shown_words = ShownWords(engine.profile_reader, engine.name_index, as_of)
        inferred = {
            (actor.platform, actor.actor_id): _inferred_matches(actor, everybody, shown_words)
            for actor, everybody in _ranked_groups(engine, evidence, least=LEAST_PROBABILITY)
        }
    matches: list[PersonMatch] = []
    for actor in actors:
        sure, taken = declared_matches(actor, declared, borne) if declared else ([], [])
        by_name = inferred.get((actor.platform, actor.actor_id), [])
        if taken and not any(match.band == "likely" for match in by_name):
            known = {(match.role, match.person_id) for match in taken}
            by_name = taken + [
                replace(match, is_best=False) for match in by_name if (match.role, match.person_id) not in known
            ]
        matches += (match for match in sure or by_name if match.band in allowed)
    return matches


def ranked_accounts(
    people: Sequence[RegisterPerson],
    actors: Sequence[ActorProfile],
    school: SchoolNames,
    *,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> Iterator[tuple[ActorProfile, Sequence[RankedGroup]]]:
    """Yield each account that shows part of anybody's name, with everybody who may own it, best first."""
    for actor, everybody in _ranked_groups(_engine(people, actors, school, evidence, as_of), evidence):
        yield actor, _one_per_person(everybody)


def _engine(
    people: Sequence[RegisterPerson],
    actors: Sequence[ActorProfile],
    school: SchoolNames,
    evidence: Collection[str] | None,
    as_of: date | None,
) -> AccountMatcher:
    """Return what compares these people with these accounts; who is given twice counts once."""
    people = list({(person.role, person.person_id): person for person in reversed(people)}.values())[::-1]
    fields = FIELDS if evidence is None else FIELDS & frozenset(evidence)
    return AccountMatcher(people, actors, school, as_of=as_of, fields=fields)


def _ranked_groups(
    engine: AccountMatcher, evidence: Collection[str] | None, *, least: float = 0.0
) -> Iterator[tuple[ActorProfile, Sequence[RankedGroup]]]:
    """Yield each account with its candidates, those with the same evidence together."""
    weights, person_forms = allowed_weights(evidence), engine.name_index.person_forms
    for account in engine.account_candidates(weights if least else None, least):
        asked = 0.0 if account.facts.is_about else least  # whom a page is about is hardly ever its owner
        yield account.actor, rank_candidates(account, person_forms, weights, len(engine.actors), least=asked)


def explain_account(
    account: str,
    people: Sequence[RegisterPerson],
    actors: Sequence[ActorProfile],
    school: SchoolNames,
    *,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> list[Explanation]:
    """Return, best first and nobody among them, everybody who may own one account, with all the evidence."""
    ranking: Sequence[RankedGroup] = ()
    for actor, everybody in ranked_accounts(people, actors, school, evidence=evidence, as_of=as_of):
        ranking = everybody if actor.actor_id == account else ranking
    return explain_ranking(ranking)


def _inferred_matches(
    actor: ActorProfile, everybody: Sequence[RankedGroup], shown_words: ShownWords
) -> list[PersonMatch]:
    matches = []
    equals = one_of_several(everybody)
    number = sum(len(group.everybody) for group in equals) or None
    for ranked_group in everybody:
        band, best_of_all = _band_of(ranked_group, everybody), is_best(ranked_group, everybody)
        if band == "about" or ranked_group.probability >= LEAST_PROBABILITY:
            is_equal = ranked_group in equals
            reasons = reasons_of(ranked_group, everybody)
            if is_equal:
                reasons = (*reasons, f"The account is that of one of these {number}, and does not show whose.")
            words = shown_words.of(actor, ranked_group) if band == "likely" or is_equal else ()
            for forms in ranked_group.everybody:
                match = PersonMatch(
                    actor.platform,
                    actor.actor_id,
                    forms.person.person_id,
                    forms.person.role,
                    band,
                    round(ranked_group.probability, 4),
                    reasons,
                    is_best=best_of_all,
                    score=round(ranked_group.score, 2),
                    runner_up=runner_up_of(forms.person.person_id, ranked_group, everybody),
                    words=words,
                    against=against(ranked_group, reasons),
                    one_of=number if is_equal else None,
                )
                matches.append((-ranked_group.score, match))
    return [match for _, match in sorted(matches, key=lambda pair: (pair[0], pair[1].role, pair[1].person_id))]


def _band_of(ranked_group: RankedGroup, everybody: Sequence[RankedGroup]) -> Band:
    if ranked_group.is_named_by_page and is_best(ranked_group, everybody):
        return "about"
    is_sure = ranked_group.probability >= learned_weights().likely
    return "likely" if is_sure and may_be_likely(ranked_group, everybody) else "possible"


def may_be_likely(ranked_group: RankedGroup, everybody: Sequence[RankedGroup]) -> bool:
    """Say whether these people may be called likely owners, if only they are probable enough."""
    is_shown = ranked_group.shows_enough and is_best(ranked_group, everybody)
    return is_shown and ranked_group.is_supported and not ranked_group.is_contradicted


def one_of_several(everybody: Sequence[RankedGroup]) -> Sequence[RankedGroup]:
    """Return the people of one role of whom an account is surely one's, where none of them alone is likely.

    Each is shown as a likely one is, by more than the school's name; together they are as probable as that asks.
    """
    best = everybody[0] if everybody else None
    equals = [
        group
        for group in everybody
        if best
        and group.person_forms.person.role == best.person_forms.person.role
        and group.probability >= SHARE * best.probability
        and group.shows_enough
        and group.is_described
        and not (group.is_contradicted or group.is_co_owner)
    ]
    shares = [group.probability for group in equals for _ in group.everybody]
    is_sure = best in equals and len(shares) > 1 and sum(shares) >= learned_weights().likely
    return equals if is_sure and not any(_band_of(group, everybody) == "likely" for group in equals) else ()


def _one_per_person(groups: Sequence[RankedGroup]) -> list[RankedGroup]:
    """Return everybody for themselves, best first."""
    persons = [replace(group, everybody=(forms,)) for group in groups for forms in group.everybody]
    return sorted(
        persons, key=lambda group: (-group.score, group.person_forms.person.role, group.person_forms.person.person_id)
    )
