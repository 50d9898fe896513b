"""Whose an account is by the word of a register, and whose it may be because it took a declared handle over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from engines.people.model import REGISTER_OF, ActorProfile, Band, PersonMatch, RegisterPerson, Role
from engines.text.folding import account_key

DECLARED_PROBABILITY, DECLARED_SCORE, TAKEN_PROBABILITY = 0.9999, 199.0, 0.5
PLATFORMS = ("x", "youtube")
# Who declares the account, as what, and which id was met under that first.
Declarations = Mapping[tuple[str, str], Sequence[tuple[RegisterPerson, str, str | None]]]


def by_declared_account(people: Sequence[RegisterPerson]) -> Declarations:
    """Return every declaration by platform, and by the id or handle by which an account is known to be meant."""
    by_account: defaultdict[tuple[str, str], list[tuple[RegisterPerson, str, str | None]]] = defaultdict(list)
    for person in people:
        for platform in PLATFORMS:
            account, known_id = getattr(person, f"{platform}_account"), getattr(person, f"{platform}_known_id")
            declared = account_key(account or "")
            for key in {declared, account_key(known_id or declared)} - {""}:
                by_account[platform, key].append((person, declared, known_id))
    return by_account


def declared_matches(
    actor: ActorProfile, declared: Declarations, borne: AbstractSet[tuple[str, str]]
) -> tuple[list[PersonMatch], list[PersonMatch]]:
    """Return whose the registers declare the account to be, and whose it may be because it has their handle now.

    `borne` are the handles that accounts have now. A handle passes from one account to another, an id does not: the
    account that was met under a declared handle stays declared, and the one that took the handle over is not.
    """
    sure: dict[tuple[Role, str], PersonMatch] = {}
    taken: dict[tuple[Role, str], PersonMatch] = {}
    own_id, handle = account_key(actor.actor_id), account_key(actor.handle or "")
    for person, account, known_id in (
        one for key in (own_id, handle) for one in declared.get((actor.platform, key), ())
    ):
        register, is_taken = REGISTER_OF[person.role], False
        if getattr(person, f"{actor.platform}_is_remembered"):
            reason = "A register declared this account for the person before, and none has taken it back."
        elif account == own_id or (account == handle and known_id in (None, actor.actor_id)):
            reason = f"The {register} register declares this account, by its {'id' if account == own_id else 'handle'}."
        elif known_id == actor.actor_id:
            now = "belongs to another account id" if (actor.platform, account) in borne else "is nobody's that was met"
            reason = f"The handle that the {register} register declares was this account's, and {now} now."
        else:
            is_taken, reason = (
                True,
                f"The handle that the {register} register declares was another account id's before.",
            )
        certainty: Band = "likely" if is_taken else "declared"
        chance, score = (TAKEN_PROBABILITY, 0.0) if is_taken else (DECLARED_PROBABILITY, DECLARED_SCORE)
        ids = (actor.platform, actor.actor_id, person.person_id, person.role)
        match = PersonMatch(*ids, certainty, chance, (reason,), is_best=True, score=score)
        (taken if is_taken else sure).setdefault((person.role, person.person_id), match)
    return [sure[key] for key in sorted(sure)], [taken[key] for key in sorted(taken)]
