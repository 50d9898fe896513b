"""No post should give private contact details, or a link that lets strangers in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.papers import papers
from checks.posts.wording import WordingCheck, family_exceptions
from engines.words import TextFamily


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    return family_exceptions(db, ["contact"], _reason, official=parameters["official"])


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    is_seen = any(family.signs for family in families)
    return f"{which} {'gives' if is_seen else 'seems to give'} private contact details."


CHECK = WordingCheck(
    **papers(__name__),
    concerns="post",
    judge=_judge,
    defaults={"official": []},
)
