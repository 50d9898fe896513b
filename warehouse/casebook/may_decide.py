"""Whether somebody may decide a case so: the one rule that the desk, the command line and a challenge all ask.

It is pure: whoever asks says what the case is, what was seen of it, and which day it is.
"""

from collections.abc import Collection
from datetime import date
from typing import cast, get_args

from policies.dates import is_too_far
from policies.decisions import RAISED_BY, UNSEEN, Ground, last_day
from policies.roles import (
    ANSWERS_CHALLENGES,
    CLEARS,
    HAS_TASKS,
    LEAD,
    READS_ALL,
    DoneBy,
    may_be_given,
    may_clear,
    may_second,
    title_of,
)
from warehouse.casebook.case_facts import Around, CaseFacts, DecisionError, SeenBefore, Wish, is_answered
from warehouse.casebook.decisions import HEEDED, READ_AGAIN, Answer


def is_second(by: DoneBy, case: CaseFacts) -> bool:
    """Say whether somebody else has proposed to name whom a case is about, so that this person's word counts."""
    first = case.proposal
    return first is not None and by.is_another_than(DoneBy(first.by_role, first.by_person, first.by_user))


def may_decide(by: DoneBy, case: CaseFacts, wish: Wish, seen: SeenBefore, around: Around) -> Wish:
    """Return the decision as it is to be written: its answer and until when; DecisionError where it may not be made."""
    ensure_answer(wish.answer)
    if wish.answer == "said" and (by.role in READS_ALL or by.role == case.owner_role):
        return Wish("said")  # to whoever else reads the case, or has it as a task
    _ensure_role(by, case, wish, around)
    _ensure_as_read(case, seen)
    if wish.answer == "said":
        return Wish("said")
    if wish.answer == "undone":
        _ensure_undoable(case)
        return Wish("undone")
    if not case.is_open:
        raise DecisionError("A decision sets this case aside already. It comes back when that has ended.")
    until = _until(wish, around.today)
    if wish.answer == "done" and case.is_unasked:
        raise DecisionError(
            "No run looks at this case again, so that none can check it. Confirm it, call it mistaken, or allow it "
            "until a day, and say why; or give it to the Lead."
        )
    if wish.answer == "planned":
        _ensure_may_wait(case)
    _ensure_seen(case, wish, seen)
    if wish.answer == "assigned":
        _ensure_may_have(case, wish, around)
        return Wish("assigned", to_role=wish.to_role, to_person=wish.to_person)
    if wish.answer == "confirmed" and case.names_somebody:
        return Wish(_first_or_second(by, case, around), until)
    return Wish(wish.answer, until)


def may_agree(by: DoneBy, case: CaseFacts, *, second_for_staff: str) -> bool:
    """Say whether this case waits for a second person to agree that it names somebody, and this person may."""
    return (
        case.is_open
        and case.names_somebody
        and is_second(by, case)
        and may_second(by.role, case.concerns, second_for_staff)
    )


def unseen(case: CaseFacts, wish: Wish, grounds: Collection[Ground]) -> tuple[Ground, ...]:
    """Return what must be shown before this is decided so, and was not; none where nothing is wanting.

    Whoever is named must have been shown, where the case gives a person, and a picture that can be shown looked at,
    whatever the reason says. What a reason says that somebody saw, it says of this case and this person.
    """
    needed = set(wish.rests_on)
    if wish.answer == "confirmed" and case.names_somebody:
        needed.add("name")
    if wish.answer in HEEDED and case.concerns == "picture" and "picture" in case.shows:
        needed.add("picture")
    if "name" not in case.shows:
        needed.discard("name")
    return tuple(ground for ground in UNSEEN if ground in needed and ground not in grounds)


def ensure_answer(answer: str) -> None:
    """Raise DecisionError unless this is an answer that somebody can give."""
    if answer not in get_args(Answer) or answer == "proposed":
        raise DecisionError("Choose one of the answers.")


def ensure_may_challenge(by: DoneBy, raised_by: str, received_on: date, today: date) -> None:
    """Raise DecisionError unless this role sees to challenges, and what was received is told as it can be."""
    ensure_may_answer(by)
    if raised_by not in RAISED_BY:
        raise DecisionError(f"Say who challenges it: {', '.join(RAISED_BY)}.")
    if received_on > today:
        raise DecisionError("The day on which it was received is still to come. Correct it.")


