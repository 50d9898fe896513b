"""The week's report as the role reads it, and for the Data Protection Officer who looked at what."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.desk.desk import TIERS
from dashboards.report.page import page

_OF_A_FILE = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def report_page(request: Request) -> Response:
    """Return the whole report of the newest run for this role; it is the file that the run wrote."""
    person = request.state.session.person
    week = request.app.state.desk.week(TIERS[person.role])
    request.app.state.log.write(person=person, action="report", subject=week.run.run_id, at=request.app.state.clock())
    return HTMLResponse(page(week, back="/"), headers={"content-security-policy": _OF_A_FILE})


def access_log(request: Request) -> Response:
    """Return who looked at what, the newest first, and whether the log is as it was written."""
    log = request.app.state.log
    people = {person.number: person for person in request.app.state.people.people()}
    response: Response = request.app.state.render(
        request, "log.html", rows=tuple(reversed(log.rows()))[:500], broken=log.first_broken(), people=people
    )
    return response
