"""What no machine can see: the clauses of one's own role, several attested with one piece of evidence."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError, day_in, of_school, reason_in, write_log
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import SchoolDesk

_TICKED = "clause."


@of_school
def clauses(request: Request, school: SchoolDesk) -> Response:
    """Return the clauses that are for this role to attest, those that wait first."""
    every = school.clauses(request.state.session.person.role)
    waiting = [clause for clause in every if clause.until is None]
    fallen = request.query_params.getlist("fallen")
    return render(
        request,
        "attest.html",
        waiting=waiting,
        fallen=[clause for clause in waiting if clause.clause in fallen],
        standing=[clause for clause in every if clause.until is not None],
        latest=max((clause.latest for clause in every if not clause.is_red), default=None),
        today=request.app.state.desk.today(),
        done=request.query_params.get("done", ""),
    )


@of_school
def attest(request: Request, school: SchoolDesk) -> Response:
    """Write down one attestation of each clause that is ticked, all or none, and tell which do not stand."""
    form, person = request.state.form, request.state.session.person
    ticked = [name.removeprefix(_TICKED) for name in form if name.startswith(_TICKED)]
    if not ticked:
        raise FormError("Tick the clauses that you attest.")
    evidence = reason_in(request, "evidence", "what the attestation rests on")
    until = day_in(form.get("until", ""), "the day until which it stands")
    school.attest(ticked, evidence, until, person)
    for clause in ticked:
        write_log(request, "attested", clause)
    now = school.clauses(person.role)
    fallen = [("fallen", clause.clause) for clause in now if clause.clause in ticked and clause.until is None]
    return RedirectResponse(f"/attest?{urlencode([('done', len(ticked)), *fallen])}", status_code=303)
