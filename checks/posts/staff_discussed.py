"""No official post should carry personal detail about the staff."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.finding import Finding
from checks.posts.wording import WordingCheck, family_exceptions
from engines.words import TextFamily


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    return family_exceptions(db, ["staff_detail"], _reason)


def _reason(which: str, _families: Sequence[TextFamily]) -> str:
    return f"{which} seems to tell something personal about the staff."


CHECK = WordingCheck(
    id="staff_discussed",
    title="No official post tells anything personal about the staff",
    finding=Finding(
        one="A post may tell something personal about staff",
        many="{count} posts may tell something personal about staff",
    ),
    why="A colleague's health, family, home, age, faith, pay or discipline is nobody's news; the school is their "
    "employer and answers for what it tells.",
    sees="Words about the health, family, home, age, faith, pay or discipline of somebody whom the same sentence, or "
    "the one before it, calls by a title or a job, in the titles, texts, picture descriptions and tags of standing "
    "posts, reposts, quotes, replies and videos. The reports for the Lead and the safeguarding lead quote the "
    "words, and no other does. A learned score reads them too: what it is sure of is listed, and what may be so is "
    "counted for a person to read.",
    cannot_see="What pictures show and videos say; a colleague who is called by the first name alone; hints that only "
    "those who know would understand; whether the colleague agreed to be spoken of.",
    next_step="Ask the colleague. Unless they agreed, take the post down; if they did, or it tells nothing personal, "
    "mark the exception as mistaken.",
    may="tell something personal about the staff",
    owner_role="headteacher",
    days_to_act=3,
    do_not="Do not discuss the matter in replies to the post.",
    concerns="staff",
    judge=_judge,
    canary=planted("checks.posts", "staff_discussed", subject="canary-staff-discussed"),
)
