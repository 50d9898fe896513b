"""Keeps with each run what its checks declared of their evidence: who may read a label, and what links accounts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb

from warehouse.store.load import replace_run, transaction


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One label of a check's evidence as the check declares it."""

    check_id: str
    label: str
    kind: str
    identifies: bool
    changes: bool
    links: bool


def write_declarations(db: duckdb.DuckDBPyConnection, run_id: str, declarations: Sequence[EvidenceRow]) -> None:
    """Replace this run's declarations, all or nothing.

    They are of every check there is, for an exception may be carried from a run whose policy asked for more checks.
    """
    with transaction(db):
        replace_run(db, "outcome.check_evidence", run_id, map(asdict, declarations))
