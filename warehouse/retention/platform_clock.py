"""What a platform told goes after its own time, or the school's where that is shorter; a held subject stays.

Age is counted from when the platform gave it to us, as its pages say, and not from the day that a run was of; what came
without a page, such as an archive, is as old as its run's day. The newest run is no exception.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

import duckdb

from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule
from warehouse.exceptions.expired_evidence import expire_evidence
from warehouse.load import record_tables
from warehouse.retention.clocks import BODY_DAYS, platform_days
from warehouse.retention.counted import Deleted, counted

# What is made of a platform's records goes with them.
_MADE_OF_RECORDS = ("matches", "picture_verdicts", "picture_parts")
# What is kept of a picture that somebody attached to a comment.
_OF_PICTURES = ("medium_files", "picture_verdicts", "picture_parts")
# The column of each raw table that holds a platform's id of an actor; a proof may be about one.
_SUBJECTS = {
    "profiles": "account_id",
    "follows": "actor_id",
    "comments": "actor_id",
    "reposts": "actor_id",
    "likes": "actor_id",
    "unavailable": "subject_id",
    "proofs": "subject_id",
    "matches": "actor_id",
}

_OLD = """
select runs.run_id
from raw.runs as runs
left join raw.pages as pages on runs.run_id = pages.run_id
group by runs.run_id, runs.as_of, runs.started_at
having coalesce(
    min(cast(pages.fetched_at as date)),
    -- An old day may have been audited late: what the newest run read, it read when it was made.
    if(runs.as_of = (select max(as_of) from raw.runs), greatest(runs.as_of, cast(runs.started_at as date)), runs.as_of)
) < ?
"""

# Of the texts that nobody has read, the count of the run stays.
_OLD_UNREAD = "delete from outcome.unread_texts where run_id = ? and platform = ? and not list_contains(?, subject_id) "

# What was asked for by id, and where a list went on, is of the platform too; the hash and the cost of a page stay.
_OLD_REQUESTS = """
update raw.pages set request = '{}', token = null, next_token = null
where run_id = $run and (source = $platform or starts_with(source, $platform || '_'))
and (request != '{}' or token is not null or next_token is not null)
"""

# The pictures that these actors attached to comments.
_ATTACHED = "select comment_id || '/picture' from raw.comments where platform = ? and list_contains(?, actor_id)"


def expire_platforms(
    db: duckdb.DuckDBPyConnection, *, today: date, schedule: RetentionSchedule, held: Collection[tuple[str, str]]
) -> Deleted:
    """Delete page bodies, pictures' bytes and platforms' records that are over their clock. Joins a transaction."""
    deleted: Deleted = Counter()
    for run_id in _old(db, today, BODY_DAYS):
        bodies = "update raw.pages set body = null where run_id = ? and body is not null"
        deleted["raw.pages", "bodies"] += counted(db, bodies, [run_id])
        deleted["raw.medium_files", "bodies"] += counted(db, "delete from raw.medium_files where run_id = ?", [run_id])
    for platform in PLATFORMS.values():
        kept = [ident for its_platform, ident in held if its_platform == platform.id]
        for run_id in _old(db, today, platform_days(platform.keep_days, schedule)):
            deleted += _expire_run(db, run_id, platform.id, kept)
    return deleted


def _old(db: duckdb.DuckDBPyConnection, today: date, keep_days: int) -> list[str]:
    """Return the runs that are older than so many days."""
    return [run_id for (run_id,) in db.execute(_OLD, [today - timedelta(days=keep_days)]).fetchall()]


def _expire_run(db: duckdb.DuckDBPyConnection, run_id: str, platform: str, kept: list[str]) -> Deleted:
    deleted: Deleted = Counter()
    for table in [*_platform_tables(db), *_MADE_OF_RECORDS]:
        deleted[f"raw.{table}", "platform"] += _expire_table(db, table, run_id, platform, kept)
    deleted["outcome.unread_texts", "platform"] += counted(db, _OLD_UNREAD, [run_id, platform, kept])
    deleted["outcome.exceptions", "platform"] += expire_evidence(db, run_id, platform, kept)
    if not kept:  # a request may have asked for whom a hold keeps
        requests = db.execute(_OLD_REQUESTS, {"run": run_id, "platform": platform}).fetchall()
        deleted["raw.pages", "platform"] += int(requests[0][0])
    return deleted


def _expire_table(db: duckdb.DuckDBPyConnection, table: str, run_id: str, platform: str, kept: list[str]) -> int:
    sql, values = f"delete from raw.{table} where run_id = ? and platform = ?", [run_id, platform]
    if table in _SUBJECTS:
        return counted(db, f"{sql} and not list_contains(?, {_SUBJECTS[table]})", [*values, kept])
    if table in _OF_PICTURES:
        return counted(db, f"{sql} and medium_id not in ({_ATTACHED})", [*values, platform, kept])
    return counted(db, sql, values)


def _platform_tables(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the tables of records that are a platform's, without those of the school's own registers."""
    return [table for table in record_tables(db) if table != "registered_accounts" and _has_platform(db, table)]


def _has_platform(db: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(
        db.execute(
            "select 1 from duckdb_columns() where database_name = current_database() and schema_name = 'raw' "
            "and table_name = ? and column_name = 'platform'",
            [table],
        ).fetchall()
    )
