"""An official account should have been approved before its first post, by somebody who may approve it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from engines.text import fold
from policies.platforms.registry import EVERY_PLATFORM

LATE, BY_ANOTHER = "approved after its first use", "approved by another role"
_approvals = from_sql("checks.accounts", "approved_before_use")
_COLUMNS = (
    *("platform", "account_id", "subject_id", "reason", "account", "wrong", "approved_by", "approved_on"),
    *("opened_on", "first_used_on", "link"),
)
_BETWEEN_ROLES = re.compile(r"[,;/&()]|\band\b")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    approvers = {_role(approver) for approver in parameters["approvers"]}
    rows = []
    for row in _approvals(db, as_of, {}).iter_rows(named=True):
        is_of_another = approvers and row["approved_by"] and approvers.isdisjoint(_roles(row["approved_by"]))
        wrong = [said for said, is_so in ((LATE, row["is_late"]), (BY_ANOTHER, is_of_another)) if is_so]
        if wrong:
            reason = f"By the register of accounts {row['account']} was {' and '.join(wrong)}."
            rows.append({**row, "subject_id": row["account_id"], "reason": reason, "wrong": ", ".join(wrong)})
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String))


def _roles(approved_by: str) -> set[str]:
    """Return the roles in a cell such as "Mrs A Lee (Headteacher)"; a role within a longer one is none of its own."""
    return {_role(part) for part in _BETWEEN_ROLES.split(approved_by)}


def _role(text: str) -> str:
    return fold(text).removeprefix("the ").replace(" ", "")


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("wrong", "fact", changes=True, about="setting", values=(LATE, BY_ANOTHER)),
        Evidence("approved_by", "fact", identifies=True),  # whatever the school wrote in the cell
        Evidence("approved_on", "fact", changes=True, about="setting"),
        Evidence("opened_on", "fact"),
        Evidence("first_used_on", "fact"),
        Evidence("link", "platform_id"),
    ),
)
