"""Says who an account may belong to.

declared   a register gives this account's id or handle as the person's
likely     the account shows the person's full name, a public cue fits, nothing speaks against it, and nobody on any
           register explains it better
possible   the name alone; or a tie; or somebody else explains the account better

Everybody on every register competes. The probabilities are provisional: they rank the bands, and are measured on
nothing yet.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from checks.identity.cues import CueReader
from checks.identity.model import BANDS, Actor, Band, Match, Person, Role, SchoolNames
from checks.identity.names import names_of, names_shown
from checks.identity.weigh import Weighed, weigh

PROBABILITY: Mapping[Band, float] = {"declared": 0.99, "likely": 0.9, "possible": 0.3}
ONE: Mapping[Role, str] = {
    "pupil": "pupil on roll",
    "staff": "member of staff",
    "governor": "governor",
    "parent": "parent",
    "leaver": "leaver",
}
MANY: Mapping[Role, str] = {
    "pupil": "pupils on roll",
    "staff": "members of staff",
    "governor": "governors",
    "parent": "parents",
    "leaver": "leavers",
}
REGISTERS: Mapping[Role, str] = {
    "pupil": "pupils",
    "staff": "staff",
    "governor": "governors",
    "parent": "parents",
    "leaver": "leavers",
}


def match(
    people: Sequence[Person], actors: Sequence[Actor], school: SchoolNames, *, bands: Collection[Band] = BANDS
) -> list[Match]:
    """Return every match between these people and actors whose band the school allows, best first for each actor."""
    declared = _by_declared_account(people) if "declared" in bands else {}
    named = _by_name(people)
    reader = CueReader(school)
    found = []
    for actor in actors:
        explained = _declared(actor, declared) or _named(actor, named, reader)
        found += sorted((one for one in explained if one.band in bands), key=_place)
    return found


def _by_declared_account(people: Sequence[Person]) -> dict[tuple[str, str], list[Person]]:
    found: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for platform, account in (("x", person.x_account), ("youtube", person.youtube_account)):
            if account and _account_key(account):
                found[platform, _account_key(account)].append(person)
    return found


def _by_name(people: Sequence[Person]) -> dict[str, list[Person]]:
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        for name in names_of(person):
            found[name].append(person)
    return found


def _account_key(account: str) -> str:
    return account.strip().removeprefix("@").casefold()


def _declared(actor: Actor, declared: Mapping[tuple[str, str], Sequence[Person]]) -> list[Match]:
    found: dict[tuple[Role, str], Match] = {}
    for way, account in (("id", actor.actor_id), ("handle", actor.handle or "")):
        for person in declared.get((actor.platform, _account_key(account)), ()):
            reason = f"The {REGISTERS[person.role]} register declares this account, by its {way}."
            one = _match(actor, person, "declared", (reason,), is_best=True)
            found.setdefault((person.role, person.person_id), one)
    return list(found.values())


def _named(actor: Actor, named: Mapping[str, Sequence[Person]], reader: CueReader) -> list[Match]:
    shown = [name for name in names_shown(actor.display_name) if name in named]
    if not shown:
        return []
    bearers = {(person.role, person.person_id): person for name in shown for person in named[name]}
    cues = reader.read(actor, max(shown, key=len))
    weighed = [weigh(person, cues) for person in bearers.values()]
    most = max(one.points for one in weighed)
    is_tie = sum(one.points == most for one in weighed) > 1
    return [_explained(actor, one, weighed, is_best=one.points == most and not is_tie) for one in weighed]


def _explained(actor: Actor, one: Weighed, all_weighed: Sequence[Weighed], *, is_best: bool) -> Match:
    is_likely = is_best and one.is_supported and not one.is_contradicted
    rivals = [other for other in all_weighed if other is not one]
    reasons = [_bearers(one.person.role, all_weighed), *one.reasons]
    if rivals and not is_best:
        reasons.append("Somebody else on the registers explains the account as well or better.")
    return _match(actor, one.person, "likely" if is_likely else "possible", tuple(reasons), is_best=is_best)


def _bearers(role: Role, weighed: Sequence[Weighed]) -> str:
    count = sum(one.person.role == role for one in weighed)
    whose = f"one {ONE[role]}" if count == 1 else f"{count} {MANY[role]}"
    return f"The public name is the full name of {whose}."


def _match(actor: Actor, person: Person, band: Band, reasons: tuple[str, ...], *, is_best: bool) -> Match:
    return Match(
        actor.platform,
        actor.actor_id,
        person.person_id,
        person.role,
        band,
        PROBABILITY[band],
        reasons,
        is_best,
    )


def _place(one: Match) -> tuple[bool, float, str, str]:
    return (not one.is_best, -one.probability, one.role, one.person_id)
