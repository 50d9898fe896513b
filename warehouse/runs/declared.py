"""Keeps with each run what its checks declared of their evidence: who may read a label, and what links accounts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import duckdb
import polars as pl

from warehouse.store.load import transaction


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One label of a check's evidence as the check declares it."""

    check_id: str
    label: str
    kind: str
    identifies: bool
    changes: bool
    links: bool


# A run that was judged before declarations were kept has none; it is read by those of today.
_EARLIER = """
insert into outcome.check_evidence by name
select
    earlier.run_id,
    today.*
from (
    select distinct run_id from outcome.exceptions
    except
    select distinct run_id from outcome.check_evidence
) as earlier
cross join today
"""


def write_declarations(db: duckdb.DuckDBPyConnection, run_id: str, declarations: Sequence[EvidenceRow]) -> None:
    """Replace this run's declarations, and give them to each earlier run that has none, all or nothing.

    They are of every check there is, for an exception may be carried from a run whose policy asked for more checks.
    What no check declares any more stays undeclared in the earlier runs too, and is then in no report of them.
    """
    with transaction(db), _today(db, declarations):
        db.execute("delete from outcome.check_evidence where run_id = ?", [run_id])
        db.execute(
            "insert into outcome.check_evidence by name select $run_id as run_id, * from today", {"run_id": run_id}
        )
        db.execute(_EARLIER)


def declare_earlier_runs(db: duckdb.DuckDBPyConnection, declarations: Sequence[EvidenceRow]) -> None:
    """Give these declarations to each run that has none: the runs of a release that kept none."""
    with transaction(db), _today(db, declarations):
        db.execute(_EARLIER)


@contextmanager
def _today(db: duckdb.DuckDBPyConnection, declarations: Sequence[EvidenceRow]) -> Iterator[None]:
    db.register("today", pl.DataFrame([asdict(row) for row in declarations]))
    try:
        yield
    finally:
        db.unregister("today")
