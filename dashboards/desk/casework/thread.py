"""What people write to each other about a case, kept and erased with its decisions; and to whom a case is given."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import reason_in
from dashboards.desk.casework.caseload import Caseload
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.grounds import reading
from dashboards.desk.school.desk import Desk
from policies.roles import DoneBy
from warehouse.casebook.case_facts import Around, DecisionError, SeenBefore, Wish
from warehouse.casebook.decisions import Decision
from warehouse.casebook.may_decide import may_decide


def thread_of(desk: Desk, fingerprint: str) -> tuple[Decision, ...]:
    """Return what was written about a case, the oldest first."""
    return tuple(row for row in desk.decisions.of(fingerprint) if row.answer == "said")


def with_messages(desk: Desk, every: Caseload, role: str) -> tuple[Case, ...]:
    """Return the cases about which somebody of another role wrote, and nobody has written or answered since."""
    rows = desk.decisions.every(desk.decisions.written_about())
    newest = {case: of[-1] for case, of in rows.items()}
    new = {case for case, row in newest.items() if row.answer == "said" and row.by_role != role}
    return every.at(sorted(every.order.place[case] for case in new if case in every.order.place))


def say(request: Request) -> Response:
    """Write a sentence about a case that whoever is signed in reads."""
    case = reading(request).case
    if case is None:
        raise DecisionError("This case is not among yours any more. Go back to the list.")
    write_message(request, case)
    return RedirectResponse(f"/case/{case.ref}#thread", status_code=303)


def write_message(request: Request, case: Case) -> None:
    """Write what the form says about a case; DecisionError for whoever neither reads it nor has it as a task."""
    person, desk = request.state.session.person, request.app.state.desk
    note, now = reason_in(request, "note", "what you want to write"), desk.clock()
    around = Around(desk.today(), case.at_desk, second_for_staff=desk.second_for_staff)
    as_it_stands = SeenBefore(case.edition, case.sequence, case.told)
    may_decide(DoneBy(person.role, person.number), case.facts(), Wish("said"), as_it_stands, around)
    desk.decisions.add(Decision(case.row.fingerprint, 0, case.run_id, "said", person.number, person.role, note, now))
    request.app.state.typed.forget(person.number)
    request.app.state.log.write(person=person, action="said", subject=case.row.fingerprint, at=now)


def tell_given(request: Request, wish: Wish) -> None:
    """Tell the role to which this gives a case, once for all that were given, unless it is one's own.

    Of one's own role another person is told.
    """
    person = request.state.session.person
    is_own = wish.to_person == person.number if wish.to_person is not None else wish.to_role == person.role
    if wish.answer == "assigned" and wish.to_role and not is_own:
        request.app.state.tell(wish.to_role)


def given_to(request: Request) -> Wish:
    """Return the wish of a form that gives cases to a role, or to one person of it: `dsl`, or `dsl 3`."""
    role, _, number = request.state.form.get("to_role", "").partition(" ")
    one = int(number) if number.isascii() and number.isdecimal() else None
    return Wish("assigned", to_role=role or None, to_person=one)
