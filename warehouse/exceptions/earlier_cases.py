"""What earlier runs leave to a run: the last row of each case, and which cases a first look found that may wait."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import duckdb
import polars as pl

from policies.exceptions import ExceptionFound
from warehouse.questions import question

Place = tuple[str, ...]


def last_rows(db: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, dict[str, Any]]:
    """Return the newest published row of each case before this day, by its fingerprint, and whether it stands."""
    frame = pl.DataFrame(
        db.sql(
            "select exceptions.*, states.stands from outcome.exceptions as exceptions "
            "inner join outcome.exception_states as states using (run_id, fingerprint) "
            "where states.as_of < ? and states.is_published "
            "qualify row_number() over (partition by exceptions.fingerprint order by states.as_of desc) = 1",
            params=[as_of],
        )
    )
    return {row["fingerprint"]: row for row in frame.iter_rows(named=True)}


def is_another_case(row: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether the case is about other people, or another photograph, than before: then its age begins anew."""
    was, is_now = (json.loads(one["evidence"]) for one in (before, row))
    for label in ("roll_id", "photograph_id"):
        then, now = ({*map(str.strip, (one.get(label) or "").split(","))} - {""} for one in (was, is_now))
        if then and now and then.isdisjoint(now):
            return True
    return False


def looked_at_before(db: duckdb.DuckDBPyConnection, as_of: date) -> frozenset[Place]:
    """Return each check with the platform and the account at which a run before this day judged anything by it."""
    return frozenset(db.execute(question("looked_at_before"), {"as_of": as_of}).fetchall())


def backlog_since(
    found: ExceptionFound,
    before: Mapping[str, Any] | None,
    as_of: date,
    known: AbstractSet[Place],
    *,
    posted_on: date | None,
) -> date | None:
    """Return since when the thing stands that a first look found, where the case may wait; None for any other.

    It is the day of the post, or that of the run. What is new later, comes back, or is about somebody else is none.
    """
    if not found.may_wait:
        return None
    if before is None:
        is_first = (found.check_id, found.platform, found.account_id) not in known
        return (posted_on or as_of) if is_first else None
    is_same = before["stands"] and not is_another_case(found.as_row(), before)
    return before["backlog_since"] if is_same else None
