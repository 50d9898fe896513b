"""A person confirms one person's account: nobody else is named by that, whatever the registers say later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from policies.exceptions import ExceptionFound
from tests.warehouse.cases import found, observed, settle
from warehouse.casebook.decisions import StandingDecision
from warehouse.exceptions.decisions_that_hold import without_other_people

MONDAYS = ("2026-11-02", "2026-11-09", "2026-11-16")
TUESDAY = datetime(2026, 11, 3, 9, tzinfo=UTC)
FROM_FIVE_TO_SIX = """
update raw.runs
set started_at = as_of + interval 5 hour, published_at = if(as_of < ?, as_of + interval 6 hour, published_at)
"""
CONFIRMED = StandingDecision("confirmed", None, "dsl", TUESDAY)


def about(actor: str, roll_id: str | None) -> ExceptionFound:
    return found(actor, **({"roll_id": roll_id} if roll_id else {}))


@pytest.fixture
def run(db, week):
    """Judge one Monday, with what was decided, and say whether the exception stands as confirmed."""

    def weekly(number, roll_id, decision=CONFIRMED, *, is_seen=True):
        run_id, day = week(MONDAYS[number]), date.fromisoformat(MONDAYS[number])
        db.execute(FROM_FIVE_TO_SIX, [day])
        exceptions = [about("7", roll_id)] if is_seen else []
        decisions = without_other_people(db, {"print-7": decision} if decision else {}, exceptions)
        settle(db, run_id, exceptions, observed(db), decisions)
        db.execute(FROM_FIVE_TO_SIX, [day + timedelta(days=1)])
        rows = db.execute("select decision from outcome.exceptions where run_id = ?", [run_id]).fetchall()
        return rows == [("confirmed",)]

    return weekly


# whom the report was about when it was confirmed, whom the registers give now, and whether the decision stands
CASES = [
    ("P1", "P1", True),
    ("P1", "P2", False),
    ("P1", "P1, P2", False),
    ("P1, P2", "P2", False),  # whoever confirmed it may have meant P1, who has left
    ("[erased], P2", "P2", False),
    ("P1, P2", "P2, P1", True),
    ("0017", "17", True),
    ("P7", "p7 ", True),
    (None, "P1", False),
    ("P1", None, True),
    (None, None, True),
]


def test_what_was_confirmed_of_one_is_not_said_of_another(db, week):
    first = week(MONDAYS[0])
    before = [about(str(number), confirmed) for number, (confirmed, _, _) in enumerate(CASES)]
    settle(db, first, before, observed(db))
    week(MONDAYS[1])
    now = [about(str(number), given) for number, (_, given, _) in enumerate(CASES)]
    decisions = dict.fromkeys((one.fingerprint for one in now), CONFIRMED)

    standing = without_other_people(db, decisions, now)

    assert [one.fingerprint in standing for one in now] == [stands for _, _, stands in CASES]


def test_what_was_not_seen_since_the_registers_gave_another_is_not_confirmed_either(run):
    run(0, "P1", None)
    assert not run(1, "P2")

    assert not run(2, "P2", is_seen=False)


def test_the_other_is_named_once_confirmed_anew_and_the_first_when_found_again(run):
    run(0, "P1", None)
    run(1, "P2")

    assert run(2, "P2", replace(CONFIRMED, at=datetime(2026, 11, 10, 9, tzinfo=UTC)))
    assert run(2, "P1")


def test_a_run_that_is_done_again_after_the_decision_stands_as_it_was_read(run):
    run(0, "P1", None)
    read = replace(CONFIRMED, at=datetime(2026, 11, 2, 5, 30, tzinfo=UTC))

    assert run(0, "P1", read)
    assert not run(0, "P2", read)


def test_what_a_run_heeded_stands_when_the_report_that_was_read_is_let_go_of(run, db):
    run(0, "P1", None)
    run(1, "P1")
    db.execute("update outcome.exceptions set evidence = '{}' where run_id = ?", [MONDAYS[0]])

    assert run(2, "P1")
    db.execute("update outcome.exceptions set evidence = '{}'")
    assert not run(2, "P1")


def test_other_decisions_are_left_as_they_are(db, run):
    run(0, "P1", None)

    for verdict in ("mistaken", "allowed"):
        decided = {"print-7": replace(CONFIRMED, verdict=verdict)}
        assert without_other_people(db, decided, [about("7", "P2")]) == decided
