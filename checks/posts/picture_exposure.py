"""No posted picture should make it easy to misuse a child's likeness: by face, name, place or size.

It rests on two papers for British schools. The guidance on learners' pictures of the UKCIS Early Warning Working Group
and the UK Safer Internet Centre, which Hwb prints too, asks for a name or a picture but never both, for files without
their metadata, and for no more pixels than are needed. The Group's warning of 2026, after pupils' pictures had been
taken from a school's own pages for blackmail with made-up abuse, adds: no identifiable pupil face-on, rather from a
distance or from behind, and every picture looked through again and again. Of the warning we had reports, not its text.
How large a face or a file is too large stands in neither: those two bounds are ours, and a pack may set others.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.model import Check, script
from checks.posts import pupil_named

_LEAD = ("platform", "account_id", "subject_id")
_EVIDENCE = ("reason", "link", "posted_on", "exposed_by", "pixels", "also_on_other_register")
_SAID = {
    "face": "shows a large face from the front",
    "name": "stands beside a pupil's full name",
    "position": "tells in its file where it was taken",
    "size": "has more pixels than a screen needs",
}
_NOT_SEARCHED = (
    "select count(distinct (platform, account_id, medium_id)) from core.pictures "
    "where is_ours and is_read and not is_watched"
)


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    named = {
        (row["platform"], row["account_id"], row["subject_id"]): row["also_on_other_register"]
        for row in pupil_named.CHECK.judge(db, as_of, {}).iter_rows(named=True)
    }
    shown = db.sql(script("checks.posts", "picture_exposure.sql")).pl().iter_rows(named=True)
    rows = [
        exposed
        for _, places in groupby(shown, key=itemgetter(*_LEAD))
        for exposed in _exposed([{**one, "named": named.get(_post(one))} for one in places], parameters)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys((*_LEAD, *_EVIDENCE), pl.String))


def _post(picture: Mapping[str, Any]) -> tuple[str, str, str]:
    return picture["platform"], picture["account_id"], picture["post_id"]


def _exposed(places: list[dict[str, Any]], parameters: Mapping[str, Any]) -> Iterator[dict[str, str | None]]:
    """Give one row for a picture that is exposed on any of the posts that show it, at the first of those."""
    found = [(one, points) for one in places if (points := tuple(_points(one, parameters)))]
    if not found:
        return
    first = found[0][0]
    exposed_by = [point for point in _SAID if any(point in points for _, points in found)]
    names = [one["named"] for one, _ in found if one["named"]]
    yield {
        **{name: first[name] for name in (*_LEAD, "link", "posted_on")},
        "reason": f"{first['which']} {_listed([_SAID[point] for point in exposed_by])}.",
        "exposed_by": ", ".join(exposed_by),
        "pixels": f"{first['width']} x {first['height']}" if first["width"] else None,
        "also_on_other_register": min(names, default=None),
    }


def _points(picture: Mapping[str, Any], parameters: Mapping[str, Any]) -> Iterator[str]:
    """Give what makes the picture easy to misuse; many pixels do only where somebody is shown or named."""
    if picture["face_share"] is not None and picture["face_share"] * 100 >= parameters["face_percent"]:
        yield "face"
    if picture["named"]:
        yield "name"
    if picture["has_position"]:
        yield "position"
    is_large = max(picture["width"], picture["height"]) > parameters["longest_pixels"]
    if is_large and (picture["named"] or picture["people"] == "yes"):
        yield "size"


def _listed(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _unsearched(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    [(count,)] = db.sql(_NOT_SEARCHED).fetchall()
    if not count:
        return None
    pictures = "1 picture" if count == 1 else f"{count:,} pictures"
    return f"Faces were not looked for in {pictures}, of which only names, positions and sizes beside a name are told."


CHECK = Check(
    id="picture_exposure",
    title="No posted picture is easy to misuse: no large face, no name beside it, no position, no needless size",
    why="Blackmailers take pupils' pictures from schools' own pages and make abuse of them; a large clear face serves "
    "them best, a name tells them whom to write to, and a place where to find the child.",
    sources=("x", "youtube"),
    coverage="core.exposure_coverage",
    sees="Photographs and animations on standing posts on X and thumbnails of videos on YouTube: whether the largest "
    "face that looks at the camera takes a quarter of the shorter side or more (face_percent), whether the post, its "
    "title, tags or picture descriptions give a pupil's full name, whether the file holds a position, and whether a "
    "picture that shows people, or stands beside such a name, is more than 2,048 pixels wide or high "
    "(longest_pixels). Approved pictures too: approval does not make a picture hard to misuse.",
    cannot_see="Whose face it is, and whether it is a child's; faces at all, where people = false is set or the "
    "detector is not installed; faces turned away, covered or very dark; names within pictures; what happens inside "
    "a video; how large the file was before the platform made it smaller.",
    next_step="Post a picture from further away, from behind or of the work instead, without the name and no larger "
    "than a screen, and take this one down. If it must stay, have that decided and allow it until a day.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not crop it closer, do not send it round to ask who is in it, and do not answer or pay anybody who "
    "threatens with such a picture: the designated safeguarding lead tells the police.",
    subject_kind="medium",
    concerns="picture",
    judge=_judge,
    defaults={"face_percent": 25, "longest_pixels": 2048},
    change_key=("exposed_by",),
    remark=_unsearched,
    needs=("pupils",),
    canary=planted("checks.posts", "picture_exposure"),
    canary_subject="canary-picture-exposure",
)
