"""What people ask about their data: what is due, each request with its steps, and the next one to be recorded."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError, day_in, ensure_names_nobody_here, write_log
from dashboards.desk.school.rendering import render
from policies.platforms.registry import PLATFORMS
from policies.requests import CLOSED, ENDS, KINDS, RECEIVED, STEPS
from policies.roles import DoneBy
from warehouse.casebook.holds import PERSON, PHOTOGRAPH
from warehouse.casebook.subject_requests import SubjectRequests

WHOM = (PERSON, PHOTOGRAPH, *PLATFORMS)
_PLACE = "/requests"


def requests_page(request: Request) -> Response:
    """Return the requests, what is due first, with a form for the next step of each and for a new one."""
    desk, school = request.app.state.desk, request.app.state.school
    every = SubjectRequests(desk.book).all()
    return render(
        request,
        "requests.html",
        requests=every,
        waiting=[each for each in every if each.waits],
        kinds=KINDS,
        steps=STEPS,
        names={**STEPS, RECEIVED: "received"},
        ends=ENDS,
        closed=CLOSED,
        whom=WHOM,
        today=desk.today(),
        to_complete=() if school is None else school.to_complete(),
    )


def receive(request: Request) -> Response:
    """Write down a request that came."""
    form, desk = request.state.form, request.app.state.desk
    note, ident, kind_of = form.get("note", "").strip(), form.get("id", "").strip(), form.get("whom", "")
    ensure_names_nobody_here(request, note)
    if ident and kind_of not in WHOM:
        raise FormError("Say whether the id is a person's, a photograph's or an account's.")
    made = SubjectRequests(desk.book).receive(
        form.get("kind", ""),
        received_on=day_in(form.get("received", ""), "the day on which it came"),
        about=(kind_of, ident) if ident else None,
        note=note,
        by=_who(request),
        at=desk.clock(),
        today=desk.today(),
    )
    write_log(request, "recorded a request", str(made.number))
    return RedirectResponse(_PLACE, status_code=303)


def record(request: Request) -> Response:
    """Write down a step of a request."""
    form, desk = request.state.form, request.app.state.desk
    note, number = form.get("note", "").strip(), int(request.path_params["number"])
    ensure_names_nobody_here(request, note)
    SubjectRequests(desk.book).record(number, form.get("step", ""), note=note, by=_who(request), at=desk.clock())
    write_log(request, "recorded a step of a request", str(number))
    return RedirectResponse(_PLACE, status_code=303)


def _who(request: Request) -> DoneBy:
    person = request.state.session.person
    return DoneBy(person.role, person.number)
