"""Refuses a clock that has gone back: what is deleted for its age cannot be had again."""

from datetime import UTC, datetime, timedelta

import duckdb

from policies.errors import UserError

CORRECTION = timedelta(hours=1)  # a clock may be put right by that much between two runs


class ClockError(UserError):
    """The machine's clock stands before a run that was made; the message says what to do."""


def goes_forward(db: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """Raise ClockError where the time `at` lies before the newest run's beginning or end by more than a correction."""
    [(newest,)] = db.execute(
        "select max(greatest(started_at, coalesce(finished_at, started_at))) from raw.runs"
    ).fetchall()
    if newest is not None and at < newest - CORRECTION:
        message = (
            f"This machine's clock says {at:%Y-%m-%d %H:%M} UTC, and a run has already been made at "
            f"{newest.astimezone(UTC):%Y-%m-%d %H:%M}. Set the clock right, and run again; nothing was changed."
        )
        raise ClockError(message)
