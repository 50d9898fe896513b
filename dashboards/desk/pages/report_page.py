"""Pages that are only read: the week's report, who looked at what, and the school's calendar."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.pages.week_today import live, with_attestations
from dashboards.desk.school.desk import TIERS
from dashboards.desk.school.rendering import render
from dashboards.report.corrections import corrections_in, with_banner
from dashboards.report.model import COUNTS_ONLY, Week
from dashboards.report.write import page
from policies.calendar import calendar_sentence
from warehouse.casebook.challenges import Challenges
from warehouse.exceptions.published_cases import finished_runs


def calendar_page(request: Request) -> Response:
    """Return the page of the calendar; it is changed in school.toml alone."""
    desk = request.app.state.desk
    school = desk.starter.school() if desk.starter is not None else None
    calendar = school.calendar if school else None
    return render(
        request,
        "calendar.html",
        terms=sorted(calendar.term, key=lambda term: term.first) if calendar else (),
        closed=sorted(calendar.closed, key=lambda closed: closed.first) if calendar else (),
        said=calendar_sentence(calendar, desk.today()),
        today=desk.today(),
    )


_OF_A_FILE = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def report_page(request: Request) -> Response:
    """Return the whole report of the newest run for this role, as the run wrote it, with what was said since."""
    person = request.state.session.person
    week = request.app.state.desk.week(TIERS[person.role])
    write_log(request, "report", week.run.run_id)
    return HTMLResponse(_corrected(request, week), headers={"content-security-policy": _OF_A_FILE})


def _corrected(request: Request, week: Week) -> str:
    """Return the report as the run's file has it, with what upheld challenges have corrected since."""
    desk = request.app.state.desk
    week = with_attestations(desk, week, request.app.state.school)
    upheld = Challenges(desk.book).upheld()
    finished = desk.read_once(finished_runs)
    cases = (row.fingerprint for row in desk.week("lead").exceptions)
    corrected = corrections_in(week.run.run_id, cases, upheld, finished)
    return with_banner(page(live(desk, week), back="/"), corrected, counts_only=week.tier in COUNTS_ONLY)


def access_log(request: Request) -> Response:
    """Return who looked at what, the newest first, and whether the log is as it was written."""
    log = request.app.state.log
    people = {person.number: person for person in request.app.state.people.people()}
    return render(request, "log.html", rows=tuple(reversed(log.rows()))[:500], broken=log.first_broken(), people=people)
