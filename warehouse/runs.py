"""The beginning, the middle and the end of a run, as rows; and what earlier runs know that saves a pull money."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """The school as school.toml names it; `registers` are those whose files it names."""

    school_id: str
    school_name: str
    aliases: tuple[str, ...] = ()
    town: str | None = None
    county: str | None = None
    website: str | None = None
    timezone: str = "Europe/London"
    registers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """The edition of the policy that the school's pack was made from."""

    pack: str
    title: str
    edition: str
    adopted_on: date | None = None
    review_by: date | None = None


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
    school: SchoolRow,
    policy: PolicyRow,
    accounts: Sequence[AccountRow],
    at: datetime,
) -> str:
    """Open the run of this day (again) and return its id; RunError if a later run is already published."""
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
            [run_id, as_of, school.school_id, school.school_name, policy.pack, at],
        )
        _describe(db, run_id, school, policy, accounts)
    return run_id


def _describe(
    db: duckdb.DuckDBPyConnection,
    run_id: str,
    school: SchoolRow,
    policy: PolicyRow,
    accounts: Sequence[AccountRow],
) -> None:
    described = _as_text(school)
    db.execute("insert or replace into raw.schools values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [run_id, *described])
    db.execute("insert or replace into raw.policies values (?, ?, ?, ?, ?, ?)", [run_id, *astuple(policy)])
    db.execute("delete from raw.official_accounts where run_id = ?", [run_id])
    for account in accounts:
        db.execute("insert into raw.official_accounts values (?, ?, ?, ?, ?)", [run_id, *astuple(account)])


def _as_text(school: SchoolRow) -> list[str | None]:
    return ["; ".join(part) if isinstance(part, tuple) else part for part in astuple(school)]


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


# Only what came by a walk that reached its end counts as known: a broken one leaves a gap that must be asked for again.
# A list that ended below the platform's count did reach it; what it lacks comes with the next sweep, not every week.
_AFTER_WHOLE_WALK = (
    "select {columns} from raw.{table} as p inner join raw.runs as r on p.run_id = r.run_id "
    "inner join raw.walks as w on p.run_id = w.run_id and p.platform = w.platform and p.account_id = w.account_id "
    "where p.platform = ? and p.account_id = ? and w.walk = ? and r.as_of < ? "
    "and w.stopped in ('end', 'short', 'known', 'cap')"
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
        "select max(r.as_of) from raw.walks as w inner join raw.runs as r on w.run_id = r.run_id "
        "where w.platform = ? and w.account_id = ? and w.walk = 'followers' and r.as_of < ? "
        "and (w.is_whole or w.stopped = 'short')",
        [*here, before],
    ).fetchall()
    return KnownAccount(
        newest_post_id=_newest(post for (post,) in posts),
        newest_mention_id=_newest(comment for (comment,) in mentions),
        follower_ids=frozenset(actor for direction, actor in lines if direction == "follower"),
        following_ids=frozenset(actor for direction, actor in lines if direction == "following"),
        repost_counts=tuple(reposts),
        swept_on=swept[0][0],
    )


def _newest(ids: Iterable[str]) -> str | None:
    # The platform's ids are numbers that grow with time, told as text.
    return max(ids, key=lambda ident: (len(ident), ident), default=None)


def last_published(copy: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day of the newest run in a published copy, or None."""
    [(day,)] = copy.execute("select max(as_of) from published.runs").fetchall()
    return day if isinstance(day, date) else None
