"""No official account should tell how to get into the school, when it is empty, or where pupils will be."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import UNREAD
from checks.model import from_sql
from checks.papers import papers
from checks.posts.wording import SaidCheck, evidence_of, judge_of
from checks.texts import kinds_of
from engines.words import TextFamily

_SEEMS = {
    "code": "to give the code of a door, a gate or an alarm",
    "password": "to give a password",
    "key": "to tell where a key is or who holds one",
    "alarm": "to tell that an alarm, a camera or a lock does not work",
    "empty": "to tell when nobody will be at the school",
    "trip": "to tell ahead on which day and where pupils will be",
}


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    found = {kind for family in families for kind in kinds_of(family)}
    return f"{which} seems {' and '.join(says for kind, says in _SEEMS.items() if kind in found)}."


_SUBJECT = ["platform", "account_id", "subject_id"]
_said, _placed = judge_of(["security"], _reason, own_comments=True), from_sql("checks.posts", "security_given_away")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    """Return what the words of posts give away, and each post with a place; of one that does both, what it says."""
    said, placed = _said(db, as_of, parameters), _placed(db, as_of, {})
    listed = said.filter(pl.col(UNREAD).is_null())
    unread = said.filter(pl.col(UNREAD).is_not_null()).join(placed, on=_SUBJECT, how="anti")
    return pl.concat([listed, unread, placed.join(listed, on=_SUBJECT, how="anti")], how="diagonal_relaxed")


CHECK = SaidCheck(
    **papers(__name__),
    judge=_judge,
    evidence=evidence_of(*_SEEMS, "place"),
)
