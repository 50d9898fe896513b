"""Says who an account may belong to.

declared   a register gives this account's id or handle as the person's
likely     the account shows the person's name and a public cue that fits, nothing speaks against it, nobody on any
           register explains it better, and so sure an answer has been right 19 times of 20; where an initial stands for
           the given name or for the surname, the probability itself is 0.95 at least
possible   less than that, and every given name or surname alone: a queue for a person to look at, in order of the score

Everybody on every register competes, and so does nobody at all.
"""

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from engines.people.engine import FIELDS, Engine
from engines.people.model import BANDS, REGISTER_OF, Actor, Band, Match, Person, Role, SchoolNames
from engines.people.rank import Ranked, one_by_one, ranked
from engines.people.reasons import Explanation, explained, is_best, next_best, reasons_of
from engines.people.weights import allowed, learned

DECLARED_PROBABILITY, DECLARED_SCORE = 0.9999, 199.0
LEAST_PROBABILITY, SURE = 0.01, 0.95


def match(
    people: Sequence[Person],
    actors: Sequence[Actor],
    school: SchoolNames,
    *,
    bands: Collection[Band] = BANDS,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> list[Match]:
    """Return every match between these people and actors whose band the school allows, best first for each actor.

    `evidence` names the classes of evidence that may be used (weights.kinds); None allows all. Ages count at `as_of`.
    """
    declared = _by_declared_account(people) if "declared" in bands else {}
    with unswept():
        inferred = {
            (actor.platform, actor.actor_id): _inferred(actor, everybody)
            for actor, everybody in _ranked(
                people, actors, school, evidence=evidence, as_of=as_of, least=LEAST_PROBABILITY
            )
        }
    found: list[Match] = []
    for actor in actors:
        given = (declared and _declared(actor, declared)) or inferred.get((actor.platform, actor.actor_id), [])
        found += (one for one in given if one.band in bands)
    return found


@contextmanager
def unswept() -> Iterator[None]:
    """Spare Python the search for cycles while many small values are made: there are none among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def explanations(
    people: Sequence[Person],
    actors: Sequence[Actor],
    school: SchoolNames,
    *,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> Iterator[tuple[Actor, Sequence[Ranked]]]:
    """Yield each account that shows part of anybody's name, with everybody who may own it, best first."""
    for actor, everybody in _ranked(people, actors, school, evidence=evidence, as_of=as_of):
        yield actor, one_by_one(everybody)


def _ranked(
    people: Sequence[Person],
    actors: Sequence[Actor],
    school: SchoolNames,
    *,
    evidence: Collection[str] | None,
    as_of: date | None,
    least: float = 0.0,
) -> Iterator[tuple[Actor, Sequence[Ranked]]]:
    """Yield each account with its candidates, those with the same evidence together."""
    weights = allowed(evidence)
    fields = FIELDS if evidence is None else FIELDS & frozenset(evidence)
    engine = Engine(people, actors, school, as_of=as_of, fields=fields)
    for considered in engine.considered(weights if least else None, least):
        yield considered.actor, ranked(considered, engine.roll.known, weights, len(actors), least=least)


def one_explanation(
    account: str,
    people: Sequence[Person],
    actors: Sequence[Actor],
    school: SchoolNames,
    *,
    evidence: Collection[str] | None = None,
    as_of: date | None = None,
) -> list[Explanation]:
    """Return, best first and nobody among them, everybody who may own one account, with all the evidence."""
    met: Sequence[Ranked] = ()
    for actor, everybody in explanations(people, actors, school, evidence=evidence, as_of=as_of):
        met = everybody if actor.actor_id == account else met
    return explained(met)


def _by_declared_account(people: Sequence[Person]) -> dict[tuple[str, str], list[Person]]:
    found: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for platform, account in (("x", person.x_account), ("youtube", person.youtube_account)):
            if account and _account_key(account):
                found[platform, _account_key(account)].append(person)
    return found


def _account_key(account: str) -> str:
    return account.strip().removeprefix("@").casefold()


def _declared(actor: Actor, declared: Mapping[tuple[str, str], Sequence[Person]]) -> list[Match]:
    found: dict[tuple[Role, str], Match] = {}
    for way, account in (("id", actor.actor_id), ("handle", actor.handle or "")):
        for person in declared.get((actor.platform, _account_key(account)), ()):
            reason = f"The {REGISTER_OF[person.role]} register declares this account, by its {way}."
            key = (person.role, person.person_id)
            ids = (actor.platform, actor.actor_id, person.person_id, person.role)
            found.setdefault(
                key, Match(*ids, "declared", DECLARED_PROBABILITY, (reason,), is_best=True, score=DECLARED_SCORE)
            )
    return sorted(found.values(), key=lambda one: (one.role, one.person_id))


def _inferred(actor: Actor, everybody: Sequence[Ranked]) -> list[Match]:
    found = []
    for one in everybody:
        if one.probability >= LEAST_PROBABILITY:
            band, reasons, best = _band(one, everybody), reasons_of(one, everybody), is_best(one, everybody)
            for known in one.everybody:
                made = Match(
                    actor.platform,
                    actor.actor_id,
                    known.person.person_id,
                    known.person.role,
                    band,
                    round(one.probability, 4),
                    reasons,
                    is_best=best,
                    score=round(one.score, 2),
                    runner_up=next_best(known.person.person_id, one, everybody),
                )
                found.append((-one.score, made))
    return [made for _, made in sorted(found, key=lambda pair: (pair[0], pair[1].role, pair[1].person_id))]


def _band(one: Ranked, everybody: Sequence[Ranked]) -> Band:
    least = {"full": learned().likely, "initial_surname": SURE, "given_initial": SURE}.get(one.shown)
    is_sure = least is not None and one.probability >= least and is_best(one, everybody)
    return "likely" if is_sure and one.is_supported and not one.is_contradicted else "possible"
