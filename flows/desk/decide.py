"""`audit decide`: what a person made sure of about one exception, by its ref in the report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.registers.reasons import ensure_role, reason_of, ref_of, signed_in_as
from policies.roles import DoneBy, title_by
from warehouse.casebook.case_facts import Around, CaseFacts, SeenBefore, Wish, is_taken_back
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.decisions import NONE_YET, Decision
from warehouse.casebook.may_decide import answer_of, may_decide
from warehouse.exceptions.published_cases import CaseOfRun, in_newest_run

ANSWERS = ("confirmed", "mistaken", "allowed", "done", "undone")
_SECOND = (
    "Naming somebody takes two people: it counts once another user of this machine says the same with this command. "
    "Two people at the desk can say so there."
)


def decide(
    school_id: School,
    ref: Annotated[str, typer.Argument(help="The exception's ref, as the report shows it.")],
    answer: Annotated[str, typer.Argument(metavar="DECISION", help="confirmed, mistaken, allowed, done or undone.")],
    *,
    by: Annotated[str, typer.Option(help="The role that decides, such as enterprise_and_technology_lead.")],
    note: Annotated[str, typer.Option(help="What it rests on; name no child.")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day it stands.")] = None,
) -> None:
    """Record a decision about one exception; the next run applies it."""
    if answer not in ANSWERS:
        raise ConfigurationError(f"A decision is one of: {', '.join(ANSWERS)}.")
    ensure_role(by)
    context = open_context(from_environment(), school_id, None)
    said = reason_of(context, note, option="note", what="what the decision rests on")
    case = _with_ref(context, ref)
    with context.casebook() as book:
        who = signed_in_as(book, context.key, by, "decide", context.now())
        wish = Wish(answer, until.date() if until else None)
        [decided] = decide_cases(context, book, [case], wish, who=who, note=said)
    said_by = title_by(by, who.person)
    if decided.answer == "proposed":
        typer.echo(f"{ref} ({case.check_id}) is proposed as confirmed, says the {said_by}. {_SECOND}")
    elif decided.answer in {"done", "undone"}:
        typer.echo(f"{ref} ({case.check_id}) is {decided.answer}, says the {said_by}. The next run looks again.")
    else:
        stands = f"until {decided.until}" if decided.until else "for good"
        typer.echo(f"{ref} ({case.check_id}) is {decided.answer}, {stands}, says the {said_by}. The next run heeds it.")


def decide_cases(
    context: Context, book: Casebook, found: Sequence[CaseOfRun], wish: Wish, *, who: DoneBy, note: str
) -> list[Decision]:
    """Write one decision about these cases, all or none; DecisionError where one of them may not be decided so."""
    around = Around(context.today(), second_for_staff=context.school.desk.second_for_staff)
    counts = book.decisions.by_case([case.fingerprint for case in found])
    decided = []
    for case in found:
        newest, sequence, _ = said = counts.get(case.fingerprint, NONE_YET)
        given = newest.to_role if newest is not None and newest.answer == "assigned" else None
        facts = CaseFacts(
            run_id=case.run_id,
            edition=case.run_id,
            decisions_read=case.decisions_read,
            concerns=case.concerns,
            subject_kind=case.subject_kind,
            is_open=case.is_open or is_taken_back(said, case.decisions_read),
            owner_role=given or case.owner_role,
            decision=newest,
            sequence=sequence,
            is_corrected=wish.answer == "undone" and Challenges(book).has_decided(newest),
            shows=case.shows,
            about=case.about,
            is_unasked=case.is_unasked,
        )
        allowed = may_decide(who, facts, wish, SeenBefore(case.run_id, sequence), around)
        decided.append(
            Decision(
                fingerprint=case.fingerprint,
                sequence=sequence + 1,
                run_id=case.run_id,
                answer=answer_of(allowed),
                by_person=who.person,
                by_user=who.user,
                by_role=who.role,
                note=note,
                decided_at=context.now(),
                until=allowed.until,
                about=case.about,
            )
        )
    book.decisions.add(*decided)
    return decided


def _with_ref(context: Context, ref: str) -> CaseOfRun:
    ref = ref_of(ref)
    with context.published() as copy:
        matches = in_newest_run(copy, ref, on=context.today())
    if not matches:
        raise ConfigurationError(f"The newest report has no exception {ref}. Copy the ref from it.")
    if len(matches) > 1:
        raise ConfigurationError(f"{len(matches)} exceptions begin with {ref}; give more of the fingerprint.")
    return matches[0]
