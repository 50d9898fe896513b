"""The beginning, the middle and the end of a run, as rows; and what earlier runs know that saves a pull money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import duckdb

from warehouse.load import transaction


class RunError(Exception):
    """This run may not be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One official account as school.toml names it."""

    platform: str
    account_id: str
    handle: str
    reads: str


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What earlier runs saw of one official account."""

    newest_post_id: str | None
    newest_mention_id: str | None
    follower_ids: frozenset[str]
    following_ids: frozenset[str]
    repost_counts: tuple[tuple[str, int], ...]
    swept_on: date | None


def begin(
    db: duckdb.DuckDBPyConnection,
    *,
    as_of: date,
    school: tuple[str, str, str],
    accounts: Sequence[AccountRow],
    at: datetime,
) -> str:
    """Open the run of this day (again) and return its id; RunError if a later run is already published.

    `school` is its id, its name and its pack's id.
    """
    later = db.execute(
        "select max(as_of) from raw.runs where as_of > ? and published_at is not null", [as_of]
    ).fetchall()
    if later[0][0] is not None:
        message = f"A later run ({later[0][0]}) is already published. Runs go forward: choose that day or a later one."
        raise RunError(message)
    run_id = as_of.isoformat()
    with transaction(db):
        db.execute("delete from raw.runs where as_of > ?", [as_of])
        db.execute(
            "insert into raw.runs (run_id, as_of, school_id, school_name, pack, started_at) values (?, ?, ?, ?, ?, ?) "
            "on conflict (run_id) do update set finished_at = null, is_complete = false, pack = excluded.pack",
            [run_id, as_of, *school, at],
        )
        db.execute("delete from raw.official_accounts where run_id = ?", [run_id])
        for account in accounts:
            row = [run_id, account.platform, account.account_id, account.handle, account.reads]
            db.execute("insert into raw.official_accounts values (?, ?, ?, ?, ?)", row)
    return run_id


def end(db: duckdb.DuckDBPyConnection, run_id: str, *, is_complete: bool, at: datetime) -> None:
    """Close the run, before it is published."""
    db.execute(
        "update raw.runs set finished_at = ?, is_complete = ?, published_at = ? where run_id = ?",
        [at, is_complete, at, run_id],
    )


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


def known_account(db: duckdb.DuckDBPyConnection, platform: str, account_id: str, *, before: date) -> KnownAccount:
    """Return what the runs before this day saw of one official account."""
    here = [platform, account_id]
    posts = db.execute(
        "select p.post_id, max_by(p.repost_count, r.as_of) from raw.posts as p inner join raw.runs as r "
        "on p.run_id = r.run_id where p.platform = ? and p.account_id = ? and r.as_of < ? group by p.post_id",
        [*here, before],
    ).fetchall()
    lines = db.execute(
        "select distinct f.direction, f.actor_id from raw.follows as f inner join raw.runs as r "
        "on f.run_id = r.run_id where f.platform = ? and f.account_id = ? and r.as_of < ?",
        [*here, before],
    ).fetchall()
    mentions = db.execute(
        "select distinct c.comment_id from raw.comments as c inner join raw.runs as r on c.run_id = r.run_id "
        "where c.platform = ? and c.account_id = ? and c.kind in ('reply', 'mention', 'quote') and r.as_of < ?",
        [*here, before],
    ).fetchall()
    swept = db.execute(
        "select max(r.as_of) from raw.walks as w inner join raw.runs as r on w.run_id = r.run_id "
        "where w.platform = ? and w.account_id = ? and w.walk = 'followers' and w.is_whole and r.as_of < ?",
        [*here, before],
    ).fetchall()
    return KnownAccount(
        newest_post_id=_newest(post for post, _ in posts),
        newest_mention_id=_newest(comment for (comment,) in mentions),
        follower_ids=frozenset(actor for direction, actor in lines if direction == "follower"),
        following_ids=frozenset(actor for direction, actor in lines if direction == "following"),
        repost_counts=tuple((post, count) for post, count in posts if count is not None),
        swept_on=swept[0][0],
    )


def _newest(ids: Iterable[str]) -> str | None:
    # The platform's ids are numbers that grow with time, told as text.
    return max(ids, key=lambda ident: (len(ident), ident), default=None)


def last_published(copy: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day of the newest run in a published copy, or None."""
    [(day,)] = copy.execute("select max(as_of) from published.runs").fetchall()
    return day if isinstance(day, date) else None
