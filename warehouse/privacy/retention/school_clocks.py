"""What the school's own schedule ends in the warehouse: rows of registers, approvals, and cases that are closed."""

from collections import Counter
from datetime import date, timedelta

import duckdb

from policies.retention import RetentionSchedule
from warehouse.catalogue.tags import tables_of_clock
from warehouse.privacy.retention.rows_on_hold import not_on_hold
from warehouse.store.counted import Deleted, counted

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

# A take-down is proved by the register of photographs as each run read it; the newest run's is the one in force.
_OLD_APPROVALS = (
    "delete from {table} where run_id in (select runs.run_id from raw.runs as runs "
    f"where {_MADE} < ? and runs.as_of < (select max(as_of) from raw.runs)) and "
)

# A case is closed where the newest run does not have it standing; it is as old as the last run that knew of it.
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
    having max({_MADE}) < $over and arg_max(exceptions.status, runs.as_of) = 'gone'
)
"""


def expire_by_schedule(db: duckdb.DuckDBPyConnection, *, today: date, schedule: RetentionSchedule) -> Deleted:
    """Delete what is over the school's own clocks; return the rows by table and clock. Joins a transaction."""
    deleted: Deleted = Counter()
    registers = today - timedelta(days=schedule.registers)
    long_over = today - timedelta(days=max(schedule.registers, schedule.platform_records))
    values = {"over": registers, "long_over": long_over}
    deleted["raw.people", "registers"] += int(db.execute(_OLD_PEOPLE, values).fetchall()[0][0])
    for table in tables_of_clock("approvals", "raw"):
        over = today - timedelta(days=schedule.approvals)
        deleted[table, "approvals"] += counted(db, _OLD_APPROVALS.format(table=table) + not_on_hold(table), [over])
    cases = {"over": today - timedelta(days=schedule.cases)}
    deleted["outcome.exceptions", "cases"] += int(db.execute(_OLD_CASES, cases).fetchall()[0][0])
    return deleted
