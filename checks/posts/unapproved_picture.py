"""Every picture and video on an official account should be one that somebody has approved for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.evidence import ABOUT_PICTURE, POSTED_ON, Evidence
from checks.finding import Finding
from checks.model import Check
from checks.posts.approvals import HEEDED, NEEDED, lost_masters
from checks.posts.moving import remark
from checks.posts.uncovered import LEAD, PICTURE_LINK, uncovered
from policies.platforms.registry import EVERY_PLATFORM

_BUT = {
    "unapproved": " has no standing approval.",
    "altered": " is like an approved photograph, but not the same.",
    "unreadable": " could not be read, so nobody knows whether it is approved.",
}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    pictures = uncovered(db, as_of, {})
    if not parameters["include_ended"]:
        pictures = pictures.filter(pl.col("ended").is_null())
    pictures = pictures.unique(LEAD, keep="first", maintain_order=True)
    reason = (pl.col("which") + pl.col("verdict").replace_strict(_BUT, return_dtype=pl.String)).alias("reason")
    faces = pl.col("people").alias("faces_seen")
    evidence = ("link", "posted_on", "what", "why", "ended", "photograph_id", "transform", "new_area")
    return pictures.select(*LEAD, reason, *evidence, faces, ABOUT_PICTURE)


def _lost(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
    return lost_masters(db, as_of, parameters) if parameters["include_ended"] else None


CHECK = Check(
    id="unapproved_picture",
    title="Every picture and video on an official account is approved for it",
    finding=Finding(
        one="A picture on {account} is not known to be approved",
        many="{count} pictures on {account} are not known to be approved",
    ),
    why="A picture of a child that nobody approved, or whose approval has ended, may show a child who must not be "
    "shown; once posted it is copied within minutes.",
    sources=EVERY_PLATFORM,
    coverage="core.picture_coverage",
    sees="Photographs and animations on standing posts on X, thumbnails of YouTube videos that are public or "
    "unlisted, the upright ones of Shorts too, and pictures that others attach to comments beneath them, each held "
    "against every master on the photographs register, however it was cropped, turned, framed or put together with "
    "others; and videos that the register does not hold by their id. A picture that shows more than its master did, "
    "or another frame of the scene, is listed: new_area says where. A picture whose approval has ended is listed here "
    "too, unless the policy also asks for withdrawn_picture: its pack then sets include_ended to false, and the "
    "picture is listed there.",
    cannot_see="What happens inside a video; videos on X, and of animations there all but the first picture; "
    "whom a picture shows; a very small face that was covered in the approved "
    "master and is shown in the post; pictures in replies, mentions and quotes on X, which the answers that are paid "
    "for do not carry; pictures in comments that are held back or that came too late to be fetched.",
    next_step="Compare the picture with the approved photographs. If it is one of them, or may be approved, put it on "
    "the photographs register; if not, take the post down, and the next run shows that it is gone. Hide a comment "
    "whose picture shows pupils, or what nobody can tell.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=3,
    do_not="Do not send the picture to anybody to ask who is in it, and do not download it to a personal device.",
    subject_kind="medium",
    concerns="picture",
    judge=_judge,
    evidence=(
        PICTURE_LINK,
        POSTED_ON,
        Evidence("what", "fact", changes=True),
        Evidence("why", "fact"),
        Evidence("ended", "fact", about="picture"),
        Evidence("photograph_id", "fact", about="picture"),
        Evidence("transform", "fact"),
        Evidence("new_area", "fact"),
        Evidence("faces_seen", "fact"),
    ),
    defaults={"include_ended": True},
    remark=remark,
    needs=("photographs", "pupils"),
    heeds=("leavers",),
    heeds_columns=(*NEEDED, *HEEDED),
    unseen=_lost,
    canary=planted("checks.posts", "unapproved_picture", subject="canary-picture"),
)
