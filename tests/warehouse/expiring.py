"""Deletion by the usual schedule, as a run does it, and the erasure of one account, on an open warehouse."""

from collections.abc import Collection
from datetime import date

import duckdb

from warehouse.privacy.erase import erase_rows
from warehouse.privacy.retention.over_clock import RetentionDay, delete_over_clock
from warehouse.privacy.subjects import of_account


def expire(db: duckdb.DuckDBPyConnection, *, today: date, held: Collection[tuple[str, str]] = ()) -> int:
    """Delete what is older than its clock; return the rows and bodies that went."""
    day = RetentionDay(today=today, shown_before=today, held=frozenset(held))
    return delete_over_clock(db, day, None).total()


def erase_account(db: duckdb.DuckDBPyConnection, *, platform: str, actor_id: str) -> tuple[int, frozenset[str]]:
    """Take one account out of every table; return how many rows were touched, and the fingerprints that went."""
    gone = erase_rows(db, of_account(db, platform, actor_id))
    return sum(gone.rows.values()), gone.fingerprints
