"""Casebook and warehouse each count what the other holds, so that neither can lose something unnoticed.

The casebook keeps how many requests and published runs the warehouse had, and the hash of its file when it was last
closed; the warehouse keeps which casebook a run saw, and how many rows had ever been written to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import duckdb
from sqlalchemy import Connection, func, insert, select, update

from policies.errors import UserError
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import COUNTED
from warehouse.casebook.school_rows import enter_warehouse
from warehouse.casebook.spending import AllowanceDay, add_spent
from warehouse.casebook.tables import CHAIN, WAREHOUSES
from warehouse.store import load

# A run that is killed between storing a page and counting it leaves the casebook behind by this many requests.
_UNDER_WAY = 1
_NOTHING = Decimal(0)


class LostError(UserError):
    """Something that was there is not there any more; the message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the casebook says that the last run left; `sha256` is None from a run's beginning to its good end."""

    casebook_id: str
    requests: int
    runs: int
    sha256: str | None


def sync_state_of(book: Casebook, *, otherwise: str) -> SyncState:
    """Return what the casebook says of the warehouse; a casebook that knows of none is given this id."""
    with book.engine.begin() as connection:
        if (left := counters_of(connection, book.school)) is not None:
            return left
        new = {"school": book.school, "casebook_id": otherwise, "requests": 0, "runs": 0, "sha256": None}
        connection.execute(insert(WAREHOUSES).values(**new))
    return SyncState(otherwise, 0, 0, None)


def is_of_the_copy(book: Casebook, copy: duckdb.DuckDBPyConnection) -> bool:
    """Say whether this is the casebook that the newest run saw, as the open published copy knows it."""
    seen = {ident for (ident,) in copy.execute("select casebook_id from kept.main.casebook").fetchall()}
    query = select(WAREHOUSES.c.casebook_id).where(WAREHOUSES.c.school == book.school)
    with book.engine.connect() as connection:
        return seen <= set(connection.execute(query).scalars())


def counters_of(connection: Connection, school: str) -> SyncState | None:
    """Return what the casebook says of the warehouse; None where it knows of none."""
    row = connection.execute(select(WAREHOUSES).where(WAREHOUSES.c.school == school)).first()
    return None if row is None else SyncState(row.casebook_id, row.requests, row.runs, row.sha256)


def leave_in(connection: Connection, school: str, counts: tuple[int, int], sha256: str | None) -> None:
    """Write down what a warehouse that was put back holds, in the transaction in which it was."""
    values = {"requests": counts[0], "runs": counts[1], "sha256": sha256}
    connection.execute(update(WAREHOUSES).where(WAREHOUSES.c.school == school).values(**values))
    enter_warehouse(connection, school)


def unseal(book: Casebook) -> None:
    """Say that the warehouse is about to be written, so that its file need no longer be as it was left."""
    with writing(book.engine) as connection:
        here = WAREHOUSES.c.school == book.school
        connection.execute(update(WAREHOUSES).where(here).values(sha256=None))
        enter_warehouse(connection, book.school)


def count_request(book: Casebook, of: AllowanceDay | None = None, usd: Decimal = _NOTHING, units: int = 0) -> None:
    """Count one request that the warehouse has just stored, and what was due for it of an allowance."""
    counted = update(WAREHOUSES).where(WAREHOUSES.c.school == book.school)
    with book.engine.begin() as connection:
        connection.execute(counted.values(requests=WAREHOUSES.c.requests + 1))
        if of is not None:
            add_spent(connection, book.school, of, usd, units)


def leave(book: Casebook, counts: tuple[int, int], sha256: str | None = None) -> None:
    """Write down how many requests and published runs the warehouse has, and the hash of its closed file."""
    with writing(book.engine) as connection:
        leave_in(connection, book.school, counts, sha256)


def counts_of(db: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return how many requests and published runs the warehouse has."""
    [(requests, runs)] = db.execute(
        "select (select count(*) from raw.requests), (select count(*) from raw.runs where published_at is not null)"
    ).fetchall()
    return int(requests), int(runs)


def written_to(book: Casebook) -> Mapping[str, int]:
    """Return how many rows were ever written to each of the casebook's tables for its school."""
    with book.engine.connect() as connection:
        return written(connection, book.school)


def note_casebook(db: duckdb.DuckDBPyConnection, book: Casebook, run_id: str, left: SyncState, at: datetime) -> None:
    """Write into the warehouse which casebook this run sees, and how many rows it has had."""
    rows = written_to(book)
    noted = {"run_id": run_id, "casebook_id": left.casebook_id, **rows, "noted_at": at}
    load.insert(db, "raw.casebooks", [noted], replaces=True)


def lost(db: duckdb.DuckDBPyConnection, book: Casebook, left: SyncState) -> list[str]:
    """Return what the warehouse or the casebook has lost since the last run, a sentence each."""
    return [*_lost_by_casebook(db, book, left), *_lost_by_warehouse(counts_of(db), left)]


def _lost_by_casebook(db: duckdb.DuckDBPyConnection, book: Casebook, left: SyncState) -> list[str]:
    result = db.execute("select * from raw.casebooks order by noted_at desc, run_id desc limit 1")
    columns = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    if not rows:
        return []  # no run has seen a casebook yet
    seen = dict(zip(columns, rows[0], strict=True))
    if seen["casebook_id"] != left.casebook_id:
        return ["The casebook is not the one that the last run used: decisions, attestations and holds are missing."]
    fewer = {name: seen[name] - count for name, count in written_to(book).items() if seen[name] > count}
    if fewer:
        missing = ", ".join(f"{count} of {name}" for name, count in fewer.items())
        return [f"The casebook lacks rows that the last run saw ({missing})."]
    if counts_of(db)[0] > left.requests + _UNDER_WAY:
        return ["The casebook is older than the warehouse, so decisions since then may be missing."]
    return []


def _lost_by_warehouse(counts: tuple[int, int], left: SyncState) -> list[str]:
    requests, runs = counts
    if requests >= left.requests and runs >= left.runs:
        return []
    gone = f"{max(left.requests - requests, 0)} requests and {max(left.runs - runs, 0)} runs"
    return [f"The warehouse lacks {gone} that it had: its file is older, or its log (warehouse.duckdb.wal) is gone."]


def written(connection: Connection, school: str) -> Mapping[str, int]:
    """Return how many rows were ever written to each table for this school."""
    here = (CHAIN.c.school == school, CHAIN.c.step == "written")
    counts = {kind: count for kind, count in connection.execute(  # noqa: C416 - rows are no pairs
        select(CHAIN.c.kind, func.count()).where(*here).group_by(CHAIN.c.kind)
    ).all()}  # fmt: skip
    return {table.name: counts.get(table.name, 0) for table in COUNTED}
