"""The first page: what waits for whoever is signed in, what waits for others, and what could not be seen."""

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.cases import cases, minutes, waiting_for, with_ref
from dashboards.desk.desk import CLEARS, TIERS
from dashboards.report.exception_groups import tally
from dashboards.report.notices import notices
from dashboards.report.week_summary import could_not_tell, lede, reservations


def home(request: Request) -> Response:
    """Return the first page."""
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    week = desk.week(tier)
    figures = tally(week)
    every = cases(desk, tier) if person.role in CLEARS else ()
    mine = waiting_for(every, person.role, person.number)
    others = sum(case.is_waiting for case in every) - len(mine)
    response: Response = request.app.state.render(
        request,
        "home.html",
        week=week,
        run=week.run,
        tier=tier,
        lede=lede(week, figures),
        reservations=reservations(week, figures),
        notices=notices(week),
        mine=mine,
        others=others,
        minutes=minutes(mine),
    )
    return response


def seen(request: Request) -> Response:
    """Return the page at the end of the cases: that all was seen, and what nobody could see."""
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    week, every = desk.week(tier), cases(desk, tier)
    mine = waiting_for(every, person.role, person.number)
    skipped = [case for case in mine if case.is_waiting]
    response: Response = request.app.state.render(
        request,
        "seen.html",
        week=week,
        run=week.run,
        skipped=skipped,
        before=with_ref(every, request.query_params.get("marked", "")),
        blind=could_not_tell(week),
        notices=notices(week),
    )
    return response
