"""Keeps of which places a run proved a photograph gone, for what proved it is deleted in its time."""

from datetime import date

import duckdb

from warehouse.store.materialise import materialise, rolled_back

_WAITING = "select 1 from core.ended_places where not is_raised and down_on is null limit 1"
_DOWN = """
select min(as_of), fingerprint, case_as_of::text
from core.ended_place_states
where state = 'gone' and down_on is null
group by all
"""
_FORGET = "update outcome.exceptions set down_on = null where down_on = ?"
_NOTE = "update outcome.exceptions set down_on = ? where fingerprint = ? and run_id = ?"


def note_taken_down(db: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Write to each place's newest row the day of the run that proved it gone; exceptions must be reconciled.

    What an earlier try of this run's day wrote is forgotten first: this one may find otherwise.
    """
    db.execute(_FORGET, [date.fromisoformat(run_id)])
    if not db.execute(_WAITING).fetchall():
        return
    with rolled_back(db):
        materialise(db, "core.ended_place_states")
        down = db.execute(_DOWN).fetchall()
    if down:
        db.executemany(_NOTE, down)
