"""Every official account should stand on the school's register of accounts, approved and owned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import THE_ACCOUNT, planted
from checks.coverage import PLATFORMS
from checks.evidence import Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
from engines.text import account_key
from policies.platforms.registry import EVERY_PLATFORM

Row = Mapping[str, Any]
_accounts = from_sql("checks.accounts", "account_register")
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "account", "lacking", "owner_role", "approved_by")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    rows = _accounts(db, as_of, {}).to_dicts()
    official = [row for row in rows if row["named_by"] == "settings"]
    registered = [row for row in rows if row["named_by"] == "register"]
    answers = [_out_of_order(account, registered, as_of) for account in official]
    answers += [_not_in_settings(line, official) for line in registered if not any(_is_same(line, a) for a in official)]
    by_subject = {answer[:3]: answer for answer in answers if answer is not None}
    return pl.DataFrame(list(by_subject.values()), schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _is_same(line: Row, account: Row) -> bool:
    if line["platform"] != account["platform"]:
        return False
    return line["account_id"] == account["account_id"] or _has_handle_of(line, account)


def _has_handle_of(line: Row, account: Row) -> bool:
    return account_key(line["handle"] or "") == account_key(account["handle"] or "")


def _out_of_order(account: Row, registered: Sequence[Row], as_of: date) -> tuple[str | None, ...] | None:
    """Return the exception for an official account that is not on the register, or not with all that it needs."""
    lines = [line for line in registered if _is_same(line, account)]
    handle = "@" + account["handle"].removeprefix("@")
    lacking = list(dict.fromkeys(what for line in lines for what in _lacking(line, as_of)))
    if lines and not lacking:
        return None
    listed = ", ".join(lacking)
    reason = f"The register of accounts does not give for {handle}: {listed}." if lines else None
    return (
        account["platform"],
        account["account_id"],
        account["account_id"],
        reason or f"{handle} is not on the register of accounts.",
        handle,
        listed or "its line on the register",
        _all(lines, "owner_role"),
        _all(lines, "approved_by"),
    )


def _lacking(line: Row, as_of: date) -> list[str]:
    lacking = []
    if not _text(line["approved_by"]):
        lacking.append("who approved it")
    if line["approved_on"] is None:
        lacking.append("when it was approved")
    elif line["approved_on"] > as_of:
        lacking.append("an approval that has begun")
    if not _text(line["owner_role"]):
        lacking.append("whose it is")
    return lacking


def _not_in_settings(line: Row, official: Sequence[Row]) -> tuple[str | None, ...] | None:
    """Return the exception for a registered account that nobody audits, raised at the first account of its platform."""
    place = min(official, key=lambda account: account["platform"] != line["platform"], default=None)
    if place is None:
        return None
    platform, name = line["platform"], line["account_id"] or line["handle"]
    reason = f"The register of accounts holds an account on {PLATFORMS[platform]} that the settings do not name."
    return (
        place["platform"],
        place["account_id"],
        name if platform == place["platform"] else f"{platform}:{name}",
        reason,
        line["handle"] or name,
        "its place in the settings",
        _all([line], "owner_role"),
        _all([line], "approved_by"),
    )


def _all(lines: Sequence[Row], column: str) -> str | None:
    return ", ".join(dict.fromkeys(text for line in lines if (text := _text(line[column])))) or None


def _text(cell: str | None) -> str:
    return (cell or "").strip()


CHECK = Check(
    id="account_register",
    title="Every official account is on the register of accounts, with its approval and its owner",
    finding=Finding(
        one="An official account is missing from the register of accounts, or incomplete there",
        many="{count} official accounts are missing from the register of accounts, or incomplete there",
    ),
    why="An account that nobody approved and nobody owns is watched by nobody, and is lost when whoever opened it "
    "leaves the school.",
    sources=EVERY_PLATFORM,
    coverage="core.account_register_coverage",
    sees="Whether the register of accounts holds every account in the settings, by its id or handle, and gives who "
    "approved it, since when, and which role owns it; and whether it holds accounts that the settings do not name, "
    "which are not audited.",
    cannot_see="Whether the login details are shared with those who should have them; whether whoever approved the "
    "account was entitled to; accounts that are neither on the register nor in the settings.",
    next_step="Put the register in order: ask for the approval, enter its day and the role that owns the account. Put "
    "an account that the settings do not name into them, or close it and take it off the register.",
    owner_role="headteacher",
    days_to_act=14,
    do_not="Do not write login details on the register, and do not enter an approval that nobody gave.",
    subject_kind="account",
    concerns="account",
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("lacking", "fact", changes=True, about="setting"),
        Evidence("owner_role", "fact", identifies=True),  # whatever the school wrote in these two cells
        Evidence("approved_by", "fact", identifies=True),
    ),
    heeds=("accounts",),
    canary=planted("checks.accounts", "account_register", subject=THE_ACCOUNT),
)
