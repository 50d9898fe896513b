"""Nobody whose own profile says that they are too young for the platform should follow the school there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_WORDS, ACCOUNT, ACCOUNT_LINK, FOUND_BY, LEADING, QUOTE, SCORE, SIGNS, UNREAD, Evidence
from checks.followers.known import lines
from checks.model import Check
from checks.papers import papers
from checks.texts import found_by, quoted, signs, unread, words_of
from engines.words import TextFamily, age_stated, read_texts
from policies.platforms.registry import EVERY_PLATFORM

_followers = lines("follower")
_SHOWN_IN = {"bio": "bio", "shown_name": "display name"}
_CHILD = 13  # below this the learned score speaks of a child
_COLUMNS = (*LEADING, "account", "link", "age", "stated_in", "quote", "signs", "found_by")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    followers = [(row, _youngest(row, as_of)) for row in _followers(db, as_of, {}).iter_rows(named=True)]
    rows = [_stated(follower, *age) for follower, age in followers if age and age[0] < parameters["age"]]
    if parameters["age"] >= _CHILD:
        rows += _scored([follower for follower, age in followers if age is None and follower["bio"]], as_of)
    schema = {**dict.fromkeys((*_COLUMNS, ABOUT_WORDS, UNREAD), pl.String), SCORE: pl.Float64}
    return pl.DataFrame(rows, schema=schema)


def _scored(followers: Sequence[Mapping[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """Return the rows of profiles that state no age and seem to be a child's to the learned score."""
    readings = read_texts([follower["bio"] for follower in followers], "bio", as_of=as_of)
    return [_seeming(follower, reading) for follower, reading in zip(followers, readings, strict=True) if reading]


def _youngest(follower: Mapping[str, Any], as_of: date) -> tuple[int, str, str, str, str] | None:
    """Return the lowest age that a profile gives, where, why, quoted and in which words; None where none is given."""
    stated = [
        (int(sign.what), where, sign.why, quoted(follower[column], sign.span), follower[column][slice(*sign.span)])
        for column, where in _SHOWN_IN.items()
        if follower[column]
        for sign in age_stated(follower[column], as_of=as_of)
    ]
    return min(stated, default=None)


def _stated(follower: Mapping[str, Any], age: int, stated_in: str, why: str, quote: str, words: str) -> dict[str, Any]:
    row = _row(follower, f"says that its owner is no older than {age}")
    evidence = {"age": str(age), "stated_in": stated_in, "quote": quote, "signs": why, "found_by": "a rule"}
    return {**row, **evidence, ABOUT_WORDS: words}


def _seeming(follower: Mapping[str, Any], reading: Sequence[TextFamily]) -> dict[str, Any]:
    row = _row(follower, "seems to be that of a child too young for the platform")
    quote = quoted(follower["bio"], reading[0].span)
    evidence = {"stated_in": "bio", "quote": quote, "signs": signs(reading), "found_by": found_by(reading)}
    return {**row, **evidence, ABOUT_WORDS: words_of(follower["bio"], reading), **unread(reading)}


def _row(follower: Mapping[str, Any], profile: str) -> dict[str, Any]:
    return {
        "platform": follower["platform"],
        "account_id": follower["account_id"],
        "subject_id": follower["actor_id"],
        "reason": f"An account whose public profile {profile} {follower['follows']} {follower['official']}.",
        "account": follower["account"],
        "link": follower["link"],
    }


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("age", "fact", changes=True, about="setting"),
        Evidence("stated_in", "fact", values=tuple(_SHOWN_IN.values())),
        QUOTE,
        SIGNS,
        FOUND_BY,
    ),
)
