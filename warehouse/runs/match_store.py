"""What the step between pulling and judging reads from the warehouse and keeps in it, as plain rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from warehouse.questions import question
from warehouse.store.load import replace_run

Row = Mapping[str, Any]

# The view of who is matched. Neither it nor what it reads rests on what matching and looking at pictures keep, so it
# may be worked out before both.
ACTORS = "core.actors"


def newest_day(db: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day of the run at hand, or None when there has been none."""
    rows = db.execute("select as_of from core.audit").fetchall()
    return rows[0][0] if rows else None


def people(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return everyone on a register in the run at hand."""
    return _rows(db, "select * exclude (policy_read_on, trained_on, unread_days) from core.people")


def actors(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return each account that touches an official one now, once, with its newest public profile."""
    return _rows(
        db,
        f"select platform, actor_id, handle, display_name, bio, location from {ACTORS} order by platform, actor_id",
    )


def photographs(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the photographs register of the run at hand."""
    return _rows(db, "select * from core.photographs order by photograph_id")


def pictures(db: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """Return every picture on a standing post or comment: the hash of this run's bytes or, on X, of an earlier run's.

    X serves a medium's bytes unchanged for ever; a YouTube thumbnail may be replaced behind the same address.
    `file_id` leads to the bytes, where they are at hand (see `body`).
    """
    return _rows(db, question("standing_pictures"), run_id=run_id)


def body(db: duckdb.DuckDBPyConnection, file_id: int | None) -> bytes | None:
    """Return the bytes that `pictures` leads to; None where there are none."""
    if file_id is None:
        return None
    rows: list[tuple[bytes]] = db.execute("select body from raw.medium_files where rowid = ?", [file_id]).fetchall()
    return bytes(rows[0][0])


def media_to_fetch(
    db: duckdb.DuckDBPyConnection, run_id: str, *, settled: Collection[str]
) -> list[tuple[str, str, str]]:
    """Return platform, medium id and url of each picture whose bytes this run still needs.

    An account that is read from its archive has its pictures there, and its platform is not asked for them.
    `settled` are the hashes of bytes that need not be looked at again; on X they are not fetched again either.
    """
    return db.execute(question("media_to_fetch"), {"run_id": run_id, "settled": sorted(settled)}).fetchall()


def profile_pictures(db: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """Return the profile picture of each official account: its address, and what this run fetched or saw of it.

    `medium_id` is what its file goes by, `file_id` leads to the bytes (see `body`), `problem` says in a word why there
    are none; `is_shown` is what an earlier look of this run saw, after which the file was deleted.
    """
    return _rows(db, question("profile_pictures"), run_id=run_id)


def keep_profile_pictures(db: duckdb.DuckDBPyConnection, run_id: str, rows: Sequence[Row]) -> int:
    """Replace this run's rows of raw.profile_pictures, delete the pictures, of whatever run, and say how many."""
    replace_run(db, "raw.profile_pictures", run_id, rows)
    [(deleted,)] = db.execute("delete from raw.medium_files where starts_with(medium_id, 'profile:')").fetchall()
    return int(deleted)


def keep_matches(db: duckdb.DuckDBPyConnection, run_id: str, rows: Sequence[Row]) -> None:
    """Replace this run's rows of raw.matches; joins a transaction that is under way."""
    replace_run(db, "raw.matches", run_id, rows)


def keep_masters(db: duckdb.DuckDBPyConnection, run_id: str, rows: Sequence[Row]) -> None:
    """Replace this run's rows of raw.masters; joins a transaction that is under way."""
    replace_run(db, "raw.masters", run_id, rows)


def keep_verdicts(db: duckdb.DuckDBPyConnection, run_id: str, rows: Sequence[Row]) -> None:
    """Replace this run's rows of raw.picture_verdicts; joins a transaction that is under way."""
    replace_run(db, "raw.picture_verdicts", run_id, rows)


def keep_parts(db: duckdb.DuckDBPyConnection, run_id: str, rows: Sequence[Row]) -> None:
    """Replace this run's rows of raw.picture_parts; joins a transaction that is under way."""
    replace_run(db, "raw.picture_parts", run_id, rows)


def open_severities(db: duckdb.DuckDBPyConnection, run_id: str) -> tuple[str, ...]:
    """Return the severity of each exception that stands and that no decision has set aside."""
    rows = db.execute(
        "select severity from outcome.exceptions inner join outcome.exception_states using (run_id, fingerprint) "
        "where run_id = ? and is_open order by 1",
        [run_id],
    ).fetchall()
    return tuple(severity for (severity,) in rows)


_STORIES = ("new", "changed", "reopened", "open", "not_seen", "suspended", "gone", "set_aside")


def counts_by_story(db: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many exceptions have each status; those that a decision has set aside stand apart, as in a report."""
    found = db.execute(
        "select if(stands and not is_open, 'set_aside', status), count(*) from outcome.exceptions "
        "inner join outcome.exception_states using (run_id, fingerprint) where run_id = ? group by all",
        [run_id],
    ).fetchall()
    return {story: dict(found).get(story, 0) for story in _STORIES}


def _rows(db: duckdb.DuckDBPyConnection, sql: str, **values: str) -> list[dict[str, Any]]:
    return pl.DataFrame(db.sql(sql, params=values or None)).to_dicts()
