"""Keeps of which places a run proved a photograph gone, for what proved it is deleted in its time."""

import duckdb

from warehouse.store.materialise import materialise, rolled_back

_WAITING = "select 1 from core.ended_places where not is_raised and down_on is null limit 1"
_DOWN = """
select min(as_of), fingerprint, case_as_of::text
from core.ended_place_states
where state = 'gone' and down_on is null
group by all
"""
_NOTE = "update outcome.exceptions set down_on = ? where fingerprint = ? and run_id = ?"


def note_taken_down(db: duckdb.DuckDBPyConnection) -> None:
    """Write to each place's newest row the day of the run that proved it gone; exceptions must be reconciled."""
    if not db.execute(_WAITING).fetchall():
        return
    with rolled_back(db):
        materialise(db, "core.ended_place_states")
        down = db.execute(_DOWN).fetchall()
    if down:
        db.executemany(_NOTE, down)
