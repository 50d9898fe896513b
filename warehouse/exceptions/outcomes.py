"""Writes what each check and each clause of a run came to."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

import duckdb

from warehouse.load import transaction


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check's verdict and the figures behind it."""

    check_id: str
    check_title: str
    verdict: str
    platform_count: int | None
    fetched: int
    judged: int
    why: str


@dataclass(frozen=True, slots=True)
class AccountCoverageRow:
    """The same figures for one official account."""

    check_id: str
    platform: str
    account_id: str
    platform_count: int | None
    fetched: int
    judged: int
    is_whole: bool
    is_enough: bool
    why: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of the pack, in the policy's order, and how it stood."""

    number: int
    clause: str
    ref: str
    says: str
    force: str
    binds: str
    state: str
    checks: str
    why: str
    attested_until: date | None = None


_CLAUSE_COLUMNS = "run_id, pack, number, clause, ref, says, force, binds, state, checks, why, attested_until"

_ACCOUNT_COVERAGE_COLUMNS = (
    "run_id, check_id, platform, account_id, platform_count, fetched, judged, is_whole, is_enough, why"
)


def write_outcomes(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    pack: str,
    coverage: Sequence[CheckRow],
    account_coverage: Sequence[AccountCoverageRow],
    clauses: Sequence[ClauseRow],
) -> None:
    """Replace this run's rows of outcome.coverage, outcome.account_coverage and outcome.clauses, all or none."""
    with transaction(db):
        for table in ("coverage", "account_coverage", "clauses"):
            db.execute(f"delete from outcome.{table} where run_id = ?", [run_id])
        _fill(db, "outcome.coverage", [(run_id, *astuple(row)) for row in coverage])
        _fill(
            db,
            f"outcome.account_coverage ({_ACCOUNT_COVERAGE_COLUMNS})",
            [(run_id, *astuple(row)) for row in account_coverage],
        )
        _fill(db, f"outcome.clauses ({_CLAUSE_COLUMNS})", [(run_id, pack, *astuple(row)) for row in clauses])


def _fill(db: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    for row in rows:
        db.execute(f"insert into {table} values ({', '.join('?' for _ in row)})", list(row))
