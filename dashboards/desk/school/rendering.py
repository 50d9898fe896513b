"""Makes a page of a template, with what every page of the desk needs."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.report import words
from dashboards.report.templating import environment
from policies.dates import short_date
from policies.roles import CLEARS, KEEPS_REGISTERS, READS_CASES, SEES_TO_POLICY


def _when(at: datetime, *, zone: ZoneInfo) -> str:
    """Return a moment as a reader at the school writes it."""
    local = at.astimezone(zone)
    return f"{short_date(local.date())}, {local:%H:%M}"


def _when_ms(milliseconds: int | None, *, zone: ZoneInfo) -> str:
    """Return the same of milliseconds since 1970, and none as a dash."""
    return words.NONE if milliseconds is None else _when(datetime.fromtimestamp(milliseconds / 1000, UTC), zone=zone)


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page made of this template; what every page needs is given to all of them."""
    session, setup = getattr(request.state, "session", None), request.app.state.setup
    given = {
        "desk": request.app.state.desk,
        "session": session,
        "clears": session is not None and session.person.role in CLEARS,
        "reads_cases": session is not None and session.person.role in READS_CASES,
        "has_school": request.app.state.school is not None,
        "has_policy": setup is not None and setup.is_after,
        "sees_to_policy": session is not None and session.person.role in SEES_TO_POLICY,
        "has_setup": setup is not None and not setup.is_after,
        "keeps_registers": session is not None and session.person.role in KEEPS_REGISTERS,
        "words": words,
        "clock_time": lambda at: f"{at.astimezone(request.app.state.desk.zone):%H:%M}",
        "when": partial(_when, zone=request.app.state.desk.zone),
        "when_ms": partial(_when_ms, zone=request.app.state.desk.zone),
        **values,
    }
    engine = environment("dashboards.desk.templates", "dashboards.report.templates")
    return HTMLResponse(engine.get_template(template).render(**given), status_code=status)
