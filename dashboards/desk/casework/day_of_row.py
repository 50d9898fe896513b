"""How a row of a report stands on a later day: what was due is late, and what was set aside until then is open."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dashboards.report.model import ExceptionRow


def on_day(row: ExceptionRow, day: date) -> ExceptionRow:
    """Return the row as it stands on a day after its run: late, or open again, as the next run would find it."""
    if not row.is_open and row.decided_until is not None and row.decided_until < day:
        row = replace(row, is_open=True, decision=None, decided_until=None, **_anew(row, day))
    is_late = row.is_open and row.due_on is not None and row.due_on < day
    return row if is_late == row.is_late else replace(row, is_late=is_late)


def _anew(row: ExceptionRow, day: date) -> dict[str, Any]:
    """Return what a run that an allowance did not reach changes of a row: it is back, and due anew."""
    if row.decision != "allowed":
        return {}
    back_on = row.decided_until + timedelta(days=1) if row.decided_until else day
    return {"status": "reopened", "due_on": row.due_on and max(row.due_on, back_on)}
