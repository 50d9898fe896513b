"""One case: what was found, what to do, what it rests on, what was done before, and the answers that can be given."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.cases import Case, cases, same_subject, waiting_for, with_ref
from dashboards.desk.desk import CLEARS, TIERS, Desk, may_clear
from dashboards.desk.pictures import pictures_of
from dashboards.desk.reasons import choices, needs_second
from dashboards.queries import rows
from dashboards.report.clauses import refs
from policies.roles import ROLES


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """How a case stood in one run."""

    as_of: date
    status: str
    decision: str | None


def case_page(request: Request) -> Response:
    """Return the page of one case, and write down who looked at it."""
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    week, every = desk.week(tier), cases(desk, tier)
    case = with_ref(every, request.path_params["ref"])
    if case is None:
        return RedirectResponse("/cases", status_code=303)
    request.app.state.log.write(
        person=person, action="case", subject=case.row.fingerprint, at=request.app.state.clock()
    )
    mine = waiting_for(every, person.role, person.number)
    before = with_ref(every, request.query_params.get("marked", ""))
    others = same_subject(desk, tier, every, case)
    pictures, hidden = pictures_of(desk, person.role, case)
    shows_people = any(picture.shows_people is not False for picture in pictures)
    response: Response = request.app.state.render(
        request,
        "case.html",
        week=week,
        run=week.run,
        tier=tier,
        case=case,
        clause_refs=refs(week),
        history=_history(desk, case),
        marks=desk.marks.of(case.row.fingerprint),
        others=others,
        choices=choices(case),
        needs_second=needs_second(case),
        roles={role: ROLES[role] for role in sorted(CLEARS) if may_clear(role, case.row.concerns)},
        place=_place(mine, case),
        after=next_after(mine, case),
        before=before,
        pictures=pictures,
        hidden=hidden,
        are_shown=not shows_people or request.query_params.get("pictures") == "shown",
    )
    return response


def next_after(mine: tuple[Case, ...], case: Case) -> str:
    """Return the address of the case after this one among those that wait; at the end, that all was seen."""
    refs_in_order = [other.ref for other in mine]
    if case.ref in refs_in_order:
        rest = refs_in_order[refs_in_order.index(case.ref) + 1 :]
        return f"/case/{rest[0]}" if rest else "/seen"
    return f"/case/{refs_in_order[0]}" if refs_in_order else "/seen"


def _place(mine: tuple[Case, ...], case: Case) -> str:
    refs_in_order = [other.ref for other in mine]
    return f"{refs_in_order.index(case.ref) + 1} of {len(mine)}" if case.ref in refs_in_order else ""


def _history(desk: Desk, case: Case) -> tuple[EarlierRun, ...]:
    with desk.copy() as db:
        return rows(db, "case_history", EarlierRun, fingerprint=case.row.fingerprint)
