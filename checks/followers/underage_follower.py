"""Nobody whose own profile says that they are too young for the platform should follow the school there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.evidence import ABOUT_WORDS, ACCOUNT, ACCOUNT_LINK, FOUND_BY, QUOTE, SCORE, SIGNS, UNREAD, Evidence
from checks.families import found_by, signs, unread, words_of
from checks.finding import Finding
from checks.followers.known import lines
from checks.model import Check
from checks.quotes import quoted
from engines.words import TextFamily, age_stated, read_texts
from policies.platforms.registry import EVERY_PLATFORM

_followers = lines("follower")
_SHOWN_IN = {"bio": "bio", "shown_name": "display name"}
_CHILD = 13  # below this the learned score speaks of a child
_COLUMNS = (
    "platform",
    "account_id",
    "subject_id",
    "reason",
    "account",
    "link",
    "age",
    "stated_in",
    "quote",
    "signs",
    "found_by",
)


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
    id="underage_follower",
    title="No follower's public profile says that its owner is below the platform's age",
    finding=Finding(
        one="A follower of {account} says to be below the platform's age",
        many="{count} followers of {account} say to be below the platform's age",
    ),
    why="Both platforms ask for an age of thirteen; a child below it who says so in public can be found by strangers "
    "through the school's list of followers.",
    sources=EVERY_PLATFORM,
    coverage="core.follower_coverage",
    sees="Followers on X, and subscribers who subscribe in public on YouTube, whose public bio or display name gives "
    "an age, a year of birth or an early school year as their owner's own, where that age is below the one set; and "
    "bios that a learned score takes for those of children under 13, where the age set is no lower. "
    "Whether they are pupils makes no difference; an account that is listed as a pupil's is listed here as well.",
    cannot_see="The age of anybody who does not give it, or who gives another one; ages in pictures, banners, posts "
    "and handles; subscribers who subscribe in private; followers whose public profile the run did not fetch.",
    next_step="Read the profile. If its owner is a child, remove the follower and tell the headteacher; the platform "
    "takes reports of accounts below its age. If the age is somebody else's or a joke, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not write to the account, do not follow it, and do not search for more about its owner.",
    subject_kind="actor",
    concerns="pupil",
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("age", "fact", changes=True, about="setting"),
        Evidence("stated_in", "fact"),
        QUOTE,
        SIGNS,
        FOUND_BY,
    ),
    may="be of somebody too young for the platform",
    defaults={"age": 13},
    canary=planted("checks.followers", "underage_follower", subject="canary-underage-follower"),
)
