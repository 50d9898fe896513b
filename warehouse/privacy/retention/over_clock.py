"""Everything in the warehouse that is over a clock: deleted, or only counted for a preview, by the same statements."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import duckdb

from policies.retention import RetentionSchedule
from warehouse.catalogue.tags import tables_of_clock
from warehouse.privacy.retention.followed_deletions import follow_deletions
from warehouse.privacy.retention.platform_clock import NOT_LOOKED_AT, expire_platforms
from warehouse.privacy.retention.rows_on_hold import cases_on_hold, mark_rows_on_hold, not_on_hold, unmark_rows_on_hold
from warehouse.store.load import Deleted, counted, transaction, without_nothing
from warehouse.store.materialise import rolled_back
from warehouse.store.preview_store import expire_previews

# When a run read what it read: an old day may have been audited late.
_MADE = "greatest(runs.as_of, cast(runs.started_at as date))"

# The next run holds a register against the last run in which it was whole: those rows stay as long as what the
# platforms told, and no longer, also where no run is made any more.
_OLD_PEOPLE = f"""
delete from raw.people
where run_id in (select runs.run_id from raw.runs as runs where {_MADE} < $over)
and {not_on_hold("raw.people")}
and (
    run_id in (select runs.run_id from raw.runs as runs where {_MADE} < $long_over)
    or (run_id, register) not in (
        select arg_max(states.run_id, runs.as_of), states.register
        from raw.register_states as states inner join raw.runs as runs on states.run_id = runs.run_id
        where states.state = 'whole' or states.accepted_by is not null
        group by states.register
    )
)
"""

# A take-down is proved by the register of photographs as each run read it; the newest run's is the one in force, for as
# long as the cases that rest on it are kept.
_OLD_APPROVALS = (
    "delete from {table} where run_id in (select runs.run_id from raw.runs as runs "
    f"where {_MADE} < $over and (runs.as_of < (select max(as_of) from raw.runs) or {_MADE} < $long_over)) and "
)

# A case is closed where the newest run does not have it standing; it is as old as the last run that knew of it. One
# that is open is carried on by every run: that it grows old says that none is made any more.
_OLD_CASES = f"""
delete from outcome.exceptions
where fingerprint not in (
    select kept.fingerprint
    from outcome.exceptions as kept
    where kept.rowid in (select row_number from rows_on_hold where table_name = 'outcome.exceptions')
)
and fingerprint in (
    select exceptions.fingerprint
    from outcome.exceptions as exceptions inner join raw.runs as runs on exceptions.run_id = runs.run_id
    group by exceptions.fingerprint
    having
        (arg_max(exceptions.status, runs.as_of) = 'gone') = $is_gone
        -- What lost its subject can be proved gone by no run that carries it on.
        and if(
            arg_max(exceptions.subject_id, runs.as_of) = '', max(exceptions.last_seen), max({_MADE})
        ) < $over
)
"""

# The bytes of no photograph that is known any more.
_UNNAMED_FEATURES = """
delete from raw.features
where not exists (select 1 from raw.masters)
and not exists (select 1 from raw.photographs)
"""


def expire_by_schedule(db: duckdb.DuckDBPyConnection, *, today: date, schedule: RetentionSchedule) -> Deleted:
    """Delete what is over the school's own clocks; return the rows by table and clock. Joins a transaction."""
    deleted: Deleted = Counter()
    registers = today - timedelta(days=schedule.registers)
    long_over = today - timedelta(days=max(schedule.registers, schedule.platform_records))
    values = {"over": registers, "long_over": long_over}
    deleted["raw.people", "registers"] += counted(db, _OLD_PEOPLE, values)
    in_force = max(schedule.approvals, schedule.cases)
    values = {
        "over": today - timedelta(days=schedule.approvals),
        "long_over": today - timedelta(days=in_force),
    }
    for table in tables_of_clock("approvals", "raw"):
        sql = _OLD_APPROVALS.format(table=table) + not_on_hold(table)
        deleted[table, "approvals"] += counted(db, sql, values)
    for clock, is_gone in (("cases", True), (NOT_LOOKED_AT, False)):
        cases = {"over": today - timedelta(days=schedule.cases), "is_gone": is_gone}
        deleted["outcome.exceptions", clock] += counted(db, _OLD_CASES, cases)
    deleted["raw.features", "with_the_register"] += counted(db, _UNNAMED_FEATURES)
    return deleted


