"""The school's calendar, as school.toml has it: its terms, the closed days in them, and how days to act are counted."""

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.school.rendering import render
from policies.calendar import calendar_sentence


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
