"""Every picture and video on an official account should be one that somebody has approved for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_PICTURE, POSTED_ON, Evidence
from checks.model import Check
from checks.papers import papers
from checks.posts.approvals import (
    HEEDED,
    LEAD,
    NEEDED,
    PICTURE_LINK,
    changed_masters,
    remark,
    uncovered,
    unknown_pupils,
    unseen,
)
from policies.platforms.registry import EVERY_PLATFORM

_BUT = {
    "unapproved": " has no standing approval.",
    "altered": " is like an approved photograph, but not the same.",
    "unreadable": " could not be read, so nobody knows whether it is approved.",
}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    pictures = uncovered(db, as_of)
    if not parameters["include_ended"]:
        pictures = pictures.filter(pl.col("ended").is_null())
    pictures = pictures.unique(LEAD, keep="first", maintain_order=True)
    reason = (pl.col("which") + pl.col("verdict").replace_strict(_BUT, return_dtype=pl.String)).alias("reason")
    faces = pl.col("people").alias("faces_seen")
    evidence = ("link", "posted_on", "what", "why", "ended", "photograph_id", "transform", "new_area")
    return pictures.select(*LEAD, reason, *evidence, faces, ABOUT_PICTURE)


def _unseen(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
    if parameters["include_ended"]:
        return unseen(db, as_of, parameters)
    return " ".join(filter(None, (changed_masters(db), unknown_pupils(db)))) or None


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
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
    remark=remark,
    heeds_columns=(*NEEDED, *HEEDED),
    unseen=_unseen,
)
