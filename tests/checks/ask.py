"""Short ways to ask a check in a test, as a run would ask it on one official account or on all three."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.outcome import Outcome
from checks.run import judge
from tests.drawn import draw

MONDAY = date(2026, 11, 2)
TOWN, PE, CHANNEL = ("x", "100"), ("x", "200"), ("youtube", "UC1")


def ask(
    db: duckdb.DuckDBPyConnection,
    check_id: str,
    accounts: Sequence[tuple[str, str]] = (TOWN,),
    *,
    doubtful_populations: Sequence[str] = (),
    **parameters: Any,
) -> Outcome:
    """Judge a check in the run at hand, with these parameters of a pack."""
    check = catalogue()[check_id]
    quality_checks = frozenset(doubtful_populations)
    return judge(
        AskedOnce(db),
        check,
        as_of=MONDAY,
        parameters=parameters,
        applies_to=accounts,
        doubtful_populations=quality_checks,
        key="k",
    )


def found(outcome: Outcome, *labels: str) -> str:
    """Draw an outcome's exceptions: subject, reason, and these pieces of evidence."""
    rows = [[one.subject_id, one.reason, *(one.evidence.get(label) for label in labels)] for one in outcome.exceptions]
    return draw(pl.DataFrame(rows, schema=["subject", "reason", *labels], orient="row"))
