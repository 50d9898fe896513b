"""No posted picture should make it easy to misuse a child's likeness: by face, name, place or size.

It rests on two papers for British schools. The guidance on learners' pictures of the UKCIS Early Warning Working Group
and the UK Safer Internet Centre, which Hwb prints too, asks for a name or a picture but never both, for files without
their metadata, and for no more pixels than are needed. The Group's warning of 2026, after pupils' pictures had been
taken from a school's own pages for blackmail with made-up abuse, adds: no identifiable pupil face-on, rather from a
distance or from behind, and every picture looked through again and again. Of the warning we had reports, not its text.
How large a face or a file is too large stands in neither: those two bounds are ours, and a pack may set others.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_PICTURE, POST_LINK, POSTED_ON, Evidence
from checks.model import Check
from checks.papers import papers
from checks.posts import pupil_named
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_text

_LEAD = ("platform", "account_id", "subject_id")
_SHOWN = ("which", "link", "posted_on", "width", "height", ABOUT_PICTURE)
_EVIDENCE = ("reason", "link", "posted_on", "exposed_by", "pixels", "also_on_other_register", ABOUT_PICTURE)
_SAYS = {
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
    named = pupil_named.CHECK.judge(db, as_of, {}).select(
        "platform", "account_id", post_id="subject_id", named="also_on_other_register"
    )
    pictures = pl.DataFrame(db.sql(packaged_text("checks.posts", "picture_exposure.sql")))
    points = _points(parameters)
    exposed = (
        pictures.join(named, on=["platform", "account_id", "post_id"], how="left", maintain_order="left")
        .with_columns(**points)
        .filter(pl.any_horizontal(*points))
        .group_by(_LEAD, maintain_order=True)  # a picture on several posts is listed under the first of them
        .agg(pl.col(_SHOWN).first(), pl.col(*points).any(), also_on_other_register=pl.col("named").min())
    )
    rows = [_exposed(picture) for picture in exposed.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=dict.fromkeys((*_LEAD, *_EVIDENCE), pl.String))


def _points(parameters: Mapping[str, Any]) -> dict[str, pl.Expr]:
    """Return what makes a picture easy to misuse; many pixels do only where somebody is shown or named."""
    is_named = pl.col("named").is_not_null()
    is_large = pl.max_horizontal("width", "height") > parameters["longest_pixels"]
    return {
        "face": (pl.col("face_share") * 100 >= parameters["face_percent"]).fill_null(value=False),
        "name": is_named,
        "position": pl.col("has_position"),
        "size": is_large & (is_named | pl.col("people").eq_missing("yes")),
    }


def _exposed(picture: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the row of an exposed picture, its points in words."""
    exposed_by = [point for point in _SAYS if picture[point]]
    return {
        **{name: picture[name] for name in (*_LEAD, "link", "posted_on", "also_on_other_register", ABOUT_PICTURE)},
        "reason": f"{picture['which']} {_listed([_SAYS[point] for point in exposed_by])}.",
        "exposed_by": ", ".join(exposed_by),
        "pixels": f"{picture['width']} x {picture['height']}" if picture["width"] else None,
    }


def _listed(points: list[str]) -> str:
    return points[0] if len(points) == 1 else f"{', '.join(points[:-1])} and {points[-1]}"


def _unsearched(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    [(count,)] = db.execute(_NOT_SEARCHED).fetchall()
    if not count:
        return None
    pictures = "1 picture" if count == 1 else f"{count:,} pictures"
    return f"Faces were not looked for in {pictures}, of which only names, positions and sizes beside a name are told."


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("exposed_by", "fact", changes=True, about="setting", values=tuple(_SAYS)),
        Evidence("pixels", "fact"),
        Evidence("also_on_other_register", "fact"),
    ),
    remark=_unsearched,
)
