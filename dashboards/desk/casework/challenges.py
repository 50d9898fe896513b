"""Challenges at the desk: what waits for an answer and until when, and the forms to open and answer one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import day_in, reason_in
from dashboards.desk.casework.caseload import cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.report.corrections import correct_reports
from policies.errors import UserError
from policies.roles import ANSWERS_CHALLENGES, DoneBy
from warehouse.casebook.case_facts import DecisionError
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.may_decide import ensure_may_answer, ensure_may_challenge
from warehouse.exceptions.published_cases import finished_runs


@dataclass(frozen=True, slots=True)
class WaitingChallenge:
    """A challenge that waits: by its reference, when it is due, and the case's page where this week still has it."""

    reference: str
    answer_by: date
    is_late: bool
    case_ref: str | None


def waiting_challenges(desk: Desk, role: str) -> tuple[WaitingChallenge, ...]:
    """Return the challenges that wait for an answer, the soonest due first; none for a role that answers none."""
    if role not in ANSWERS_CHALLENGES:
        return ()
    every, today = cases(desk, TIERS[role]), desk.today()
    return tuple(
        WaitingChallenge(
            challenge.reference,
            challenge.answer_by,
            challenge.is_late(today),
            challenge.fingerprint[:16] if every.with_ref(challenge.fingerprint[:16]) else None,
        )
        for challenge in Challenges(desk.book).waiting()
    )


def challenged(request: Request, case: Case) -> dict[str, Any]:
    """Return what a case's page shows of its challenges, and to whoever answers one what is tied to whom it gives."""
    desk, school = request.app.state.desk, request.app.state.school
    challenges = Challenges(desk.book).of(case.row.fingerprint)
    answers = request.state.session.person.role in ANSWERS_CHALLENGES
    asks = answers and school is not None and any(challenge.is_open for challenge in challenges)
    reach: Sequence[str] = ()
    try:
        reach = school.reach(case.row.fingerprint) if asks else ()
    except UserError as error:  # as while a run writes the warehouse
        reach = (error.sentence,)
    return {"challenges": challenges, "answers_challenges": answers, "today": desk.today(), "reach": reach}


def open_challenge(request: Request) -> Response:
    """Write down that somebody challenges this case; DecisionError, AskError or ChallengeError in one sentence."""
    desk, form, person = request.app.state.desk, request.state.form, request.state.session.person
    case = _case(request)
    received_on = day_in(form.get("received_on", ""), "the day on which it was received", "2026-12-31")
    by, raised_by = DoneBy(person.role, person.number), form.get("raised_by", "")
    ensure_may_challenge(by, raised_by, received_on, desk.today())
    ground, now = reason_in(request, "ground", "what they say is wrong"), desk.clock()
    Challenges(desk.book).open(
        case.row.fingerprint, received_on=received_on, raised_by=raised_by, ground=ground, by=by, at=now
    )
    request.app.state.log.write(person=person, action="challenge opened", subject=case.row.fingerprint, at=now)
    return RedirectResponse(f"/case/{case.ref}#challenge", status_code=303)


def answer_challenge(request: Request) -> Response:
    """Answer the challenge of this case; where it is upheld, mark every report that has the case."""
    desk, form, person = request.app.state.desk, request.state.form, request.state.session.person
    case = _case(request)
    if form.get("answer") not in {"upheld", "not_upheld"}:
        raise DecisionError("Choose whether they are right.")
    by = DoneBy(person.role, person.number)
    ensure_may_answer(by)
    reason, now = reason_in(request, "reason", "what the answer rests on"), desk.clock()
    is_upheld = form["answer"] == "upheld"
    challenges = Challenges(desk.book)
    challenges.answer(
        case.row.fingerprint,
        is_upheld=is_upheld,
        reason=reason,
        by=by,
        at=now,
        run_id=case.run_id,
        about=case.row.about,
    )
    action = "challenge upheld" if is_upheld else "challenge not upheld"
    request.app.state.log.write(person=person, action=action, subject=case.row.fingerprint, at=now)
    if is_upheld:
        with desk.copy() as copy:
            finished = finished_runs(copy)
        reports = desk.published.parent / "reports"
        correct_reports(desk.book, reports, finished)
    return RedirectResponse(f"/case/{case.ref}#challenge", status_code=303)


def _case(request: Request) -> Case:
    desk, role = request.app.state.desk, request.state.session.person.role
    case = cases(desk, TIERS[role]).with_ref(request.path_params["ref"])
    if case is None:
        raise DecisionError("This case is not in the newest report. Use audit challenge instead.")
    return case
