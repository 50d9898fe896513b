"""What earlier runs know of an official account: what a pull need not pay for again, and what it must ask for by id.

A platform in a brown-out may have called something gone that stands: for two weeks it is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse.questions import question
from warehouse.store.build import models


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """What earlier runs saw of one official account."""

    newest_post_id: str | None
    newest_mention_id: str | None
    follower_ids: frozenset[str]
    following_ids: frozenset[str]
    repost_counts: tuple[tuple[str, int], ...]
    full_sync_on: date | None


# Only what came by a listing that reached its end counts as known: a broken one leaves a gap that must be asked for
# again, and so does one that ended far below the platform's count. One that ended a little below it did reach its end;
# what it lacks comes with the next full sync.
_AFTER_WHOLE_WALK = (
    "select {columns} from raw.{table} as p inner join raw.runs as r on p.run_id = r.run_id "
    "inner join raw.listings as w on p.run_id = w.run_id and p.platform = w.platform and p.account_id = w.account_id "
    "where p.platform = ? and p.account_id = ? and w.listing = ? and r.as_of < ? "
    "and w.stopped in ('end', 'short', 'known', 'cap')"
)


# Whether any list of the last run that read the account broke off, so that the next one reads them all whole.
_BROKE_OFF = (
    "select coalesce(bool_or(stopped in ('far_short', 'loop')), false) from ("
    "select w.stopped, rank() over (order by r.as_of desc) as place from raw.listings as w "
    "inner join raw.runs as r on w.run_id = r.run_id where w.platform = ? and w.account_id = ? and r.as_of < ? "
    "and w.source not like 'x_archive%') where place = 1"
)


def known_account(db: duckdb.DuckDBPyConnection, platform: str, account_id: str, *, before: date) -> KnownAccount:
    """Return what the runs before this day saw of one official account."""
    here = [platform, account_id]
    lines = db.execute(
        "select distinct f.direction, f.actor_id from raw.follows as f inner join raw.runs as r "
        "on f.run_id = r.run_id where f.platform = ? and f.account_id = ? and r.as_of < ?",
        [*here, before],
    ).fetchall()
    posts = db.execute(
        _AFTER_WHOLE_WALK.format(columns="p.post_id", table="posts"), [*here, "posts", before]
    ).fetchall()
    mentions = db.execute(
        _AFTER_WHOLE_WALK.format(columns="p.comment_id", table="comments") + " and p.kind != 'comment'",
        [*here, "mentions", before],
    ).fetchall()
    reposts = db.execute(
        _AFTER_WHOLE_WALK.format(columns="p.post_id, max_by(p.repost_count, r.as_of)", table="posts")
        + " and p.repost_count is not null group by p.post_id",
        [*here, "reposts", before],
    ).fetchall()
    swept = db.execute(
        "select max(r.as_of) from raw.listings as w inner join raw.runs as r on w.run_id = r.run_id "
        "where w.platform = ? and w.account_id = ? and w.listing = 'followers' and r.as_of < ? "
        "and (w.is_whole or w.stopped = 'short') and w.source not like 'x_archive%'",
        [*here, before],
    ).fetchall()
    [(broke_off,)] = db.execute(_BROKE_OFF, [*here, before]).fetchall()
    return KnownAccount(
        newest_post_id=_newest(post for (post,) in posts),
        newest_mention_id=_newest(comment for (comment,) in mentions),
        follower_ids=frozenset(actor for direction, actor in lines if direction == "follower"),
        following_ids=frozenset(actor for direction, actor in lines if direction == "following"),
        repost_counts=tuple(reposts),
        full_sync_on=None if broke_off else swept[0][0],
    )


def known_actors(db: duckdb.DuckDBPyConnection, platform: str) -> frozenset[str]:
    """Return the ids of the accounts on this platform whose public profile some run got, and still has."""
    rows: list[tuple[str]] = db.execute(
        "select distinct account_id from raw.profiles where platform = ? and display_name is not null", [platform]
    ).fetchall()
    return frozenset(account_id for (account_id,) in rows)


def unshown_actors(db: duckdb.DuckDBPyConnection, source: str) -> frozenset[str]:
    """Return the ids of the accounts that a platform would not show when this source asked for them, in any run."""
    rows: list[tuple[str]] = db.execute(
        "select distinct subject_id from raw.unavailable where source = ? and kind = 'actor'", [source]
    ).fetchall()
    return frozenset(actor_id for (actor_id,) in rows)


def last_read(db: duckdb.DuckDBPyConnection, account_id: str, *, until: date) -> datetime | None:
    """Return when an X account stood as the runs up to this day read it last: from X, or as its archive was made."""
    [(when,)] = db.execute(
        "select max(t.at) from (select p.run_id, p.started_at as at from raw.pulls as p inner join raw.listings as w "
        "on p.run_id = w.run_id and p.source = w.source "
        "where p.source = w.platform and w.account_id = $id and w.rows > 0 "
        "union all select a.run_id, a.made_at as at from raw.archives as a where a.account_id = $id) as t "
        "inner join raw.runs as r on t.run_id = r.run_id where r.as_of <= $until",
        {"id": account_id, "until": until},
    ).fetchall()
    return when if isinstance(when, datetime) else None


def _newest(ids: Iterable[str]) -> str | None:
    # The platform's ids are numbers that grow with time, written as text.
    return max(ids, key=lambda ident: (len(ident), ident), default=None)


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line, post or comment: `kind` as raw.proofs has it, `listing` the list that it stood in."""

    kind: str
    subject_id: str
    listing: str


@dataclass(frozen=True, slots=True)
class ToProve:
    """What to ask for where a list lacks it: the cases, and every other that stood, the last seen first."""

    cases: tuple[SubjectRow, ...]
    members: tuple[SubjectRow, ...]


def to_prove(db: duckdb.DuckDBPyConnection, platform: str, account_id: str, *, before: date) -> ToProve:
    """Return whom to ask for about one official account, as the runs before this day left it.

    An actor is asked for by the lines to the account and by the comments that the actor wrote. What is about a
    photograph, a policy, a register or an account is about nothing that a platform could be asked for.
    """
    values = {"platform": platform, "account": account_id, "before": before}
    wanted = db.execute(question("proofs_wanted"), values).fetchall()
    return ToProve(
        cases=tuple(SubjectRow(*row) for is_of_case, *row, _ in wanted if is_of_case),
        members=tuple(SubjectRow(*row) for is_of_case, *row, _ in wanted if not is_of_case),
    )


def accounts_read(db: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, date]]:
    """Return each account that the newest run read, or tells as left: platform, id, handle, and the day it was read."""
    return db.execute(
        f"select platform, account_id, handle, last_seen from ({models()['published.official_accounts']}) "
        "where run_id = (select max(run_id) from raw.runs) and (is_left or last_seen::text = run_id) order by all"
    ).fetchall()
