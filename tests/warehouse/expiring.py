"""Deletion by the usual schedule, as a run does it, on an open warehouse."""

from collections.abc import Collection
from datetime import date

import duckdb

from warehouse.privacy.retention.over_clock import RetentionDay, delete_over_clock


def expire(db: duckdb.DuckDBPyConnection, *, today: date, held: Collection[tuple[str, str]] = ()) -> int:
    """Delete what is older than its clock; return the rows and bodies that went."""
    day = RetentionDay(today=today, shown_before=today, held=frozenset(held))
    return delete_over_clock(db, day, None).total()
