"""No official post should carry personal detail about the staff."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.papers import papers
from checks.posts.wording import WordingCheck, family_exceptions
from engines.words import TextFamily


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    return family_exceptions(db, ["staff_detail"], _reason)


def _reason(which: str, _families: Sequence[TextFamily]) -> str:
    return f"{which} seems to tell something personal about the staff."


CHECK = WordingCheck(
    **papers(__name__),
    concerns="staff",
    judge=_judge,
)
