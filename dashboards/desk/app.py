"""Makes the desk's web application of its pages, and what every page needs."""

from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, compile_path

from dashboards.desk import ask_page, openid, sign_in
from dashboards.desk.desk import Desk
from dashboards.desk.doors import PROVING_AT_ONCE
from dashboards.desk.guard import PAGES_AT_ONCE, UPLOADS_AT_ONCE, failed, guarded, refused
from dashboards.desk.naming import NamesNow
from dashboards.desk.open_cases import OpenCases
from dashboards.desk.pages import KEEPS_REGISTERS, PAGES
from dashboards.desk.pending import Pending
from dashboards.desk.school_desk import SchoolDesk
from dashboards.desk.waiting_files import WaitingFiles
from dashboards.report import words
from dashboards.templating import environment
from policies.dates import short_date
from policies.roles import CLEARS, READS_CASES
from warehouse.casebook.desk_people import AccessLog, DeskPeople
from warehouse.casebook.desk_secrets import sha256_of


def make_app(
    desk: Desk,
    *,
    hosts: AbstractSet[str],
    names: NamesNow,
    is_https: bool = False,
    provider: openid.OpenIdProvider | None = None,
    school: SchoolDesk | None = None,
) -> Starlette:
    """Return the application; `hosts` are the names, with their ports, by which it may be called.

    `is_https` says that browsers reach it by https, `provider` who else lets people in, and `school` is the school's
    own folder: without it there are no pages of photographs, registers and attestations. `names` returns every name on
    the registers, which nothing that is typed and kept may have.
    """
    routes = [Route(page.path, guarded(page), methods=[page.method]) for page in PAGES]
    app = Starlette(routes=routes, exception_handlers={HTTPException: refused, Exception: failed})
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.state.people = DeskPeople(desk.book, key=desk.key)
    app.state.log = AccessLog(desk.book)
    app.state.open_cases = OpenCases()
    app.state.clock = desk.clock
    app.state.pages = CapacityLimiter(PAGES_AT_ONCE)
    app.state.uploads = CapacityLimiter(UPLOADS_AT_ONCE)
    app.state.proving = CapacityLimiter(PROVING_AT_ONCE)
    app.state.questions = CapacityLimiter(ask_page.QUESTIONS_AT_ONCE)
    app.state.hosts = hosts
    app.state.names = names
    app.state.is_https = is_https
    app.state.school_mark = sha256_of(desk.school_id)[:8]
    app.state.provider = provider
    app.state.signed_in_routes = tuple(
        compile_path(page.path)[0] for page in PAGES if page.method == "GET" and page.roles
    )
    app.state.codes = Pending[sign_in.CodeWanted]()
    app.state.left = Pending[openid.LeftForProvider]()
    app.state.school = school
    app.state.files = WaitingFiles()
    app.state.render = render
    return app


def _when(at: datetime, *, zone: ZoneInfo) -> str:
    """Return a moment as a reader at the school writes it."""
    local = at.astimezone(zone)
    return f"{short_date(local.date())}, {local:%H:%M}"


def _when_ms(milliseconds: int | None, *, zone: ZoneInfo) -> str:
    """Return the same of milliseconds since 1970, and none as a dash."""
    return words.NONE if milliseconds is None else _when(datetime.fromtimestamp(milliseconds / 1000, UTC), zone=zone)


def render(request: Request, template: str, **values: Any) -> Response:
    """Return a page made of this template; what every page needs is given to all of them."""
    session = getattr(request.state, "session", None)
    given = {
        "desk": request.app.state.desk,
        "session": session,
        "clears": session is not None and session.person.role in CLEARS,
        "reads_cases": session is not None and session.person.role in READS_CASES,
        "has_school": request.app.state.school is not None,
        "keeps_registers": session is not None and session.person.role in KEEPS_REGISTERS,
        "words": words,
        "clock_time": lambda at: f"{at.astimezone(request.app.state.desk.zone):%H:%M}",
        "when": partial(_when, zone=request.app.state.desk.zone),
        "when_ms": partial(_when_ms, zone=request.app.state.desk.zone),
        **values,
    }
    engine = environment("dashboards.desk.templates", "dashboards.report.templates")
    return HTMLResponse(engine.get_template(template).render(**given))
