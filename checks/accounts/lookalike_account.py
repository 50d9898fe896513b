"""No account but the school's own should bear the school's name or a handle like an official one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.accounts.likeness import bears_name, copied_handle
from checks.accounts.school import NamedSchool, school
from checks.canary import planted
from checks.evidence import ACCOUNT, ACCOUNT_LINK, SHOWN_NAME, Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
from policies.platforms.registry import EVERY_PLATFORM

_touching = from_sql("checks.accounts", "lookalike_account")
_HANDLES = "select handle from core.official_accounts order by platform, account_id"
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "account", "link", "kind", "like", "shown_name")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    ours = school(db)
    official = ["@" + handle.removeprefix("@") for (handle,) in db.execute(_HANDLES).fetchall()]
    accounts = _touching(db, as_of, {}).iter_rows(named=True) if ours else ()
    rows = [_row(account, like) for account in accounts if ours and (like := _likeness(account, ours, official))]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _likeness(account: Mapping[str, Any], ours: NamedSchool, official: Sequence[str]) -> dict[str, str]:
    """Return what of ours an account bears, by the kind of likeness; nothing for one that is merely an account."""
    likeness = {}
    name, handle = account["display_name"], account["handle"]  # an archive tells neither
    if name and bears_name(name, ours, bears_a_persons_name=account["bears_a_persons_name"]):
        likeness["bears the name"] = "the school's name"
    if handle and (copied := copied_handle(handle, official)):
        likeness["bears a like handle"] = copied
    return likeness


def _row(account: Mapping[str, Any], likeness: Mapping[str, str]) -> tuple[str, ...]:
    what = " and ".join(
        like if kind == "bears the name" else f"a handle like {like}" for kind, like in likeness.items()
    )
    reason = f"An account that is not on the register of accounts bears {what}, and touches {account['official']}."
    name = "@" + account["handle"].removeprefix("@") if account["handle"] else account["actor_id"]
    evidence = ("; ".join(likeness), "; ".join(likeness.values()), account["display_name"])
    place = (account["platform"], account["account_id"], account["actor_id"])
    return (*place, reason, name, account["link"], *evidence)


CHECK = Check(
    id="lookalike_account",
    title="No account outside the register of accounts bears the school's name or a handle like an official one",
    finding=Finding(
        one="An account looks like one of the school's and is not on its register",
        many="{count} accounts look like the school's and are not on its register",
    ),
    why="An imitation can speak to parents and pupils in the school's name; an account that somebody at the school "
    "opened without asking is watched by nobody.",
    sources=EVERY_PLATFORM,
    coverage="core.actor_coverage",
    sees="Accounts that touch an official one, which are its followers, those it follows, and those who reply, "
    "comment, repost or are answered, and which are not on the register of accounts: those whose display name is or "
    "holds the school's full name, or an alias of two words or more that is not also a place's, without saying that "
    "the account is a parent's, a pupil's or a teacher's; and those whose handle differs from an official one by one "
    "letter, by digits, or by a word such as official. Parents' associations and former pupils' groups are listed.",
    cannot_see="Accounts that touch no official account, which are not searched for; subscribers who subscribe in "
    "private; likeness of pictures, such as the school's logo; names that are spelt wrongly on purpose, unless the "
    "handle is like an official one; other bodies of the same place, which are left out by words such as church.",
    next_step="Find out whether somebody at the school runs the account. If so, enter it on the register of accounts "
    "or close it; a parents' association may keep it under a name that is not the school's. If it is an imitation, "
    "report it to the platform; if it is somebody else's by right, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=14,
    do_not="Do not write to the account from an official one, and do not warn of it in public before it is looked at.",
    subject_kind="actor",
    concerns="account",
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("kind", "fact", changes=True, about="setting"),
        Evidence("like", "fact"),
        SHOWN_NAME,
    ),
    heeds=("accounts",),
    canary=planted("checks.accounts", "lookalike_account", subject="canary-lookalike-account"),
)