# A look is kept under the hash of the bytes, apart for the pictures that others attached to comments.
UNNAMED_LOOKS = """
delete from raw.looks
where not exists (
    select 1 from raw.picture_verdicts as verdicts
    where raw.looks.sha256 = if(verdicts.medium_id = verdicts.post_id || '/picture', 'theirs:', '') || verdicts.sha256
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDay:
    """As of which day things are deleted, by which schedule, and what a hold keeps, as (what it is on, its id).

    `challenged` are the fingerprints of the cases whose challenge waits for its answer; they are kept as open ones are.
    `shown_before` is the day before which something must have been seen to be shown no more to be deleted now. It is
    only deleted with `follows_deletions`: while a run is broken off, nobody can say what an open case rests on.
    """

    today: date
    shown_before: date
    schedule: RetentionSchedule = field(default_factory=RetentionSchedule)
    held: frozenset[tuple[str, str]] = frozenset()
    challenged: frozenset[str] = frozenset()
    follows_deletions: bool = True


def delete_over_clock(db: duckdb.DuckDBPyConnection, day: RetentionDay, certificate_id: str | None) -> Deleted:
    """Delete what is over its clock; note the counts under a certificate that is still to be written, if one is given.

    Returns the rows that went now, by table and clock. All or nothing: it is one transaction. Where nothing is due,
    what holds keep is not looked for, which takes a reading of the whole warehouse.
    """
    if day.held and not preview_over_clock(db, replace(day, held=frozenset())):
        return Counter()
    with transaction(db):
        deleted = without_nothing(_delete(db, day))
        if certificate_id is not None:
            note_deleted(db, certificate_id, deleted)
    return deleted


def preview_over_clock(db: duckdb.DuckDBPyConnection, day: RetentionDay) -> Deleted:
    """Return what would go, by table and clock; nothing is deleted."""
    with rolled_back(db):
        return without_nothing(_delete(db, day))


def _delete(db: duckdb.DuckDBPyConnection, day: RetentionDay) -> Deleted:
    mark_rows_on_hold(db, day.held, day.challenged)
    deleted = expire_platforms(db, today=day.today, schedule=day.schedule)
    deleted += expire_by_schedule(db, today=day.today, schedule=day.schedule)
    if day.follows_deletions:
        deleted += follow_deletions(db, before=day.shown_before)
    deleted["raw.looks", "with_the_picture"] += counted(db, UNNAMED_LOOKS)
    deleted["desk.previews", "with_the_case"] += expire_previews(db, day.today, but=cases_on_hold(db))
    unmark_rows_on_hold(db)
    return deleted


def note_deleted(db: duckdb.DuckDBPyConnection, certificate_id: str, deleted: Deleted) -> None:
    """Note counts under a certificate that is still to be written. Joins a transaction if there is one."""
    for (table, clock), rows in sorted(deleted.items()):
        db.execute("insert into main.deletions_under_way values (?, ?, ?, ?)", [certificate_id, table, clock, rows])


def under_way(db: duckdb.DuckDBPyConnection) -> tuple[str | None, Deleted]:
    """Return the certificate of a deletion that has not been certified, and its counts; None where there is none."""
    rows = db.execute(
        "select min(certificate_id), table_name, clock, sum(deleted) from main.deletions_under_way group by 2, 3"
    ).fetchall()
    deleted: Deleted = Counter({(table, clock): int(count) for _, table, clock, count in rows})
    return (rows[0][0] if rows else None), deleted


def certified(db: duckdb.DuckDBPyConnection) -> None:
    """Forget the counts of the deletion under way, once its certificate stands in the casebook."""
    db.execute("delete from main.deletions_under_way")
