"""The registers: how a run would find each now, a new file on trial, and the accounts that staff declare."""

import re

import duckdb
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.school_pages import FormError, of_school, reason_in, write_log
from dashboards.desk.pages.waiting_files import WaitingFile, file_that_waits
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import Declaration, RegisterTrial, SchoolDesk
from dashboards.queries import query
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


STATES = {"whole": "whole", "empty": "empty", "partial": "came short", "unread": "cannot be read"}
WHY_RIGHT = "why the change is right, such as a new school year"


@of_school
def registers(request: Request, school: SchoolDesk) -> Response:
    """Return how each register stands, with a form that takes a new file of it."""
    states = school.registers()
    write_log(request, "registers", "")
    now = {state.register: state.rows for state in states}
    return render(
        request,
        "registers.html",
        registers=states,
        states=STATES,
        done=request.query_params.get("done", "")[:20],
        before={
            name: rows
            for name, rows in request.app.state.desk.read_once(_rows_before).items()
            if rows > now.get(name, rows)
        },
    )


def _rows_before(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows each register had in the newest run that read it."""
    rows = db.execute("select register, max_by(rows, run_id) from published.registers group by register").fetchall()
    return dict(rows)


@of_school
def accept(request: Request, school: SchoolDesk) -> Response:
    """Write down that a register which came short is right, and lead back to the list."""
    register, person = request.path_params["register"], request.state.session.person
    note = reason_in(request, "note", WHY_RIGHT)
    school.accept_register(register, note, person)
    write_log(request, "register accepted", register)
    return RedirectResponse(f"/registers?done={register}", status_code=303)


# As what the matches know the people of each register; of the accounts register no case can be told.
_ROLES = {"pupils": "pupil", "staff": "staff", "governors": "governor", "parents": "parent", "leavers": "leaver"}


@of_school
def look(request: Request, school: SchoolDesk) -> Response:
    """Read a file that was sent, keep it until it is answered, and lead to what it would change."""
    register = request.path_params["register"]
    trial = school.try_register(register, request.state.file)
    waiting = WaitingFile(request.state.file, trial)
    request.app.state.files.put(request.state.session.person.number, _use(request), waiting)
    write_log(request, "register looked at", register)
    return RedirectResponse(f"/registers/{register}/waiting", status_code=303)


@of_school
def trial_page(request: Request, _school: SchoolDesk) -> Response:
    """Return what the file that waits would change."""
    file = file_that_waits(request, _use(request))
    if file is None:
        return said(request, "No file of this register waits. Send one on the page of registers.", 404)
    desk, person = request.app.state.desk, request.state.session.person
    return render(request, "register_trial.html", trial=file.trial, cases=_cases(desk, TIERS[person.role], file.trial))


@of_school
def put(request: Request, school: SchoolDesk) -> Response:
    """Put the file that waits in the register's place, let go of it, and lead to the list."""
    person, form = request.state.session.person, request.state.form
    with request.app.state.files.taken(person.number, _use(request)) as file:
        if file is None or form.get("sha256") != file.trial.sha256:
            raise FormError("This file does not wait any more. Send it again.")
        note = reason_in(request, "note", WHY_RIGHT) if file.trial.why_short else "Read whole."
        school.put_register(file.body, file.trial, note, person)
    register = file.trial.register
    write_log(request, "register uploaded", register)
    return RedirectResponse(f"/registers?done={register}", status_code=303)


@of_school
def drop(request: Request, _school: SchoolDesk) -> Response:
    """Let go of the file that waits."""
    request.app.state.files.drop(request.state.session.person.number, _use(request))
    return RedirectResponse("/registers", status_code=303)


def _use(request: Request) -> str:
    """Return the name under which a file of this register waits, which no file of another kind has."""
    return f"register {request.path_params['register']}"


def _cases(desk: Desk, tier: str, trial: RegisterTrial) -> int | None:
    """Return how many open cases rest on rows that would go; None where that cannot be told of this register."""
    given = {"run_id": desk.week(tier).run.run_id, "ids": list(trial.gone_ids)}  # type: ignore[arg-type]
    if trial.register == "photographs":
        name = "cases_of_photographs"
    elif trial.register in _ROLES:
        name, given = "cases_that_rest_on", {**given, "role": _ROLES[trial.register]}
    else:
        return None
    with desk.copy() as db:
        [(cases,)] = db.execute(query(name), given).fetchall()
    return int(cases)
