"""Keeps with each run what its checks declared of their evidence: who may read a label, and what links accounts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb
import polars as pl

from warehouse.load import transaction


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
    today.* exclude (run_id)
from (
    select distinct run_id from outcome.exceptions
    except
    select distinct run_id from outcome.check_evidence
) as earlier
cross join outcome.check_evidence as today
where today.run_id = $run_id
"""


def write_declarations(db: duckdb.DuckDBPyConnection, run_id: str, declarations: Sequence[EvidenceRow]) -> None:
    """Replace this run's declarations, and give them to each earlier run that has none, all or nothing.

    They are of every check there is, for an exception may be carried from a run whose policy asked for more checks.
    What no check declares any more stays undeclared in the earlier runs too, and is then in no report of them.
    """
    frame = pl.DataFrame([{"run_id": run_id, **asdict(row)} for row in declarations])
    with transaction(db):
        db.execute("delete from outcome.check_evidence where run_id = ?", [run_id])
        db.register("incoming", frame)
        db.execute("insert into outcome.check_evidence by name select * from incoming")
        db.unregister("incoming")
        db.execute(_EARLIER, {"run_id": run_id})
