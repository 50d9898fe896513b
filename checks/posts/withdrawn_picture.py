"""No standing post should show a picture whose consent was withdrawn, or whose approval was objected to or ran out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_PICTURE, POSTED_ON, Evidence
from checks.model import Check
from checks.papers import papers
from checks.posts.approvals import ENDED, HEEDED, LEAD, NEEDED, PICTURE_LINK, remark, uncovered, unseen
from policies.platforms.registry import EVERY_PLATFORM

_THOUGH = {
    "consent": " is still shown although the consent for it has been refused or withdrawn.",
    "objection": " is still shown although somebody has objected to it.",
    "a": " is still shown although it rests on the consent for a pupil who has left.",
    "expired": " is still shown although its approval has run out.",
}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    pictures = uncovered(db, as_of).filter(pl.col("ended").is_not_null())
    how = pl.col("ended").str.split(" ").list.first().replace_strict(_THOUGH, return_dtype=pl.String)
    reason = (pl.col("which") + how).alias("reason")
    return pictures.select(
        *LEAD, reason, "link", "posted_on", "what", "ended", "photograph_id", "transform", ABOUT_PICTURE
    )


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        PICTURE_LINK,
        POSTED_ON,
        Evidence("what", "fact"),
        Evidence("ended", "fact", changes=True, about="picture", values=ENDED),
        Evidence("photograph_id", "fact", about="picture"),
        Evidence("transform", "fact"),
    ),
    remark=remark,
    needs_columns=NEEDED,
    heeds_columns=HEEDED,
    unseen=unseen,
)
