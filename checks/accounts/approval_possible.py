"""Followers can be approved only on an account that is protected; one that is open lets everybody in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from engines.text import account_key
from policies.platforms.registry import platforms_with

_open = from_sql("checks.accounts", "approval_possible")
_ACCOUNTS = "select account_id, handle from core.official_accounts"


def _meant(parameters: Mapping[str, Any]) -> set[str]:
    return {account_key(account) for account in parameters["protected"]}


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    found, meant = _open(db, as_of, {}), _meant(parameters)
    names = found["account_id", "account"].rows()
    return found.filter([not meant or not meant.isdisjoint(map(account_key, row)) for row in names])


def _unknown(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Return the sentence for accounts that the policy names and the settings do not: nobody looks at those."""
    known = {account_key(name) for row in db.execute(_ACCOUNTS).fetchall() for name in row if name}
    if not (unknown := len(_meant(parameters) - known)):
        return None
    which = "1 account" if unknown == 1 else f"{unknown} accounts"
    return f"The policy wants followers approved on {which} that the settings do not name; correct the pack."


CHECK = Check(
    **papers(__name__),
    sources=platforms_with("follower_approval"),
    judge=_judge,
    evidence=(Evidence("account", "public_name"), Evidence("link", "platform_id")),
    unseen=_unknown,
)
