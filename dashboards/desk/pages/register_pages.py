"""The registers as a run would find them now, and the word of somebody that one which came short is right."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import of_school, write_log
from dashboards.desk.school.naming import reason_in
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import SchoolDesk

STATES = {"whole": "whole", "partial": "came short", "unread": "cannot be read"}
WHY_RIGHT = "why the change is right, such as a new school year"


@of_school
def registers(request: Request, school: SchoolDesk) -> Response:
    """Return how each register stands, with a form that takes a new file of it."""
    states = school.registers()
    write_log(request, "registers", "")
    return render(
        request, "registers.html", registers=states, states=STATES, done=request.query_params.get("done", "")[:20]
    )


@of_school
def accept(request: Request, school: SchoolDesk) -> Response:
    """Write down that a register which came short is right, and lead back to the list."""
    register, person = request.path_params["register"], request.state.session.person
    note = reason_in(request, "note", WHY_RIGHT)
    school.accept_register(register, note, person)
    write_log(request, "register accepted", register)
    return RedirectResponse(f"/registers?done={register}", status_code=303)
