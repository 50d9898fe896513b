"""Whoever comes upon an official account should see whose it is and how to reach the school."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.accounts.school import NamedSchool, addresses, host_of, school
from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from engines.text import fold
from policies.platforms.registry import EVERY_PLATFORM

# X's own picture for accounts without one, and the picture of a Google account that never had any.
DEFAULT_PICTURES = ("default_profile_images/", "/a/default-user")
_profiles = from_sql("checks.accounts", "profile_identity")
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "account", "missing", "shown_name", "shown_link", "link")
WANTS = {
    "name": "the school's name",
    "picture": "a picture of its own",
    "website": "the school's website",
    "address": "an official address",
}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    ours = school(db)
    wanted = [want for want in WANTS if want in parameters["wants"]]
    profiles = _profiles(db, as_of, {}).to_dicts() if ours else []
    rows = [_row(profile, missing) for profile in profiles if ours and (missing := _missing(profile, ours, wanted))]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _missing(profile: Mapping[str, Any], ours: NamedSchool, wanted: Sequence[str]) -> list[str]:
    """Return what a profile does not show of the things that it should, in the words of the report."""
    bio, picture = profile["bio"] or "", profile["picture_url"] or ""
    has = {
        "name": any(_names_school(text, ours) for text in (profile["display_name"] or "", bio)),
        "picture": bool(picture) and not any(default in picture for default in DEFAULT_PICTURES),
    }
    if ours.host is not None:
        given = list(addresses(bio))
        is_website_in_bio = any(not address.is_mail and address.host == ours.host for address in given)
        has["website"] = is_website_in_bio or host_of(profile["url"] or "") == ours.host
        has["address"] = any(f".{address.host}".endswith(f".{ours.host}") for address in given)
    return [WANTS[want] for want in wanted if not has.get(want, True)]


def _names_school(text: str, ours: NamedSchool) -> bool:
    folded = f" {fold(text)} "
    return any(f" {name} " in folded for name in ours.names)


def _row(profile: Mapping[str, Any], missing: Sequence[str]) -> tuple[str | None, ...]:
    platform, account_id = profile["platform"], profile["account_id"]
    *first, last = missing
    listed = f"{', '.join(first)} or {last}" if first else last
    reason = f"The public profile of {profile['handle']} does not show {listed}."
    evidence = (profile["handle"], "; ".join(missing), profile["display_name"], profile["url"], profile["link"])
    return (platform, account_id, account_id, reason, *evidence)


def _without_website(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    ours = school(db)
    if ours is not None and ours.host is not None:
        return None
    return "The settings name no website of the school, so that neither it nor an official address was looked for."


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("missing", "fact", changes=True, about="setting", values=tuple(WANTS.values())),
        Evidence("shown_name", "public_name"),
        Evidence("shown_link", "fact"),
        Evidence("link", "platform_id"),
    ),
    defaults={"wants": list(WANTS)},
    vocabulary={"wants": tuple(WANTS)},
    remark=_without_website,
)
