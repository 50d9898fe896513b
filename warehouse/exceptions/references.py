"""Finds a case by the reference that people speak of it by, in whichever run it was."""

from datetime import UTC, datetime

import duckdb

_IN_ANY_RUN = """
select distinct fingerprint, check_id from (
    select fingerprint, check_id from published.exceptions
    union all
    select fingerprint, check_id from published.unread_texts
)
where starts_with(fingerprint, ?)
order by fingerprint
"""
_FINISHED = "select run_id, epoch_ms(finished_at) from published.runs where finished_at is not null order by run_id"


def in_any_run(copy: duckdb.DuckDBPyConnection, reference: str) -> list[tuple[str, str]]:
    """Return fingerprint and check of every case of the published copy that begins with this reference."""
    return copy.execute(_IN_ANY_RUN, [reference]).fetchall()


def finished_runs(copy: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """Return when each published run ended, in UTC."""
    rows = copy.execute(_FINISHED).fetchall()
    return {run_id: datetime.fromtimestamp(milliseconds / 1000, UTC) for run_id, milliseconds in rows}
