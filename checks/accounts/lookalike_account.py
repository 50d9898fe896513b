"""No account but the school's own should bear the school's name or a handle like an official one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.accounts.likeness import bears_name, copied_handle
from checks.accounts.school import NamedSchool, school
from checks.evidence import ACCOUNT, ACCOUNT_LINK, SHOWN_NAME, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
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
    **papers(__name__),
    sources=EVERY_PLATFORM,
    coverage="core.actor_coverage",
    subject_kind="actor",
    concerns="account",
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("kind", "fact", changes=True),
        Evidence("like", "fact"),
        SHOWN_NAME,
    ),
    heeds=("accounts",),
)
