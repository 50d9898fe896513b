"""Whoever comes upon an official account should see whose it is and how to reach the school."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.accounts.school import Address, NamedSchool, addresses, host_of, school
from checks.canary import THE_ACCOUNT, planted
from checks.evidence import Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
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
    bio = profile["bio"] or ""
    has = {
        "name": any(_names_school(text, ours) for text in (profile["display_name"] or "", bio)),
        "picture": _has_picture(profile["picture_url"] or ""),
    }
    if ours.host is not None:
        given = list(addresses(bio))
        is_website_in_bio = any(not address.is_mail and address.host == ours.host for address in given)
        has["website"] = is_website_in_bio or host_of(profile["url"] or "") == ours.host
        has["address"] = any(_is_ours(address, ours.host) for address in given)
    return [WANTS[want] for want in wanted if not has.get(want, True)]


def _names_school(text: str, ours: NamedSchool) -> bool:
    folded = f" {fold(text)} "
    return any(f" {name} " in folded for name in ours.names)


def _has_picture(url: str) -> bool:
    return bool(url) and not any(default in url for default in DEFAULT_PICTURES)


def _is_ours(address: Address, host: str) -> bool:
    return address.host == host or address.host.endswith(f".{host}")


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
    id="profile_identity",
    title="Each official profile shows the school's name, a picture, its website and an official address",
    finding=Finding(
        one="An official profile does not show what it should",
        many="{count} official profiles do not show what they should",
    ),
    why="Parents can tell the school's own accounts from imitations, and know where to turn, only if the profile "
    "says so.",
    sources=EVERY_PLATFORM,
    coverage="core.profile_coverage",
    sees="Each official account's own public profile: the school's name or an alias of it in the display name or bio; "
    "a picture other than the platform's default; the school's website, in the field for it on X or in the bio; and "
    "an official address in the bio, which is an e-mail or web address at the school's own domain, so that the "
    "website in the bio counts as both.",
    cannot_see="Whether the picture is the school's logo, and on YouTube whether it is more than the letter that "
    "YouTube draws; the links and the e-mail address that a channel shows beside its description, which YouTube does "
    "not give: what stands only there is listed as missing.",
    next_step="Add what is missing to the profile. If it stands where the platform does not show it to the audit, "
    "allow the exception until the next review.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=28,
    do_not="Do not put a member of staff's own name, telephone number or e-mail address on the profile.",
    subject_kind="account",
    concerns="account",
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("missing", "fact", changes=True, about="setting"),
        Evidence("shown_name", "public_name"),
        Evidence("shown_link", "fact"),
        Evidence("link", "platform_id"),
    ),
    defaults={"wants": list(WANTS)},
    vocabulary={"wants": tuple(WANTS)},
    remark=_without_website,
    canary=planted("checks.accounts", "profile_identity", subject=THE_ACCOUNT),
)
