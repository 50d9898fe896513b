"""Expires what has outlived its time, and of one subject when asked.

The shortest clock wins: what a platform gave us is deleted after the days that its record gives (28 for YouTube) unless
a later run got it again; the bytes of pictures and the bodies of pages go after the shortest such time. What was seen
in a picture goes with the last verdict that names it. A recorded hold alone makes anything live longer. Age is counted
from when the platform gave it to us, as its pages say, and not from the day that a run was of.
"""

import hashlib
import zlib
from collections.abc import Collection
from datetime import date, timedelta

import duckdb

from policies.platforms.registry import PLATFORMS
from warehouse.exceptions.expired_evidence import expire_evidence
from warehouse.load import record_tables, transaction
from warehouse.preview_store import expire_previews, forget_previews

# No body of a page or picture outlives the shortest time that a platform sets.
BODY_DAYS = min(platform.keep_days for platform in PLATFORMS.values() if platform.keep_days is not None)

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


def expire(db: duckdb.DuckDBPyConnection, *, today: date, held: Collection[tuple[str, str]] = ()) -> int:
    """Delete what is older than its clock; return the rows and bodies that went. The newest run is kept.

    `today` is the day that it is, never the day that a run is of.
    """
    deleted = 0
    with transaction(db):
        for run_id in _old(db, today, BODY_DAYS):
            deleted += _count(db, "update raw.pages set body = null where run_id = ? and body is not null", [run_id])
            deleted += _count(db, "delete from raw.medium_files where run_id = ?", [run_id])
        for platform in PLATFORMS.values():
            kept = [ident for its_platform, ident in held if its_platform == platform.id]
            for run_id in _old(db, today, platform.keep_days):
                deleted += _expire_platform(db, run_id, platform.id, kept)
        deleted += _count(db, _UNNAMED_LOOKS, []) + expire_previews(db, today)
    return deleted


def _old(db: duckdb.DuckDBPyConnection, today: date, keep_days: int | None) -> list[str]:
    """Return the runs that are older than so many days; none where there is no such time."""
    if keep_days is None:
        return []
    return [run_id for (run_id,) in db.execute(_OLD, [today - timedelta(days=keep_days)]).fetchall()]


def _expire_platform(db: duckdb.DuckDBPyConnection, run_id: str, platform: str, kept: list[str]) -> int:
    records = [table for table in record_tables(db) if _has(db, table, "platform")]
    deleted = sum(_expire_table(db, table, run_id, platform, kept) for table in [*records, *_MADE_OF_RECORDS])
    deleted += _count(db, _OLD_UNREAD, [run_id, platform, kept])
    return deleted + expire_evidence(db, run_id, platform, kept)


# A run is as old as the first page that a platform gave it; one that brought no page, such as an archive's, as its day.
_OLD = """
select runs.run_id
from raw.runs as runs
left join raw.pages as pages on runs.run_id = pages.run_id
where runs.as_of < (select max(as_of) from raw.runs)
group by runs.run_id, runs.as_of
having coalesce(min(cast(pages.fetched_at as date)), runs.as_of) < ?
"""

# Of the texts that nobody has read, the count of the run stays.
_OLD_UNREAD = "delete from outcome.unread_texts where run_id = ? and platform = ? and not list_contains(?, subject_id) "

# A look is kept under the hash of the bytes, apart for the pictures that others attached to comments.
_UNNAMED_LOOKS = """
delete from raw.looks
where not exists (
    select 1 from raw.picture_verdicts as verdicts
    where raw.looks.sha256 = if(verdicts.medium_id = verdicts.post_id || '/picture', 'theirs:', '') || verdicts.sha256
)
"""

# The pictures that these actors attached to comments.
_ATTACHED = "select comment_id || '/picture' from raw.comments where platform = ? and list_contains(?, actor_id)"


def _expire_table(db: duckdb.DuckDBPyConnection, table: str, run_id: str, platform: str, kept: list[str]) -> int:
    sql, values = f"delete from raw.{table} where run_id = ? and platform = ?", [run_id, platform]
    if table in _SUBJECTS:
        return _count(db, f"{sql} and not list_contains(?, {_SUBJECTS[table]})", [*values, kept])
    if table in _OF_PICTURES:
        return _count(db, f"{sql} and medium_id not in ({_ATTACHED})", [*values, platform, kept])
    return _count(db, sql, [*values])


