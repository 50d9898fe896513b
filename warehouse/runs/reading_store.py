"""What was said of texts, from run to run: under a hash of each and of all that it was judged by, without its words."""

from collections.abc import Mapping

import duckdb

from warehouse.store.bulk import insert
from warehouse.store.load import transaction


def readings(db: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what was said of the texts that were read last, by their hashes."""
    return dict(db.execute("select sha256, families from raw.readings").fetchall())


def keep_readings(db: duckdb.DuckDBPyConnection, run_id: str, read: Mapping[str, str]) -> None:
    """Keep what was said of the texts of this run, and of no others; what is known already is not written again."""
    known = readings(db)
    gone = [sha256 for sha256, families in known.items() if read.get(sha256) != families]
    kept = known.keys() - gone
    rows = [
        {"run_id": run_id, "sha256": sha256, "families": families}
        for sha256, families in read.items()
        if sha256 not in kept
    ]
    with transaction(db):
        db.execute("delete from raw.readings where sha256 in (select unnest(?::varchar[]))", [gone])
        db.execute("update raw.readings set run_id = ? where run_id != ?", [run_id, run_id])
        insert(db, "raw.readings", rows)
