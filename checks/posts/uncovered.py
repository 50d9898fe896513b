"""The pictures and videos that no approval covers: those that never had one, and those whose approval has ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import Evidence
from checks.papers import script
from checks.posts.approvals import approvals
from engines.pictures.verdicts import NOT_FETCHED

LEAD = ("platform", "account_id", "subject_id")
PICTURE_LINK = Evidence("link", "platform_id", identifies=True)  # to a post of ours, or to somebody's comment
_SQL = script("checks.posts", "uncovered.sql")


def uncovered(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    """Return a row for each uncovered picture; `ended` says what ended its approval, and is null where there was none.

    A picture in which one part never had an approval and another's has ended stands on two rows.
    """
    return db.execute(_SQL, {"approvals": approvals(db, as_of), "not_fetched": NOT_FETCHED}).pl()
