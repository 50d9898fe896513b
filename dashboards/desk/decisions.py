"""Writes down what somebody does about a case, and leads to the next one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.case_page import next_after
from dashboards.desk.caseload import Caseload, cases
from dashboards.desk.cases import Case
from dashboards.desk.desk import CLEARS, TIERS, Desk, may_clear
from dashboards.desk.naming import ensure_names_nobody_here
from dashboards.desk.reasons import choices, needs_second
from dashboards.desk.task_roles import may_be_given
from policies.decisions import last_day
from policies.errors import UserError
from policies.roles import title_of
from warehouse.casebook.marks import Mark, MarkKind

_KINDS: frozenset[str] = frozenset({"confirmed", "mistaken", "allowed", "done", "assigned"})
LONGEST_NOTE = 2_000
_LONGEST = timedelta(days=731)


class DecisionError(UserError):
    """The decision cannot be written down; the message says why and what to do."""


def mark(request: Request) -> Response:
    """Write a mark and go to the next case; DecisionError in one sentence for one that cannot be."""
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    tier = TIERS[person.role]
    every = cases(desk, tier)
    case = _case(every, request)
    if not case.row.is_open:
        raise DecisionError("A decision sets this case aside already. It comes back when that has ended.")
    must_be_free(request, case)
    held = request.app.state.open_cases.others(person.number, desk.clock())
    mine = every.waiting_for(person.role, person.number).with_held(held)
    kind, reason = _answer(case, request)
    until = _until(desk, kind, form)
    to_role = _to_role(case, kind, form)
    if kind == "confirmed" and needs_second(case):
        kind = _first_or_second(request, case)
    write_mark(request, case, kind, reason, until=until, to_role=to_role)
    request.app.state.open_cases.let_go(person.number)
    left = cases(desk, tier).waiting_for(person.role, person.number)
    return RedirectResponse(f"{next_after(mine, case, left)}?marked={case.ref}", status_code=303)


def undo(request: Request) -> Response:
    """Take back the newest mark of a case by a further one, and lead to the case."""
    person, desk = request.state.session.person, request.app.state.desk
    case = _case(cases(desk, TIERS[person.role]), request)
    if case.mark is None:
        raise DecisionError("There is nothing to take back.")
    if not case.mark.is_of_desk:
        raise DecisionError(
            "This was not decided here about this case, so it cannot be taken back here. Answer it anew."
        )
    must_be_free(request, case)
    write_mark(request, case, "undone", "Taken back.")
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def _case(every: Caseload, request: Request) -> Case:
    case = every.with_ref(request.path_params["ref"])
    if case is None:
        raise DecisionError("This case is not among yours any more. Go back to the list.")
    must_be_as_read(case, request.state.form, request.state.session.person.number)
    return case


def must_be_as_read(case: Case, form: Mapping[str, str], person: int) -> None:
    """Raise DecisionError unless the form knows the newest run, every mark, and what was decided without one."""
    if form.get("run_id", "") != case.run_id:
        raise DecisionError("A run has published meanwhile, and may have found something else. Look at the case again.")
    if form.get("sequence", "") == str(case.sequence) and form.get("decided", "") == case.decided:
        return
    if case.mark is not None and case.mark.by_person == person:
        raise DecisionError("You have answered this case already. It stands as you answered it first.")
    raise DecisionError("Somebody else decided about this case while you read it. Look at it again.")


def must_be_free(request: Request, case: Case) -> None:
    """Raise DecisionError if somebody else has the case open."""
    desk, person = request.app.state.desk, request.state.session.person.number
    held = request.app.state.open_cases.of_another(case.row.fingerprint, person=person, now=desk.clock())
    if held is not None:
        raise DecisionError(
            f"The {title_of(held.role)} has had this case open since {held.since.astimezone(desk.zone):%H:%M}. "
            "Open it and take it over, or go on to another."
        )


def must_say_why(request: Request) -> str:
    """Return what was written as the reason; UserError where nothing was, too much, or a name of the registers."""
    note = " ".join(request.state.form.get("note", "").split())
    if len(note) > LONGEST_NOTE:
        raise DecisionError(f"The reason is longer than {LONGEST_NOTE:,} characters. Shorten it.")
    if not any(letter.isalnum() for letter in note):
        raise DecisionError("Say what the decision rests on; name no child.")
    ensure_names_nobody_here(request, note)
    return note


def _answer(case: Case, request: Request) -> tuple[MarkKind, str]:
    """Return the kind and the reason: one of the choices, or what was written."""
    form: Mapping[str, str] = request.state.form
    note = " ".join(form.get("note", "").split())
    chosen = next((choice for choice in choices(case) if choice.key == form.get("choice")), None)
    if chosen:
        return chosen.kind, f"{chosen.reason} {must_say_why(request)}" if note else chosen.reason
    kind = form.get("kind", "")
    if kind not in _KINDS:
        raise DecisionError("Choose one of the answers.")
    return kind, must_say_why(request)  # type: ignore[return-value]


def _until(desk: Desk, kind: str, form: Mapping[str, str]) -> date | None:
    text = form.get("until", "").strip()
    if kind not in {"allowed", "mistaken", "confirmed"}:
        return None
    try:
        until = datetime.strptime(text, "%Y-%m-%d").date() if text and kind == "allowed" else None  # noqa: DTZ007 - a day
    except ValueError as error:
        raise DecisionError("Write the day as in 2026-12-31.") from error
    if until is not None and until > desk.today() + _LONGEST:
        raise DecisionError("The day is more than two years away. Choose a nearer one.")
    if kind == "allowed" and until is None:
        raise DecisionError("Say until which day it is allowed.")
    if until is not None and until < desk.today():
        raise DecisionError("The day is in the past. Choose one to come.")
    return last_day(kind, until, desk.today())


def _to_role(case: Case, kind: str, form: Mapping[str, str]) -> str | None:
    if kind != "assigned":
        return None
    to_role = form.get("to_role", "")
    is_here = to_role in CLEARS or to_role in case.at_desk
    if not is_here or not may_be_given(to_role, case.row.concerns):
        raise DecisionError("Choose a role that may have the case and can sign in at the desk.")
    return to_role


def _first_or_second(request: Request, case: Case) -> MarkKind:
    """Return what a confirmation is that names somebody: the first person proposes it, another one confirms it."""
    person = request.state.session.person.number
    if case.mark is not None and case.mark.kind == "proposed":
        if case.mark.by_person == person:
            raise DecisionError("You said so already. Somebody else must say so too before anybody is named.")
        return "confirmed"
    others = (other for other in request.app.state.people.people() if other.number != person)
    if not any(o.can_sign_in and may_clear(o.role, case.row.concerns) for o in others):
        raise DecisionError(
            "Naming somebody takes two people, and nobody else who may read this case has a sign-in. Have a second "
            "person invited: audit desk invite."
        )
    return "proposed"


def write_mark(
    request: Request, case: Case, kind: MarkKind, reason: str, *, until: date | None = None, to_role: str | None = None
) -> None:
    """Write a mark of whoever is signed in, and that they made it."""
    person, desk = request.state.session.person, request.app.state.desk
    now = desk.clock()
    desk.marks.add(
        Mark(
            fingerprint=case.row.fingerprint,
            sequence=case.sequence + 1,
            run_id=case.run_id,
            kind=kind,
            by_person=person.number,
            by_role=person.role,
            note=reason,
            made_at=now,
            until=until,
            to_role=to_role,
        )
    )
    request.app.state.log.write(person=person, action=kind, subject=case.row.fingerprint, at=now)
