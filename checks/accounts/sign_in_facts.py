"""Official accounts should be signed in to by an address of the school's, and from the school's own devices."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from engines.text import fold
from policies.platforms.registry import platforms_with

EMAIL, DEVICE = "an e-mail address of the school's", "a device of the school's"
WANTS = {"email": EMAIL, "device": DEVICE}
_signed_in = from_sql("checks.accounts", "sign_in_facts")
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "account", "lacking", "written_with", "link")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    personal = {fold(app) for app in parameters["apps"]}
    rows = []
    for row in _signed_in(db, as_of, parameters).iter_rows(named=True):
        own = [program for program in row["programs"] or () if fold(program) in personal]
        lacks = {"email": row["has_school_email"] is False, "device": bool(own)}
        lacking = [said for want, said in WANTS.items() if want in parameters["wants"] and lacks[want]]
        if lacking:
            reason = f"The archive of {row['account']} shows that it is not used by {' and '.join(lacking)}."
            evidence = {"lacking": ", ".join(lacking), "written_with": ", ".join(own) or None}
            rows.append({**row, "subject_id": row["account_id"], "reason": reason, **evidence})
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String))


CHECK = Check(
    **papers(__name__),
    sources=platforms_with("follower_approval"),
    judge=_judge,
    evidence=(
        Evidence("account", "public_name"),
        Evidence("lacking", "fact", changes=True, about="setting", values=tuple(WANTS.values())),
        Evidence("written_with", "fact", changes=True, about="setting"),
        Evidence("link", "platform_id"),
    ),
    vocabulary={"wants": tuple(WANTS)},
)
