"""Whether an exception stands, is open and is late is worked out in one view, and the published copy has it."""

from datetime import date

import pytest

from tests.warehouse.cases import put
from warehouse.runs.match_store import counts_by_story, open_severities

MONDAY, SUNDAY, TUESDAY = "2026-11-02", "2026-11-01", "2026-11-03"

# status, decision, the decision's last day, the due day; then whether it stands, is open and is late
STATES = [
    ("new", None, None, TUESDAY, True, True, False),
    ("open", None, None, MONDAY, True, True, False),
    ("open", None, None, SUNDAY, True, True, True),
    ("open", None, None, None, True, True, False),
    ("not_seen", None, None, SUNDAY, True, True, True),
    ("suspended", "confirmed", None, SUNDAY, True, True, True),
    ("gone", None, None, SUNDAY, False, False, False),
    ("gone", "mistaken", None, SUNDAY, False, False, False),
    ("open", "mistaken", None, SUNDAY, True, False, False),
    ("changed", "allowed", MONDAY, SUNDAY, True, False, False),
    ("reopened", "allowed", SUNDAY, SUNDAY, True, True, True),
]


@pytest.mark.parametrize(("told", "state"), [(row[:4], row[4:]) for row in STATES])
def test_an_exception_is_open_while_it_stands_undecided_and_late_from_the_day_after_its_due_day(db, week, told, state):
    columns = ("status", "decision", "decided_until", "due_on")
    put(db, week(MONDAY), "f", **dict(zip(columns, told, strict=True)))

    assert db.sql("select stands, is_open, is_late from published.exceptions").fetchall() == [state]
    assert open_severities(db, MONDAY) == (("low",) if state[1] else ())
    told_of_the_run = {story: many for story, many in counts_by_story(db, MONDAY).items() if many}
    assert told_of_the_run == {"set_aside" if state[0] and not state[1] else told[0]: 1}


def test_a_row_of_a_run_that_was_not_published_says_so(db, week):
    for day in ("2026-11-02", "2026-11-09"):
        put(db, week(day), "f")

    states = db.sql("select as_of, is_published from outcome.exception_states order by 1").fetchall()
    assert states == [(date(2026, 11, 2), True), (date(2026, 11, 9), False)]
