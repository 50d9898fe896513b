"""Every member of staff should have read the policy as it stands, and have had the training that it asks for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from checks.evidence import Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from checks.registers import OF_THE_WANTS

WANTS = ("policy_read_on", "trained_on")
LACKING = ("a reading", "training")


def _undated(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Return the sentence for a policy of no known day: a reading of it may be of the edition before."""
    is_dated = db.execute("select 1 from core.policy where adopted_on is not null").fetchall()
    if is_dated or "policy_read_on" not in parameters["wants"]:
        return None
    return "The pack does not say when this edition was adopted, so that a reading may be of the one before."


CHECK = Check(
    **papers(__name__),
    sources=("school",),
    judge=from_sql("checks.governance", "policy_read"),
    evidence=(
        Evidence("lacking", "fact", changes=True, about="setting", values=LACKING),
        Evidence("without_day", "fact", about="setting"),
        Evidence("earlier_edition", "fact", about="setting"),
        Evidence("too_long_ago", "fact", about="setting"),
    ),
    vocabulary={"wants": WANTS},
    needs=("staff",),
    needs_columns=(f"staff.{OF_THE_WANTS}",),
    unseen=_undated,
)
