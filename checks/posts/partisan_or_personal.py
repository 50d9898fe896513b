"""No official post should be party-political, promote a faith, advertise, or be somebody's private life."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.finding import Finding
from checks.posts.wording import WordingCheck, family_exceptions
from engines.words import TextFamily

_SEEMS = {
    "partisan": "to take a side in party politics",
    "religious": "to urge a faith on its readers",
    "commercial": "to advertise",
    "personal": "to be somebody's private post",
}


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    return family_exceptions(db, _SEEMS, _reason, kinds=lambda family: [family.family])


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    return f"{which} seems {' and '.join(_SEEMS[name] for name in sorted({family.family for family in families}))}."


CHECK = WordingCheck(
    id="partisan_or_personal",
    title="No official post is party-political, promotes a faith, advertises or is somebody's private post",
    finding=Finding(
        one="A post may be party-political, religious, an advertisement or private",
        many="{count} posts may be party-political, religious, advertisements or private",
    ),
    why="A school must treat political matters in a balanced way and speaks for families of every belief; a private "
    "post on the school's account shows that somebody mixed up two accounts, and may do so again.",
    sees="Words that ask for or against a party or a side in a public election, urge a faith on readers, offer goods "
    "that are not the school's own, or read like a private post, in the titles, texts, picture descriptions and tags "
    "of standing posts, replies, quotes, videos and reposts: the school shows what it reposts. A learned score reads "
    "them too: what it is sure of is listed, and what may be so is counted for a person to read.",
    cannot_see="What pictures show and videos say; irony and hints; languages other than English; whether a lesson or "
    "a visit that a post tells of was balanced.",
    next_step="Read the post. If it takes sides, sells or is private, take it down and ask who posted it whether "
    "another account was meant; if not, mark the exception as mistaken.",
    may="be party-political, promote a faith, advertise or be private",
    owner_role="enterprise_and_technology_lead",
    days_to_act=3,
    do_not="Do not answer those who commented on it with an opinion.",
    concerns="post",
    judge=_judge,
    canary=planted("checks.posts", "partisan_or_personal", subject="canary-partisan-or-personal"),
)
