"""Every official account should stand on the school's register of accounts, approved and owned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import THE_ACCOUNT, planted
from checks.coverage import PLATFORMS
from checks.model import Check, from_sql

Row = Mapping[str, Any]
_accounts = from_sql("checks.accounts", "account_register")
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "account", "lacking", "owner_role", "approved_by")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    rows = _accounts(db, as_of, {}).to_dicts()
    official = [row for row in rows if row["named_by"] == "settings"]
    registered = [row for row in rows if row["named_by"] == "register"]
    found = [_out_of_order(account, registered, as_of) for account in official]
    found += [_not_in_settings(line, official) for line in registered if not any(_is_same(line, a) for a in official)]
    whole = {one[:3]: one for one in found if one is not None}
    return pl.DataFrame(list(whole.values()), schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _is_same(line: Row, account: Row) -> bool:
    if line["platform"] != account["platform"]:
        return False
    return line["account_id"] == account["account_id"] or _key(line["handle"]) == _key(account["handle"])


def _key(handle: str | None) -> str:
    return (handle or "").removeprefix("@").casefold()


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
    found = []
    if not _text(line["approved_by"]):
        found.append("who approved it")
    if line["approved_on"] is None:
        found.append("when it was approved")
    elif line["approved_on"] > as_of:
        found.append("an approval that has begun")
    if not _text(line["owner_role"]):
        found.append("whose it is")
    return found


def _not_in_settings(line: Row, official: Sequence[Row]) -> tuple[str | None, ...] | None:
    """Return the exception for a registered account that nobody audits, told on the first account of its platform."""
    told_on = min(official, key=lambda account: account["platform"] != line["platform"], default=None)
    if told_on is None:
        return None
    platform, shown = line["platform"], line["account_id"] or line["handle"]
    reason = f"The register of accounts holds an account on {PLATFORMS[platform]} that the settings do not name."
    return (
        told_on["platform"],
        told_on["account_id"],
        shown if platform == told_on["platform"] else f"{platform}:{shown}",
        reason,
        line["handle"] or shown,
        "its place in the settings",
        _all([line], "owner_role"),
        _all([line], "approved_by"),
    )


def _all(lines: Sequence[Row], column: str) -> str | None:
    return ", ".join(dict.fromkeys(said for line in lines if (said := _text(line[column])))) or None


def _text(cell: str | None) -> str:
    return (cell or "").strip()


CHECK = Check(
    id="account_register",
    title="Every official account is on the register of accounts, with its approval and its owner",
    why="An account that nobody approved and nobody owns is watched by nobody, and is lost when whoever opened it "
    "leaves the school.",
    sources=("x", "youtube"),
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
    change_key=("lacking",),
    heeds=("accounts",),
    canary=planted("checks.accounts", "account_register"),
    canary_subject=THE_ACCOUNT,
)