def ensure_may_answer(by: DoneBy) -> None:
    """Raise DecisionError unless this role answers challenges."""
    if by.role not in ANSWERS_CHALLENGES:
        raise DecisionError(f"A challenge is for the {' or the '.join(map(title_of, sorted(ANSWERS_CHALLENGES)))}.")


def answer_of(wish: Wish) -> Answer:
    """Return the answer of a wish that `may_decide` gave back."""
    return cast("Answer", wish.answer)


def _ensure_role(by: DoneBy, case: CaseFacts, wish: Wish, around: Around) -> None:
    is_word = wish.answer in {"confirmed", "said"} or (wish.answer, wish.to_role) == ("assigned", LEAD)
    if may_clear(by.role, case.concerns) or (is_word and may_agree(by, case, second_for_staff=around.second_for_staff)):
        return
    is_own_task = (
        by.role in HAS_TASKS
        and by.role == case.owner_role
        and case.is_open
        and not is_answered(case.decision, case.run_id, case.decisions_read, case.about, around.today)
    )
    if is_own_task and (wish.answer == "done" or (wish.answer == "assigned" and wish.to_role == LEAD)):
        return
    able = sorted(title_of(role) for role in CLEARS if may_clear(role, case.concerns))
    raise DecisionError(f"This is not for the {title_of(by.role)} to decide, but for the {' or the '.join(able)}.")


def _ensure_as_read(case: CaseFacts, seen: SeenBefore) -> None:
    if seen.edition != case.edition:
        raise DecisionError("A run has published meanwhile, and may have found something else. Look at the case again.")
    if (seen.sequence, seen.told) != (case.sequence, case.told):
        raise DecisionError(READ_AGAIN)


def _ensure_seen(case: CaseFacts, wish: Wish, seen: SeenBefore) -> None:
    if wanting := unseen(case, wish, seen.grounds):
        raise DecisionError(UNSEEN[wanting[0]])


def _ensure_undoable(case: CaseFacts) -> None:
    if case.decision is None:
        raise DecisionError("There is nothing to take back.")
    if not case.decision.is_own or case.is_corrected:
        raise DecisionError(
            "This was not decided about this case by itself, so it cannot be taken back. Answer it anew."
        )


def _until(wish: Wish, today: date) -> date | None:
    if wish.answer not in {*HEEDED, "planned"}:
        return None
    until = wish.until
    if wish.answer in {"allowed", "planned"} and until is None:
        raise DecisionError(f"Say until which day it is {wish.answer}.")
    if until is not None and is_too_far(until, today):
        raise DecisionError("The day is more than two years away. Choose a nearer one.")
    if until is not None and until < today:
        raise DecisionError("The day is in the past. Choose one to come.")
    return last_day(wish.answer, until, today)


def _ensure_may_wait(case: CaseFacts) -> None:
    if not case.may_wait:
        raise DecisionError("This case cannot wait: it is urgent, or it is new since the first run. Answer it now.")
    if case.decision is not None and case.decision.answer != "planned":
        raise DecisionError("Somebody has decided about this case already. Take that back before you plan it.")


def _ensure_may_have(case: CaseFacts, wish: Wish, around: Around) -> None:
    is_here = wish.to_role in CLEARS or wish.to_role in around.at_desk
    if wish.to_role is None or not is_here or not may_be_given(wish.to_role, case.concerns):
        raise DecisionError("Choose a role that may have the case and can sign in at the desk.")
    if wish.to_person is not None and around.people.get(wish.to_person) != wish.to_role:
        raise DecisionError("Whom you chose cannot sign in at the desk in that role any more. Choose somebody else.")


def _first_or_second(by: DoneBy, case: CaseFacts, around: Around) -> Answer:
    """Return what a confirmation is that names somebody: the first person proposes it, another one confirms it."""
    if is_second(by, case):
        return "confirmed"
    first = case.proposal
    if first is not None and by.is_same_as(DoneBy(first.by_role, first.by_person, first.by_user)):
        raise DecisionError("You said so already. Somebody else must say so too before anybody is named.")
    if not around.has_second:
        raise DecisionError(
            "Naming somebody takes two people, and nobody else who may read this case has a sign-in. Have a second "
            "person invited: audit desk invite."
        )
    return "proposed"
