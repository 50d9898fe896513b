"""What the step between pulling and judging reads from the warehouse and keeps in it, as plain rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

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
    return _rows(
        db,
        "select m.platform, m.account_id, m.post_id, m.medium_id, m.is_ours, f.file_id, f.problem, "
        "coalesce(f.sha256, v.sha256) as sha256, v.has_position from core.pictures as m "
        "left join (select platform, medium_id, problem, if(body is null, null, rowid) as file_id, "
        "coalesce(sha256, sha256(body)) as sha256 from raw.medium_files "
        "where run_id = $run_id or source like 'x_archive%' "
        "qualify row_number() over (partition by platform, medium_id "
        "order by body is null, run_id = $run_id desc, run_id desc, source) = 1) as f "
        "on m.platform = f.platform and m.medium_id = f.medium_id "
        "left join (select * from raw.picture_verdicts "
        "where core.platform_has(platform, 'fixed_pictures') and pdq is not null "
        "qualify row_number() over (partition by platform, medium_id order by run_id desc) = 1) as v "
        "on m.platform = v.platform and m.medium_id = v.medium_id "
        "qualify row_number() over (partition by m.platform, m.post_id, m.medium_id order by m.account_id) = 1 "
        "order by m.platform, m.post_id, m.medium_id",
        run_id=run_id,
    )


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
    return db.execute(
        "select m.platform, m.medium_id, any_value(m.url) from core.pictures as m "
        "where m.url is not null "
        "and not exists (select 1 from core.official_accounts as a where a.platform = m.platform "
        "and a.account_id = m.account_id and a.reads = 'archive') "
        "and not exists (select 1 from raw.medium_files as f where f.platform = m.platform "
        "and f.medium_id = m.medium_id and (f.source like 'x_archive%' or f.run_id = ? and f.problem is null)) "
        "and not exists (select 1 from raw.picture_verdicts as v where core.platform_has(m.platform, 'fixed_pictures') "
        "and v.platform = m.platform "
        "and v.medium_id = m.medium_id and list_contains(?::varchar[], v.sha256) and v.has_position is not null) "
        "group by m.platform, m.medium_id order by m.platform, m.medium_id",
        [run_id, sorted(settled)],
    ).fetchall()


def profile_pictures(db: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """Return the profile picture of each official account: its address, and what this run fetched or saw of it.

    `medium_id` is what its file goes by, `file_id` leads to the bytes (see `body`), `problem` says in a word why there
    are none; `is_shown` is what an earlier look of this run saw, after which the file was deleted.
    """
    return _rows(
        db,
        "select a.platform, a.account_id, a.reads, p.picture_url, 'profile:' || a.account_id as medium_id, "
        "if(f.body is null, null, f.rowid) as file_id, f.problem, if(f.run_id is null, v.is_shown, null) as is_shown "
        "from raw.official_accounts as a left join (select platform, account_id, min_by(picture_url, source) "
        "as picture_url from raw.profiles where run_id = $run_id group by all) as p "
        "on p.platform = a.platform and p.account_id = a.account_id "
        "left join raw.medium_files as f on f.run_id = $run_id and f.platform = a.platform "
        "and f.medium_id = 'profile:' || a.account_id "
        "left join raw.profile_pictures as v on v.run_id = $run_id and v.platform = a.platform "
        "and v.account_id = a.account_id where a.run_id = $run_id order by a.platform, a.account_id",
        run_id=run_id,
    )


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


def _rows(db: duckdb.DuckDBPyConnection, sql: str, **values: str) -> list[dict[str, Any]]:
    return db.execute(sql, values or None).pl().to_dicts()
