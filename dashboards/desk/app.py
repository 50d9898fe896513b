"""Makes the desk's web application: every address stands in one table, each with the roles that may ask for it."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboards.desk import case_list, case_page, decisions, home, pictures, report_page, sign_in
from dashboards.desk.desk import CLEARS, READS_CASES, TIERS, Desk
from dashboards.desk.guard import DeskPage, guarded, not_found
from dashboards.report import words
from dashboards.templating import environment
from policies.dates import short_date
from warehouse.casebook.desk_people import AccessLog, DeskPeople

EVERY_ROLE = frozenset(TIERS)


def _style(_request: Request) -> Response:
    shared = resources.files("dashboards.report.templates").joinpath("style.css").read_text(encoding="utf-8")
    own = resources.files("dashboards.desk.static").joinpath("desk.css").read_text(encoding="utf-8")
    return Response(shared + own, media_type="text/css")


def _script(_request: Request) -> Response:
    text = resources.files("dashboards.desk.static").joinpath("desk.js").read_text(encoding="utf-8")
    return Response(text, media_type="text/javascript")


PAGES = (
    DeskPage("/style.css", "GET", _style, None),
    DeskPage("/desk.js", "GET", _script, None),
    DeskPage("/sign-in", "GET", sign_in.sign_in_page, None),
    DeskPage("/sign-in", "POST", sign_in.sign_in, None),
    DeskPage("/invitation/{token}", "GET", sign_in.invitation_page, None),
    DeskPage("/invitation/{token}", "POST", sign_in.take_invitation, None),
    DeskPage("/sign-out", "POST", sign_in.sign_out, None),
    DeskPage("/", "GET", home.home, EVERY_ROLE),
    DeskPage("/report", "GET", report_page.report_page, EVERY_ROLE),
    DeskPage("/seen", "GET", home.seen, CLEARS),
    DeskPage("/cases", "GET", case_list.case_list, READS_CASES),
    DeskPage("/case/{ref}", "GET", case_page.case_page, READS_CASES),
    DeskPage("/case/{ref}/mark", "POST", decisions.mark, CLEARS),
    DeskPage("/case/{ref}/undo", "POST", decisions.undo, CLEARS),
    DeskPage("/case/{ref}/picture/{number:int}/{way}", "GET", pictures.picture, CLEARS),
    DeskPage("/log", "GET", report_page.access_log, frozenset({"dpo"})),
)


def make_app(desk: Desk, *, hosts: AbstractSet[str]) -> Starlette:
    """Return the application; `hosts` are the names, with their ports, by which it may be called."""
    routes = [Route(page.path, guarded(page), methods=[page.method]) for page in PAGES]
    app = Starlette(routes=routes, exception_handlers={404: not_found, 405: not_found})
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.state.people = DeskPeople(desk.book, key=desk.key)
    app.state.log = AccessLog(desk.book)
    app.state.clock = desk.clock
    app.state.hosts = hosts
    app.state.render = render
    return app


def _when(at: datetime, *, zone: ZoneInfo) -> str:
    """Return a moment as a reader at the school writes it."""
    local = at.astimezone(zone)
    return f"{short_date(local.date())}, {local:%H:%M}"


def render(request: Request, template: str, **values: Any) -> Response:
    """Return a page made of this template; what every page needs is given to all of them."""
    session = getattr(request.state, "session", None)
    given = {
        "desk": request.app.state.desk,
        "session": session,
        "clears": session is not None and session.person.role in CLEARS,
        "reads_cases": session is not None and session.person.role in READS_CASES,
        "words": words,
        "when": partial(_when, zone=request.app.state.desk.zone),
        **values,
    }
    engine = environment("dashboards.desk.templates", "dashboards.report.templates")
    return HTMLResponse(engine.get_template(template).render(**given))
