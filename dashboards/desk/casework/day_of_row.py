"""How a row of a report stands on a later day: what was due is late, and what was set aside may be open again."""

from dataclasses import replace
from datetime import date

from dashboards.report.model import ExceptionRow
from policies.decisions import due_again
from warehouse.casebook.case_facts import is_taken_back
from warehouse.casebook.decisions import NONE_YET, CaseDecisions


def on_day(row: ExceptionRow, day: date, said: CaseDecisions = NONE_YET) -> ExceptionRow:
    """Return the row as it stands on a day after its run: late, or open again, as the next run would find it.

    What set it aside has ended, or by what was `said` of it was taken back since the run.
    """
    is_over = row.decided_until is not None and row.decided_until < day
    if not row.is_open and (is_over or is_taken_back(said, row.decisions_read)):
        due_on = due_again(row.due_on, row.decided_until, day)  # as a run has it that an allowance does not reach
        row = replace(row, status="reopened", due_on=due_on) if row.decision == "allowed" else row
        row = replace(row, is_open=True, decision=None, decided_until=None)
    is_late = row.is_open and row.due_on is not None and row.due_on < day
    return row if is_late == row.is_late else replace(row, is_late=is_late)
