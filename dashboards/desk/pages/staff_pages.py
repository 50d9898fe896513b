"""Which accounts members of staff declare: the staff register, and the form that writes one into it."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError, of_school, write_log
from dashboards.desk.school.naming import reason_in
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import Declaration, SchoolDesk
from policies.platforms.registry import PLATFORMS

DECLARED_BY = {"themselves": "They said so themselves", "school": "It is a school account that they run"}
_ACCOUNT = re.compile(r"[^\x00-\x20]{1,200}")


@of_school
def staff(request: Request, school: SchoolDesk) -> Response:
    """Return the staff register with what is declared; the address may give an account from a case."""
    query = request.query_params
    write_log(request, "staff register", "")
    return render(
        request,
        "staff_accounts.html",
        staff=school.staff(),
        platforms={platform.id: platform.name for platform in PLATFORMS.values()},
        declared_by=DECLARED_BY,
        platform=query.get("platform", ""),
        account=query.get("account", "")[:200],
        is_done="done" in query,
    )


@of_school
def declare(request: Request, school: SchoolDesk) -> Response:
    """Write a declared account into the staff register, and lead back to it."""
    form = request.state.form
    account, platform, by = form.get("account", "").strip(), form.get("platform", ""), form.get("declared_by", "")
    if not _ACCOUNT.fullmatch(account) or platform not in PLATFORMS:
        raise FormError("Choose the platform, and write one account: its id, its handle or its address.")
    if by not in DECLARED_BY:
        raise FormError("Say who declared it: they themselves, or the school.")
    note = reason_in(request, "note", "how and when it was declared, such as a form and its day")
    declaration = Declaration(form.get("person_id", ""), platform, account, by, note)
    school.declare(declaration, request.state.session.person)
    write_log(request, "account declared", declaration.person_id)
    return RedirectResponse("/registers/staff?done=1", status_code=303)
