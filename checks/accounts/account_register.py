"""Every official account should stand on the school's register of accounts, approved and owned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.outcome import PLATFORMS
from checks.papers import papers
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
    return line["platform"] == account["platform"] and account["account_id"] in (line["official_ids"] or ())


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
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("lacking", "fact", changes=True, about="setting"),
        Evidence("owner_role", "fact", identifies=True),  # whatever the school wrote in these two cells
        Evidence("approved_by", "fact", identifies=True),
    ),
)
