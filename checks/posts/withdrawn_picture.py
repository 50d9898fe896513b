"""No standing post should show a picture whose consent was withdrawn, or whose approval was objected to or ran out."""

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
from policies.platforms.registry import EVERY_PLATFORM, platforms_with

_THOUGH = {
    "consent": " is still shown although the consent for it has been refused or withdrawn.",
    "objection": " is still shown although somebody has objected to it.",
    "a": " is still shown although it rests on the consent for a pupil who has left.",
    "expired": " is still shown although its approval has run out.",
}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    pictures = uncovered(db, as_of, {}).filter(pl.col("ended").is_not_null())
    how = pl.col("ended").str.split(" ").list.first().replace_strict(_THOUGH, return_dtype=pl.String)
    reason = (pl.col("which") + how).alias("reason")
    return pictures.select(
        *LEAD, reason, "link", "posted_on", "what", "ended", "photograph_id", "transform", ABOUT_PICTURE
    )


CHECK = Check(
    id="withdrawn_picture",
    title="No standing post shows a picture whose consent was withdrawn, objected to or has run out",
    finding=Finding(
        one="A photograph must come down from {account}",
        many="{count} photographs must come down from {account}",
    ),
    why="A family that takes its consent back, or objects, expects the picture to be gone; every further day that it "
    "stands breaks a promise, and may show where a child who must be protected goes to school.",
    sources=EVERY_PLATFORM,
    coverage="core.picture_coverage",
    sees="Photographs and animations on standing posts on X, thumbnails of YouTube videos that are public or "
    "unlisted, the upright ones of Shorts too, pictures in comments beneath them, and those videos by their id, where "
    "the photographs register says that the consent was refused or withdrawn, that somebody objects, or that the "
    "approval for this channel has run out; where the pupils register says so of a pupil whom it shows; or where such "
    "a pupil is a leaver and the approval rests on consent. However the photograph was cropped, turned, framed or put "
    "together with others.",
    cannot_see="What happens inside a video; videos on X, and of animations there all but the first picture; "
    "whom a picture shows, unless the photographs register names the pupils; "
    "a change of mind that nobody has written into a register. A picture whose time ran out on one row of the "
    "register, and which another row still approves, is not listed.",
    next_step="Take the post down today, or hide the comment, and look for the same picture on the website and in "
    "print. If the consent was given again or the approval renewed, write that into the photographs register.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=1,
    do_not="Do not ask the family to reconsider, and do not leave the picture up while somebody looks into it.",
    subject_kind="medium",
    concerns="picture",
    judge=_judge,
    evidence=(
        PICTURE_LINK,
        POSTED_ON,
        Evidence("what", "fact"),
        Evidence("ended", "fact", changes=True, about="picture"),
        Evidence("photograph_id", "fact", about="picture"),
        Evidence("transform", "fact"),
    ),
    remark=remark,
    needs=("photographs", "pupils"),
    heeds=("leavers",),
    needs_columns=NEEDED,
    heeds_columns=HEEDED,
    unseen=lost_masters,
    canary=planted("checks.posts", "withdrawn_picture", subject="canary-withdrawn-picture"),
    canary_on=platforms_with("videos"),
)
