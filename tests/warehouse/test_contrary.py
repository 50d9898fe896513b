"""What a run found counts against an attestation, unless nobody saw it that week, or it was a mistake or allowed."""

from datetime import date

import pytest

from policies.attestations import CounterEvidence
from policies.decisions import StandingDecision
from tests.warehouse.cases import found
from tests.warehouse.test_reconcile import run
from warehouse.exceptions.published_cases import counter_evidence

__all__ = ["run"]

TITLE = "No pupil follows"
FIRST = CounterEvidence(date(2026, 11, 2), "pupil_follower", TITLE, "x", "pupil", "{}")
SECOND = CounterEvidence(date(2026, 11, 9), "pupil_follower", TITLE, "x", "pupil", "{}")


def test_a_day_counts_once_for_a_check_however_much_it_found_of_one_kind(db, run):
    run(0, [found("7"), found("8")])
    run(1, [found("7")])

    assert counter_evidence(db) == (FIRST, SECOND)


def test_what_is_gone_or_was_not_seen_again_does_not_count(db, run):
    run(0, [found()])
    run(1, [])
    assert counter_evidence(db) == (FIRST,)

    run(1, [], could_see=[])
    assert counter_evidence(db) == (FIRST,)


@pytest.mark.parametrize(
    ("decision", "counted"),
    [
        (StandingDecision("confirmed", None, "lead"), (FIRST, SECOND)),
        (StandingDecision("allowed", None, "lead"), (FIRST,)),
        (StandingDecision("allowed", date(2026, 11, 8), "lead"), (FIRST, SECOND)),
        (StandingDecision("mistaken", None, "lead"), ()),
    ],
)
def test_a_mistake_never_counted_and_an_allowance_counts_no_more(db, run, decision, counted):
    run(0, [found()])
    run(1, [found()], decisions={"print-7": decision})

    assert counter_evidence(db) == counted
