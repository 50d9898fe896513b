"""A copy of the published tables to hand over: encrypted by a key of its own, with the day after which it must go.

It holds no picture, and what is in it may not outlive what the platforms gave us: the clock of the oldest run that has
rows in it counts, from the day that the run began to ask.
"""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from warehouse.catalogue.clocks import BODY_DAYS
from warehouse.store.build import models
from warehouse.store.load import counted
from warehouse.store.open import WarehouseError, attach, drop, engine, plain_errors


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that was made: how many rows it holds, and the last day on which it may be kept."""

    rows: int
    delete_after: date


# A run's rows go with the first publication after its clock; the newest run stays until there is another.
_OLDEST = f"""
with told as (
    select
        run_id,
        least(as_of, coalesce(cast(started_at as date), as_of)) as told_on,
        cast(max(coalesce(finished_at, started_at)) over () as date) as published_on
    from {{published}}.runs
)

select min(told_on) from told
where told_on >= published_on - {BODY_DAYS} or run_id = (select max(run_id) from told)
"""

_ABOUT = "create table taken.main.snapshot as select ? as purpose, ?::date as made_on, ?::date as delete_after"


def take(published: Path, key: str, target: Path, new_key: str, *, today: date, purpose: str) -> Snapshot:
    """Write the published tables to a new file at `target`, encrypted by `new_key`.

    It is written beside, under a hidden name; what a killed attempt leaves there goes with the next one of this name.
    Raises WarehouseError where there is nothing published, where the target is there already, and where the clock of
    what is published is over.
    """
    if target.exists():
        raise WarehouseError(f"{target} is there already, and is never overwritten. Choose another name.")
    beside = target.with_name(f".{target.name}.part")
    drop(beside)
    db = engine()
    try:
        attach(db, published, key, name="given", read_only=True)
        delete_after = _delete_after(db, today)
        attach(db, beside, new_key, name="taken")
        with plain_errors(target.name):
            rows = _copy(db)
            db.execute(_ABOUT, [purpose, today, delete_after])
            db.execute("checkpoint taken")
        db.execute("detach taken")
        beside.chmod(0o600)
        os.link(beside, target)
    finally:
        db.close()
        drop(beside)
    return Snapshot(rows, delete_after)


def last_day_of(db: duckdb.DuckDBPyConnection, published: str = "published") -> date | None:
    """Return the last day on which what is published may be kept, by the oldest run in it; None where there is none."""
    oldest: date | None = db.execute(_OLDEST.format(published=published)).fetchall()[0][0]
    return None if oldest is None else oldest + timedelta(days=BODY_DAYS)


def _delete_after(db: duckdb.DuckDBPyConnection, today: date) -> date:
    last_day = last_day_of(db, "given.published")
    if last_day is None:
        raise WarehouseError("No run is published yet. Run `audit run` first.")
    if last_day < today:
        raise WarehouseError(
            f"What is published should have been deleted after {last_day}. Run `audit run` first, which deletes what "
            "has outlived its time; nothing was written."
        )
    return last_day


def _copy(db: duckdb.DuckDBPyConnection) -> int:
    db.execute("create schema taken.published")
    views = sorted(name for name in models() if name.startswith("published."))
    return sum(counted(db, f"create table taken.{name} as select * from given.{name}") for name in views)
