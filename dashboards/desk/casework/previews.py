"""The pictures beside a case, for those alone who may see them, and never past their day.

They were decoded in a child process and compressed anew when the run published, so what is opened here is our own.
Who asked for one that is not blurred is written down.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

import duckdb
from PIL import Image, ImageDraw
from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.casework.caseload import cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.queries import query
from dashboards.report.model import Tier
from dashboards.report.read import CONCERNS

Side = Literal["posted", "approved"]
Box = tuple[float, float, float, float]
Registration = tuple[float, float, float, float, float, float]

MEDIA_TYPE = "image/webp"
_TIERS: dict[str, Tier] = {"enterprise_and_technology_lead": "lead", "dsl": "dsl"}  # the roles that compare pictures
_OUTLINE, _EDGE = (255, 64, 0), (255, 255, 255)
_LINE = 3  # pixels
_COARSE = 16  # pixels of the longer side, in which nobody is known again
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Preview:
    """One picture beside a case: what was posted, or an approved photograph that it is to be compared with.

    There is one for each part of a posted picture that is in question, with the same `body` where a picture has several
    parts. Boxes are left, top, right and bottom as fractions of the picture: `box` lies round everything that the part
    is about, `boxes` has each place by itself. `shows_people` is None where nobody knows, `medium_id` the posted
    picture's id. `registration` is how an approved photograph lies in the posted picture, None where that is not known:
    a place (x, y) of it is at (a x + b y + c, d x + e y + f) there.
    """

    side: Side
    part: int
    box: Box | None
    shows_people: bool | None
    photograph_id: str | None
    body: bytes
    media_type: str
    medium_id: str
    boxes: tuple[Box, ...] = ()
    registration: Registration | None = None


_OVER = "The time for which the picture may be kept is over."


def may_see(role: str, concerns: str) -> bool:
    """Say whether somebody of this role may see the pictures of a case that concerns this, such as `picture`.

    The Lead may see them all, the Designated Safeguarding Lead those of the cases that are hers to read; no other role
    sees any, as none has to compare them.
    """
    tier = _TIERS.get(role)
    if tier is None:
        return False
    read = CONCERNS[tier]
    return read is None or concerns in read


def previews_of(copy: duckdb.DuckDBPyConnection, fingerprint: str, *, on: date) -> tuple[Preview, ...]:
    """Return the pictures beside a case in the published copy, what was posted first; none that is past its day `on`.

    Ask `may_see` before: this gives them to whoever calls.
    """
    names = [field.name for field in fields(Preview)]
    rows = copy.execute(query("previews"), {"fingerprint": fingerprint, "day": on}).fetchall()
    return tuple(Preview(**dict(zip(names, map(_as_tuples, row), strict=True))) for row in rows)


def with_pictures(copy: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the fingerprints of the cases that pictures, or reasons why none are shown, lie beside."""
    rows = copy.execute("select distinct fingerprint from desk.previews").fetchall()
    return frozenset(fingerprint for (fingerprint,) in rows)


def problems_of(copy: duckdb.DuckDBPyConnection, fingerprint: str, *, on: date) -> tuple[str, ...]:
    """Return, in sentences, why pictures of a case are not to be shown on a day; none where all are."""
    given = {"fingerprint": fingerprint, "day": on, "too_late": _OVER}
    rows = copy.execute(query("preview_problems"), given).fetchall()
    return tuple(said for (said,) in rows)


def with_boxes(preview: Preview, boxes: Iterable[Box] | None = None) -> bytes:
    """Return the picture as WebP with its boxes drawn on it, or these in their place."""
    return _drawn(_opened(preview), preview.boxes if boxes is None else boxes)


def blurred(preview: Preview) -> bytes:
    """Return the picture as WebP so coarse that nobody can be known in it, with its boxes drawn on it."""
    image = _opened(preview)
    scale = _COARSE / max(image.size)
    coarse = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    return _drawn(coarse.resize(image.size, Image.Resampling.BICUBIC), preview.boxes)


def _drawn(image: Image.Image, boxes: Iterable[Box]) -> bytes:
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        wide, high = image.width - 1, image.height - 1
        corners = (left * wide, top * high, right * wide, bottom * high)
        draw.rectangle(corners, outline=_EDGE, width=_LINE + 2)
        draw.rectangle(corners, outline=_OUTLINE, width=_LINE)
    return _webp(image)


def laid_over(posted: Preview, approved: Preview, *, share: float = _HALF) -> bytes:
    """Return both pictures as one WebP of the posted one's size, the approved one over it, opaque by `share`.

    It is laid where it lies in the posted picture, however it was cropped or turned, and what it does not reach is
    darker; where that is not known, it fills the whole.
    ValueError for a share that is not from 0 (the posted picture alone) to 1 (the approved one alone).
    """
    if not 0 <= share <= 1:
        raise ValueError("The share of the approved picture goes from 0 to 1.")
    below = _opened(posted)
    above = _opened(approved)
    if approved.registration is None:
        return _webp(Image.blend(below, above.resize(below.size, Image.Resampling.LANCZOS), share))
    inverse = _inverse(approved.registration, below.size, above.size)
    laid = above.transform(below.size, Image.Transform.AFFINE, inverse, Image.Resampling.BILINEAR)
    return _webp(Image.blend(below, laid, share))


def _inverse(registration: Registration, below: tuple[int, int], above: tuple[int, int]) -> Registration:
    """Return which pixel of the approved picture shows at a pixel of the posted one, as Pillow asks for it."""
    a, b, c, d, e, f = registration
    across, down, scale = above[0] / (a * e - b * d), above[1] / (a * e - b * d), (1 / below[0], 1 / below[1])
    return (
        e * across * scale[0], -b * across * scale[1], (b * f - e * c) * across,
        -d * down * scale[0], a * down * scale[1], (d * c - a * f) * down,
    )  # fmt: skip


def _opened(preview: Preview) -> Image.Image:
    with Image.open(io.BytesIO(preview.body), formats=("WEBP",)) as image:
        return image.convert("RGB")


def _webp(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "WEBP", quality=80)
    return made.getvalue()


def _as_tuples(value: Any) -> Any:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


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
    posted_at = [number for number, other in enumerate(previews) if other is posted] if way == "over" else []
    shown = [str(each) for each in (number, *posted_at)]
    request.app.state.looks.add(request.state.session.number, case.row.fingerprint, case.version, shown)
    request.app.state.open_cases.renew(case.row.fingerprint, person=person.number, now=desk.clock())
    write_log(request, "picture", case.row.fingerprint)
    return Response(body, media_type=MEDIA_TYPE)
