"""Deletes and counts: every deletion for age is counted by table and clock, and says nothing of whom it was about."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import duckdb

Deleted: TypeAlias = Counter[tuple[str, str]]  # (table, clock) -> rows that went


def counted(db: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> int:
    """Run one delete or update and return how many rows it met."""
    return int(db.execute(sql, list(values)).fetchall()[0][0])


def without_nothing(deleted: Deleted) -> Deleted:
    """Return the counts that are not zero."""
    return Counter({key: rows for key, rows in deleted.items() if rows})
