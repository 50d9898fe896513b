"""How a case stood in the runs before this one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboards.desk.school.desk import Desk
from dashboards.queries import query


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """How a case stood in one run."""

    as_of: date
    status: str
    decision: str | None


def history_of(desk: Desk, fingerprint: str) -> Sequence[EarlierRun]:
    """Return how a case stood in each run that knew of it, the newest first."""
    return desk.read_once(_histories).get(fingerprint, ())


def _histories(db: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[EarlierRun]]:
    known: defaultdict[str, list[EarlierRun]] = defaultdict(list)
    alike: dict[tuple[date, str, str | None], EarlierRun] = {}  # thousands of cases stood alike in few ways
    for fingerprint, *stood in db.execute(query("case_history")).fetchall():
        as_of, status, decision = stood
        known[fingerprint].append(alike.setdefault((as_of, status, decision), EarlierRun(as_of, status, decision)))
    return dict(known)
