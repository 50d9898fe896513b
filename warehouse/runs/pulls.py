"""How the pull of each source ended in a run, as rows of raw.pulls."""

from datetime import datetime
from decimal import Decimal

import duckdb


def note_pull(
    db: duckdb.DuckDBPyConnection,
    run_id: str,
    source: str,
    *,
    times: tuple[datetime, datetime],
    state: str,
    error: tuple[str, str, str] | None,
    estimate: tuple[Decimal, int] | None,
) -> None:
    """Write how one source's pull ended; `error` is its kind, its sentence and what to do."""
    db.execute(
        "insert or replace into raw.pulls values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [run_id, source, *times, state, *(error or (None, None, None)), *(estimate or (None, None))],
    )


def pull_endings(db: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, tuple[str, str | None, str | None]]:
    """Return how this run's pull of each source ended last: its state, the error's sentence and what to do."""
    sql = "select source, state, error_text, what_to_do from raw.pulls where run_id = ?"
    return {source: (state, says, to_do) for source, state, says, to_do in db.execute(sql, [run_id]).fetchall()}


def drop_pulls(db: duckdb.DuckDBPyConnection, run_id: str, error_kind: str) -> None:
    """Delete what an earlier try of this run wrote of pulls that ended with an error of this kind."""
    db.execute("delete from raw.pulls where run_id = ? and error_kind = ?", [run_id, error_kind])
