"""The pictures beside a case, one address each; who asked for one that is not blurred is written down."""

from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.casework.caseload import cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.previews import (
    MEDIA_TYPE,
    Preview,
    blurred,
    laid_over,
    may_see,
    previews_of,
    problems_of,
    with_boxes,
    with_pictures,
)
from dashboards.desk.school.desk import TIERS, Desk

_WAYS = frozenset({"blurred", "boxes", "over"})


def pictures_of(desk: Desk, role: str, case: Case) -> tuple[tuple[Preview, ...], tuple[str, ...]]:
    """Return the pictures of a case that this role may see, and in sentences why others are not shown."""
    if not may_see(role, case.row.concerns):
        return (), ()
    if case.row.fingerprint not in desk.read_once(with_pictures):
        return (), ()
    today = desk.today()
    with desk.copy() as db:
        return previews_of(db, case.row.fingerprint, on=today), problems_of(db, case.row.fingerprint, on=today)


def picture(request: Request) -> Response:
    """Return one picture: by its number, blurred, with its boxes drawn, or laid over what was posted."""
    person, desk = request.state.session.person, request.app.state.desk
    case = cases(desk, TIERS[person.role]).with_ref(request.path_params["ref"])
    previews = pictures_of(desk, person.role, case)[0] if case else ()
    number, way = request.path_params["number"], request.path_params["way"]
    if case is None or number >= len(previews) or way not in _WAYS:
        return Response("There is no such picture.", status_code=404, media_type="text/plain")
    preview = previews[number]
    if way == "blurred":
        return Response(blurred(preview), media_type=MEDIA_TYPE)
    posted = next((other for other in previews if other.side == "posted" and other.part == preview.part), None)
    body = laid_over(posted, preview) if way == "over" and posted is not None else with_boxes(preview)
    request.app.state.open_cases.renew(case.row.fingerprint, person=person.number, now=desk.clock())
    write_log(request, "picture", case.row.fingerprint)
    return Response(body, media_type=MEDIA_TYPE)