# What was raised about the actor, about what the actor wrote, or about our own posts with the actor in the evidence.
_FORGOTTEN = """
delete from outcome.exceptions
where platform = $platform and (
    subject_id = $actor
    or contains(evidence, $actor)
    or subject_id in (
        select unnest([comment_id, comment_id || '/picture'])
        from raw.comments
        where platform = $platform and actor_id = $actor
    )
    or exists (
        select 1 from raw.profiles as profiles
        where profiles.platform = $platform and profiles.account_id = $actor and length(profiles.handle) > 0
        and contains(lower(outcome.exceptions.evidence), '"@' || lower(ltrim(profiles.handle, '@')) || '"')
    )
)
returning fingerprint
"""

# Texts of the actor that nobody has read, and the actor's own profile.
_FORGOTTEN_UNREAD = (
    "delete from outcome.unread_texts where platform = ? and (subject_id = ? or subject_id in "
    "(select comment_id from raw.comments where platform = ? and actor_id = ?)) returning fingerprint"
)

_PICTURES = (
    "delete from raw.{table} where platform = ? and medium_id in "
    "(select comment_id || '/picture' from raw.comments where platform = ? and actor_id = ?)"
)

# What a platform answered about the comments of this actor.
_ANSWERED_FOR = (
    "delete from raw.proofs where platform = ? and kind = 'comment' and subject_id in "
    "(select comment_id from raw.comments where platform = ? and actor_id = ?)"
)


def forget(db: duckdb.DuckDBPyConnection, *, platform: str, actor_id: str) -> tuple[int, frozenset[str]]:
    """Delete every row and every page body about one actor; return how many, and the fingerprints that went."""
    with transaction(db):
        prints = db.execute(_FORGOTTEN, {"platform": platform, "actor": actor_id}).fetchall()
        prints += db.execute(_FORGOTTEN_UNREAD, [platform, actor_id, platform, actor_id]).fetchall()
        gone = sum(_count(db, _PICTURES.format(table=table), [platform, platform, actor_id]) for table in _OF_PICTURES)
        gone += _count(db, _ANSWERED_FOR, [platform, platform, actor_id])
        gone += sum(
            _count(db, f"delete from raw.{table} where platform = ? and {column} = ?", [platform, actor_id])
            for table, column in _SUBJECTS.items()
        )
        for column in ("in_reply_to_actor_id", "refers_to_actor_id"):
            sql = f"update raw.posts set {column} = null where platform = ? and {column} = ?"
            gone += _count(db, sql, [platform, actor_id])
        gone += _forget_pages(db, actor_id) + _count(db, _UNNAMED_LOOKS, [])
        fingerprints = frozenset(fingerprint for (fingerprint,) in prints)
        gone += forget_previews(db, fingerprints)
    return gone + len(prints), fingerprints


def subject_hash(platform: str, actor_id: str) -> str:
    """Return what a tombstone keeps of a subject: enough to know it again, not to find it."""
    return hashlib.sha256(f"{platform}\x1f{actor_id}".encode()).hexdigest()


def _forget_pages(db: duckdb.DuckDBPyConnection, actor_id: str) -> int:
    rows = db.execute("select rowid, body, request from raw.pages where body is not null").fetchall()
    # Who was asked for by id stands in the question too.
    named = [row for row, body, asked in rows if actor_id in asked or actor_id.encode() in zlib.decompress(body)]
    gone = _count(db, "update raw.pages set body = null where list_contains(?, rowid)", [named]) if named else 0
    _count(db, "update raw.pages set request = '{}' where contains(request, ?)", [actor_id])
    return gone


def _count(db: duckdb.DuckDBPyConnection, sql: str, values: list[object]) -> int:
    return int(db.execute(sql, values).fetchall()[0][0])


def _has(db: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    return bool(
        db.execute(
            "select 1 from duckdb_columns() where database_name = current_database() and schema_name = 'raw' "
            "and table_name = ? and column_name = ?",
            [table, column],
        ).fetchall()
    )
