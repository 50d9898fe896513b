"""The tasks of a role that clears no cases: seen in words that name nobody, done, asked about, or called not so.

A task is told by its check's own words. Which account or post it is about stands with it where nobody is behind that,
and else on a page of its own, which is logged, for whoever answers for those people (`is_told` in policies/roles.py).
Whose account it is stands there once that was confirmed, or where a register declares it; what is only likely does not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.school_pages import reason_in, write_log
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.decisions import ensure_free, write_decision
from dashboards.desk.casework.grounds import whom_now
from dashboards.desk.casework.thread import tell_given, thread_of, write_message
from dashboards.desk.casework.verbs import first_step
from dashboards.desk.school.desk import Desk
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import SuggestedPerson
from dashboards.report.clauses import refs
from dashboards.report.model import Tier
from dashboards.safe_text import known_link
from policies.decisions import DECLARED
from policies.roles import HAS_TASKS, LEAD, is_about_nobody, is_told
from warehouse.casebook.case_facts import DecisionError, Wish
from warehouse.casebook.decisions import Decision

_ANSWERS: Mapping[str, str] = {"done": "Dealt with", "assigned": "Not so, says your answer to the Lead"}
NOT_YOURS = "This task is not yours any more. Go back to your tasks."
_PAPERS = "mark the exception as mistaken"  # what only whoever clears cases can do
_EVERY: Tier = "lead"  # the tier in which every case is; what a task says of one is Task's alone


@dataclass(frozen=True, slots=True)
class Task:
    """A case as its owner sees it who may not read it: what its check says of all such cases, and this one's day.

    `which` says which one it is, and `link` leads there; both are empty where they are not told here. `has_page` says
    that they are told on a page of its own; there `whom` are the people whose account it is, known by `known`, and
    `is_unsettled` says that nobody has found out yet. `thread` is what was written about it. What `is_unasked`
    no run looks at again.
    """

    ref: str
    heading: str
    rule: str
    next_step: str
    do_not: str | None
    severity: str
    due_on: date | None
    is_late: bool
    day: date
    sequence: int
    clause: tuple[str, str]
    clause_says: str
    which: str = ""
    link: str = ""
    whom: tuple[SuggestedPerson, ...] = ()
    known: str = ""
    is_unsettled: bool = False
    is_unasked: bool = False
    has_page: bool = False
    thread: tuple[Decision, ...] = ()


def tasks_of(desk: Desk, role: str, person: int) -> tuple[Task, ...]:
    """Return what waits for a person of a role with tasks, 0 for any, the late ones first; none for another role."""
    if role not in HAS_TASKS:
        return ()
    theirs = (
        case for case in _of_role(cases(desk, _EVERY), role) if case.assigned_to in {None, person or case.assigned_to}
    )
    tasks = (_task(desk, role, case) for case in theirs)
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
    """Write down that a task is done, not so, or a question about it; DecisionError for what is not one's own task."""
    form, case = request.state.form, _found(request)
    if case is None:
        raise DecisionError(NOT_YOURS)
    if form.get("kind") == "ask":
        write_message(request, case)
        return RedirectResponse("/", status_code=303)
    ensure_free(request, case)
    if form.get("kind") == "done":
        write_decision(request, case, Wish("done"), "Dealt with, as the task says.")
    elif form.get("kind") == "back":
        reason = reason_in(request, "note", "why it is not so")
        write_decision(request, case, back := Wish("assigned", to_role=LEAD), reason)
        tell_given(request, back)
    else:
        raise DecisionError("Choose one of the answers.")
    return RedirectResponse(f"/?told={case.ref}", status_code=303)


def task_page(request: Request) -> Response:
    """Return which account or post a task is about, and whose it is, to whoever answers for it; it is logged."""
    desk, role, case = request.app.state.desk, request.state.session.person.role, _found(request)
    if case is None:
        return said(request, NOT_YOURS, 404)
    may_see = is_told(role, case.row.concerns)
    known = _known(desk, case) if may_see and case.persons else ""
    whom = whom_now(request, case) if known else ()
    write_log(request, "task", case.row.fingerprint)
    if whom:
        write_log(request, "shown whom - to see to a task", case.row.fingerprint)
    typed = request.app.state.typed.of(request.state.session.person.number, case.ref, desk.clock())
    task = _task(desk, role, case, is_shown=may_see)
    task = replace(task, whom=whom, known=known, is_unsettled=may_see and bool(case.persons) and not whom)
    week = desk.week(_EVERY)
    return render(request, "task.html", task=task, run=week.run, clause_refs=desk.once(_EVERY, refs), typed=typed)


def _found(request: Request) -> Case | None:
    """Return the case that is the task of whoever asks; None where it is not theirs."""
    role, every = request.state.session.person.role, cases(request.app.state.desk, _EVERY)
    case = every.with_ref(request.path_params["ref"])
    return case if case is not None and case.is_waiting and case.owner_role == role else None


def _known(desk: Desk, case: Case) -> str:
    """Return by what it is known whose account a case is about, in words; empty where it is only likely."""
    said = desk.decisions.standing([case.row.fingerprint]).get(case.row.fingerprint)
    about = json.loads(case.row.about or "{}")
    stands = said is not None and not (said.is_over(desk.today()) or said.differs(about))
    if said is not None and stands and said.verdict in {"confirmed", "mistaken"}:
        return "as was confirmed" if said.verdict == "confirmed" else ""
    is_declared = desk.week(_EVERY).evidence[case.row.fingerprint].get("band") == DECLARED
    return "as the registers declare" if is_declared else ""


def _of_role(every: Caseload, role: str) -> tuple[Case, ...]:
    return every.at(sorted(every.owned_by(role) & every.waiting))


def _task(desk: Desk, role: str, case: Case, *, is_shown: bool = False) -> Task:
    row = case.row
    may_see = is_told(role, row.concerns)
    is_here = is_shown or (may_see and is_about_nobody(row.concerns))
    link = desk.week(_EVERY).evidence[row.fingerprint].get("link", "")
    return Task(
        ref=case.ref,
        heading=first_step(row.next_step),
        rule=row.check_title,
        next_step=row.next_step.replace(_PAPERS, "answer “Not so”"),
        do_not=row.do_not,
        severity=row.severity,
        due_on=case.due_on,
        is_late=case.is_late,
        day=case.day,
        sequence=case.sequence,
        clause=(row.pack, row.clause),
        clause_says=row.clause_says,
        which=row.reason if is_here else "",
        link=link if is_here and known_link(link) else "",
        is_unasked=row.is_unasked,
        has_page=may_see and not is_here,
        thread=thread_of(desk, row.fingerprint) if may_see and case.sequence else (),
    )
