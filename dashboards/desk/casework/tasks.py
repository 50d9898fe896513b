"""The tasks of a role that clears no cases: seen in words that name nobody, done, or given back to the Lead.

A task is told by its check's own words, and never by the case: no account, no text, no reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import reason_in
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.decisions import ensure_free, write_decision
from dashboards.desk.casework.verbs import first_step
from dashboards.desk.school.desk import Desk
from dashboards.report.model import Tier
from policies.roles import HAS_TASKS, LEAD
from warehouse.casebook.case_facts import DecisionError, Wish

_ANSWERS: Mapping[str, str] = {"done": "Done", "assigned": "Given back to the Lead"}
_EVERY: Tier = "lead"  # the tier in which every case is; what a task says of one is Task's alone


@dataclass(frozen=True, slots=True)
class Task:
    """A case as its owner sees it who may not read it: what its check says of all such cases, and this one's day."""

    ref: str
    heading: str
    rule: str
    next_step: str
    do_not: str | None
    severity: str
    due_on: date | None
    is_late: bool
    sequence: int


def tasks_of(desk: Desk, role: str) -> tuple[Task, ...]:
    """Return what waits for a role with tasks, the late ones first; none for any other role."""
    if role not in HAS_TASKS:
        return ()
    tasks = (_task(case) for case in _of_role(cases(desk, _EVERY), role))
    return tuple(sorted(tasks, key=lambda task: not task.is_late))


def answered(desk: Desk, ref: str, person: int) -> str:
    """Return which task this person has just answered, and how; empty where this ref is none that they answered."""
    case = cases(desk, _EVERY).with_ref(ref)
    if (
        case is None
        or case.decision is None
        or case.decision.by_person != person
        or case.decision.answer not in _ANSWERS
    ):
        return ""
    return f"{_ANSWERS[case.decision.answer]}: {first_step(case.row.next_step)}"


def answer(request: Request) -> Response:
    """Write down that a task is done, or give it back with a reason; DecisionError for what is not one's own task."""
    desk, form, role = request.app.state.desk, request.state.form, request.state.session.person.role
    every = cases(desk, _EVERY)
    case = every.with_ref(request.path_params["ref"])
    if case is None or not case.is_waiting or case.owner_role != role:
        raise DecisionError("This task is not yours any more. Go back to your tasks.")
    ensure_free(request, case)
    if form.get("kind") == "done":
        write_decision(request, case, Wish("done"), "Done, as the task says.")
    elif form.get("kind") == "back":
        reason = reason_in(request, "note", "why you give it back")
        write_decision(request, case, Wish("assigned", to_role=LEAD), reason)
    else:
        raise DecisionError("Choose one of the answers.")
    return RedirectResponse(f"/?told={case.ref}", status_code=303)


def _of_role(every: Caseload, role: str) -> tuple[Case, ...]:
    return every.at(sorted(every.owned_by(role) & every.waiting))


def _task(case: Case) -> Task:
    row = case.row
    return Task(
        ref=case.ref,
        heading=first_step(row.next_step),
        rule=row.check_title,
        next_step=row.next_step,
        do_not=row.do_not,
        severity=row.severity,
        due_on=row.due_on,
        is_late=row.is_late,
        sequence=case.sequence,
    )
