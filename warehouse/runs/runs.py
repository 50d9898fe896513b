"""The beginning, the middle and the end of a run, and how the pull of each source ended in it, as rows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import cast

import duckdb

from policies.errors import UserError
from warehouse.questions import question
from warehouse.store.load import record_tables, replace_run, transaction

CORRECTION = timedelta(hours=1)  # a clock may be put right by that much between two runs


class ClockError(UserError):
    """The machine's clock stands before a run that was made; the message says what to do."""


def goes_forward(db: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """Raise ClockError where the time `at` lies before the newest run's beginning or end by more than a correction."""
    [(newest,)] = db.execute(
        "select max(greatest(started_at, coalesce(finished_at, started_at))) from raw.runs"
    ).fetchall()
    if newest is not None and at < newest - CORRECTION:
        message = (
            f"This machine's clock says {at:%Y-%m-%d %H:%M} UTC, and a run has already been made at "
            f"{newest.astimezone(UTC):%Y-%m-%d %H:%M}. Set the clock right, and run again; nothing was changed."
        )
        raise ClockError(message)


class RunError(UserError):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveDecisionRow:
    """Who decided, and when, that terms and impact assessment allow a live pull, as school.toml says it."""

    decided_by_role: str
    decided_on: date
    terms: str
    dpia: str


def begin(
    db: duckdb.DuckDBPyConnection,
    *,
    as_of: date,
    school: SchoolRow,
    policy: PolicyRow,
    accounts: Sequence[AccountRow],
    at: datetime,
    live: LiveDecisionRow | None = None,
) -> str:
    """Open the run of this day (again) and return its id; `live` is None where nobody has decided on live pulls.

    Raises RunError if a later run is already published, ClockError if the clock stands before an earlier run.
    """
    goes_forward(db, at)
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
        said = {name: "; ".join(part) if isinstance(part, tuple) else part for name, part in asdict(school).items()}
        replace_run(db, "raw.schools", run_id, [said])
        replace_run(db, "raw.policies", run_id, [asdict(policy)])
        replace_run(db, "raw.official_accounts", run_id, map(asdict, accounts))
        replace_run(db, "raw.live_decisions", run_id, [] if live is None else [asdict(live)])
        _drop_other_sources(db, run_id, accounts)
    return run_id


def begun_at(db: duckdb.DuckDBPyConnection, run_id: str) -> datetime | None:
    """Return when a run was first begun, aware; None where it was not opened yet."""
    found = db.execute("select started_at from raw.runs where run_id = ?", [run_id]).fetchone()
    return cast("datetime", found[0]) if found else None


def take_shown_handles(db: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Call each official account of this run by the handle that its platform shows, where that is another one."""
    db.execute(question("take_shown_handles"), {"run_id": run_id})


def _drop_other_sources(db: duckdb.DuckDBPyConnection, run_id: str, accounts: Sequence[AccountRow]) -> None:
    """Delete what this run has by a way in which no account is read any more, so that no account is read twice."""
    still = [
        f"x_archive:{account.account_id}" if account.reads == "archive" else account.platform for account in accounts
    ]
    for table in record_tables(db):
        db.execute(
            f"delete from raw.{table} where run_id = ? and not list_contains(?::varchar[], source) "
            "and source not in ('registers', 'media', 'x_profiles')",
            [run_id, still],
        )


def end(db: duckdb.DuckDBPyConnection, run_id: str, *, is_complete: bool, at: datetime) -> None:
    """Close the run, before it is published."""
    db.execute(
        "update raw.runs set finished_at = ?, is_complete = ?, published_at = ? where run_id = ?",
        [at, is_complete, at, run_id],
    )


def note_doubt(db: duckdb.DuckDBPyConnection, run_id: str, *, is_doubted: bool) -> None:
    """Write whether the run may delete nothing for its age, because the day may be wrong."""
    db.execute("update raw.runs set is_day_doubted = ? where run_id = ?", [is_doubted, run_id])


def is_begun(db: duckdb.DuckDBPyConnection, run_id: str) -> bool:
    """Say whether an earlier try of this run was begun, however it ended."""
    return db.execute("select count(*) from raw.runs where run_id = ?", [run_id]).fetchall() == [(1,)]


def is_published(db: duckdb.DuckDBPyConnection) -> bool:
    """Say whether every run of this warehouse has been published: none is under way, or was killed."""
    return db.execute("select count(*) from raw.runs where published_at is null").fetchall() == [(0,)]


def last_published(copy: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day of the newest run in a published copy, or None."""
    [(day,)] = copy.execute("select max(as_of) from published.runs").fetchall()
    return day if isinstance(day, date) else None


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
