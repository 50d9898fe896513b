"""Writes down what somebody decides about a case at the desk, and leads to the next one."""

from collections.abc import Mapping
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.casework.case_page import next_after
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.reasons import choices
from dashboards.desk.school.desk import TIERS
from dashboards.desk.school.naming import reason_in
from policies.roles import DoneBy, may_clear, title_of
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.decisions import Decision
from warehouse.casebook.may_decide import Around, DecisionError, SeenBefore, Wish, answer_of, ensure_answer, may_decide

WHAT = "what the decision rests on"


def mark(request: Request) -> Response:
    """Write a decision and go to the next case; DecisionError in one sentence for one that cannot be."""
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    tier = TIERS[person.role]
    every = cases(desk, tier)
    case = _case(every, request)
    ensure_free(request, case)
    held = request.app.state.open_cases.others(person.number, desk.clock())
    mine = every.waiting_for(person.role, person.number).with_held(held)
    answer, reason = _answer(case, request)
    write_decision(request, case, Wish(answer, _day(form, answer), form.get("to_role") or None), reason)
    request.app.state.open_cases.let_go(person.number)
    left = cases(desk, tier).waiting_for(person.role, person.number)
    return RedirectResponse(f"{next_after(mine, case, left)}?marked={case.ref}", status_code=303)


def undo(request: Request) -> Response:
    """Take back the newest decision of a case by a further one, and lead to the case."""
    case = _case(cases(request.app.state.desk, TIERS[request.state.session.person.role]), request)
    ensure_free(request, case)
    write_decision(request, case, Wish("undone"), "Taken back.")
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def write_decision(request: Request, case: Case, wish: Wish, reason: str) -> None:
    """Write what whoever is signed in decides, and that they did; DecisionError where they may not."""
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    by = DoneBy(person.role, person.number)
    sequence = form.get("sequence", "")
    seen = SeenBefore(
        form.get("run_id", ""),
        int(sequence) if sequence.isascii() and sequence.isdecimal() else -1,
        form.get("decided", ""),
    )
    is_corrected = wish.answer == "undone" and Challenges(desk.book).has_decided(case.decision)
    around = Around(desk.today(), case.at_desk, has_second=_has_second(request, case))
    decided = may_decide(by, case.facts(is_corrected=is_corrected), wish, seen, around)
    now = desk.clock()
    desk.decisions.add(
        Decision(
            fingerprint=case.row.fingerprint,
            sequence=case.sequence + 1,
            run_id=case.run_id,
            answer=answer_of(decided),
            by_person=person.number,
            by_role=person.role,
            note=reason,
            decided_at=now,
            until=decided.until,
            to_role=decided.to_role,
            about=case.row.about,
        )
    )
    request.app.state.log.write(person=person, action=decided.answer, subject=case.row.fingerprint, at=now)


def ensure_free(request: Request, case: Case) -> None:
    """Raise DecisionError if somebody else has the case open."""
    desk, person = request.app.state.desk, request.state.session.person.number
    held = request.app.state.open_cases.of_another(case.row.fingerprint, person=person, now=desk.clock())
    if held is not None:
        raise DecisionError(
            f"The {title_of(held.role)} has had this case open since {held.since.astimezone(desk.zone):%H:%M}. "
            "Open it and take it over, or go on to another."
        )


def _case(every: Caseload, request: Request) -> Case:
    case = every.with_ref(request.path_params["ref"])
    if case is None:
        raise DecisionError("This case is not among yours any more. Go back to the list.")
    return case


def _answer(case: Case, request: Request) -> tuple[str, str]:
    """Return the answer and the reason: one of the choices, or what was written."""
    form: Mapping[str, str] = request.state.form
    chosen = next((choice for choice in choices(case) if choice.key == form.get("choice")), None)
    if chosen:
        has_more = form.get("note", "").strip()
        return chosen.answer, f"{chosen.reason} {reason_in(request, 'note', WHAT)}" if has_more else chosen.reason
    ensure_answer(form.get("kind", ""))
    return form["kind"], reason_in(request, "note", WHAT)


def _day(form: Mapping[str, str], answer: str) -> date | None:
    text = form.get("until", "").strip()
    if not text or answer != "allowed":
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise DecisionError("Write the day as in 2026-12-31.") from error


def _has_second(request: Request, case: Case) -> bool:
    """Say whether somebody else can sign in who may read this case, and confirm what names somebody."""
    person = request.state.session.person.number
    others = (other for other in request.app.state.people.people() if other.number != person)
    return any(other.can_sign_in and may_clear(other.role, case.row.concerns) for other in others)
