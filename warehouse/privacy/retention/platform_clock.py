"""What a platform told goes after its own time, or the school's where that is shorter; a held subject stays.

Age is counted from when the platform gave it to us, as its pages say, and not from the day that a run was of; what came
without a page, such as an archive, is as old as its run's day. The newest run is no exception.
"""

from collections import Counter
from datetime import date, timedelta

import duckdb

from policies.dates import long_date
from policies.exceptions import OF_THE_SCHOOL
from policies.platforms.registry import PLATFORMS
from policies.retention import RetentionSchedule
from warehouse.catalogue.clocks import BODY_DAYS, platform_days
from warehouse.catalogue.tags import tables_of_clock
from warehouse.privacy.retention.rows_on_hold import not_on_hold
from warehouse.store.load import Deleted, counted

# The story of an exception stays; of what it rested on only the hash stays.
_OF_THE_RUN = """
update outcome.exceptions as exceptions
set evidence = '{}'
where exceptions.run_id = ? and exceptions.platform = ? and exceptions.evidence != '{}'
"""

# What later runs carried over keeps whose it is, for the decisions about it, and nothing that others wrote.
_CARRIED_OVER = """
update outcome.exceptions
set evidence = json_merge_patch(exceptions.evidence, texts.nulls)::varchar
from (
    select check_id, list(distinct label) as labels, json_group_object(label, null) as nulls
    from outcome.check_evidence
    where kind = 'strangers_text'
    group by check_id
) as texts
where
    exceptions.check_id = texts.check_id
    and exceptions.described_in = ?
    and exceptions.platform = ?
    and list_has_any(json_keys(exceptions.evidence), texts.labels)
"""


NOT_LOOKED_AT = "not_looked_at"
# Of an open case that no later run has, nothing stays of what the platform told: neither whose account or post it is
# about nor what was concluded of them. It stands for a person to look at, until its own time is over.
_NOT_LOOKED_AT = """
update outcome.exceptions as exceptions
set
    subject_id = '',
    reason = $reason,
    evidence = '{}',
    rests_on = [],
    is_seen_this_run = false,
    status = if(exceptions.run_id = $run, 'not_seen', exceptions.status)
where
    exceptions.subject_id != ''
    and not list_contains($of_the_school, exceptions.subject_kind)
    and exceptions.fingerprint in (
        select newest.fingerprint
        from outcome.exceptions as newest
        where newest.platform = $platform
        group by newest.fingerprint
        having max(newest.run_id) = $run and max_by(newest.status, newest.run_id) != 'gone'
    )
"""


def expire_evidence(db: duckdb.DuckDBPyConnection, run_id: str, platform: str, *, but: str) -> int:
    """Delete what this run found on a platform of the evidence of exceptions; return from how many it went.

    `but` is a condition in SQL by which some of `exceptions` are left as they are.
    """
    statements = (f"{sql.rstrip()} and {but}" for sql in (_OF_THE_RUN, _CARRIED_OVER))
    return sum(counted(db, sql, [run_id, platform]) for sql in statements)


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

_CASES_NOT_ON_HOLD = not_on_hold("outcome.exceptions", "exceptions.rowid")

# What was asked for by id, also in the name of a list such as `comments:CHANNEL:THREAD`, and where a list went on, is
# of the platform too; the hash and the cost of a page stay. A kind of subject (`proofs:CHANNEL:users`) is no id.
# A list that a run of the same day read anew comes by another name, as the time at which it was fetched is in it.
_NAMES_AN_ID = (
    "(regexp_full_match(listing, '[^:]+:[^:]+:[^#:][^:]*') and not regexp_full_match(listing, '[^:]+:[^:]+:[a-z]+'))"
)
LISTING_WITHOUT_ID = f"""if(
    {_NAMES_AN_ID},
    regexp_extract(listing, '^[^:]+:[^:]+:') || '#' || left(sha256(listing || epoch_us(fetched_at)::varchar), 16),
    listing
)"""
_OLD_REQUESTS = f"""
update raw.pages set
    body = null, request = '{{}}', token = null, next_token = null, listing = {LISTING_WITHOUT_ID}
where run_id = $run and (source = $platform or starts_with(source, $platform || '_'))
and {not_on_hold("raw.pages")}
and (body is not null or request != '{{}}' or token is not null or next_token is not null or {_NAMES_AN_ID})
"""

_OLD_BODIES = (
    (
        "raw.pages",
        f"update raw.pages set body = null where run_id = ? and body is not null and {not_on_hold('raw.pages')}",
    ),
    ("raw.medium_files", f"delete from raw.medium_files where run_id = ? and {not_on_hold('raw.medium_files')}"),
    # What was said of texts is worked out again where it is wanted again: no hold keeps it.
    ("raw.readings", "delete from raw.readings where run_id = ?"),
)


def expire_platforms(db: duckdb.DuckDBPyConnection, *, today: date, schedule: RetentionSchedule) -> Deleted:
    """Delete page bodies, pictures' bytes and platforms' records that are over their clock. Joins a transaction."""
    deleted: Deleted = Counter()
    for run_id in _old(db, today, BODY_DAYS):
        for table, sql in _OLD_BODIES:
            deleted[table, "bodies"] += counted(db, sql, [run_id])
    for platform in PLATFORMS.values():
        for run_id in _old(db, today, platform_days(platform.keep_days, schedule)):
            deleted += _expire_run(db, run_id, platform.id)
    return deleted


def _old(db: duckdb.DuckDBPyConnection, today: date, keep_days: int) -> list[str]:
    """Return the runs that are older than so many days."""
    return [run_id for (run_id,) in db.execute(_OLD, [today - timedelta(days=keep_days)]).fetchall()]


def _expire_run(db: duckdb.DuckDBPyConnection, run_id: str, platform: str) -> Deleted:
    deleted: Deleted = Counter()
    for table in (*tables_of_clock("platform", "raw", "outcome"), "raw.medium_files"):
        sql = f"delete from {table} where run_id = ? and platform = ? and {not_on_hold(table)}"
        deleted[table, "platform"] += counted(db, sql, [run_id, platform])
    reason = f"Not looked at since {long_date(date.fromisoformat(run_id))}."
    values = {"run": run_id, "platform": platform, "reason": reason, "of_the_school": sorted(OF_THE_SCHOOL)}
    unlooked = f"{_NOT_LOOKED_AT} and {_CASES_NOT_ON_HOLD}"
    deleted["outcome.exceptions", NOT_LOOKED_AT] += counted(db, unlooked, values)
    deleted["outcome.exceptions", "platform"] += expire_evidence(db, run_id, platform, but=_CASES_NOT_ON_HOLD)
    deleted["raw.pages", "platform"] += counted(db, _OLD_REQUESTS, {"run": run_id, "platform": platform})
    return deleted
