"""What a person called mistaken of an account is remembered for every check and every official account."""

from dataclasses import replace
from datetime import date

import pytest

from tests.warehouse.test_reconcile import found
from warehouse.casebook.casebook import Decision
from warehouse.exceptions.observed import sighted
from warehouse.exceptions.raised import Found
from warehouse.exceptions.reconcile import reconcile
from warehouse.exceptions.rejected_links import with_rejected_links

MONDAY = date(2026, 11, 9)
MISTAKEN = Decision("mistaken", date(2027, 7, 31), "enterprise_and_technology_lead")


def elsewhere(actor: str = "7", roll_id: str = "P1") -> Found:
    return replace(found(actor, roll_id=roll_id), fingerprint="elsewhere", check_id="pupil_comment", account_id="200")


@pytest.fixture
def raised(db, week):
    """An exception of the week before, about account 7 and pupils P1 and P2."""
    run_id = week("2026-11-02")
    first = found("7", roll_id="P1, P2")
    reconcile(db, run_id=run_id, as_of=date(2026, 11, 2), found=[first], known=sighted(db, []), decisions={})
    return first


@pytest.mark.parametrize(
    ("again", "is_inherited"),
    [
        (elsewhere("7", "P1"), True),
        (elsewhere("7", "P2, P1"), True),
        (elsewhere("7", "P3"), False),
        (elsewhere("7", "P1, P3"), False),
        (elsewhere("8", "P1"), False),
        (replace(elsewhere("7", "P1"), platform="youtube"), False),
        (replace(elsewhere("7", "P1"), check_id="unapproved_follower"), False),
        (replace(elsewhere("7", "P1"), concerns="staff"), False),
        (replace(elsewhere("7"), evidence={}), False),
    ],
)
def test_a_rejected_link_is_rejected_wherever_it_stands_and_nothing_else_is(db, raised, again, is_inherited):
    decisions = with_rejected_links(db, {raised.fingerprint: MISTAKEN}, [again], as_of=MONDAY)

    assert (again.fingerprint in decisions) is is_inherited
    assert decisions[raised.fingerprint] == MISTAKEN


@pytest.mark.parametrize(
    "decision", [replace(MISTAKEN, until=date(2026, 11, 8)), replace(MISTAKEN, verdict="confirmed")]
)
def test_a_decision_that_has_ended_or_says_otherwise_rejects_nothing(db, raised, decision):
    assert with_rejected_links(db, {raised.fingerprint: decision}, [elsewhere()], as_of=MONDAY) == {
        raised.fingerprint: decision
    }


def test_an_exception_with_a_decision_of_its_own_keeps_it(db, raised):
    own = Decision("confirmed", None, "dsl")

    decisions = with_rejected_links(db, {raised.fingerprint: MISTAKEN, "elsewhere": own}, [elsewhere()], as_of=MONDAY)

    assert decisions["elsewhere"] == own


def test_only_whom_the_newest_evidence_named_is_rejected(db, raised, week):
    changed = found("7", roll_id="P3")
    reconcile(
        db, run_id=week("2026-11-03"), as_of=date(2026, 11, 3), found=[changed], known=sighted(db, []), decisions={}
    )

    decisions = with_rejected_links(
        db, {raised.fingerprint: MISTAKEN}, [elsewhere("7", "P1"), replace(elsewhere("7", "P3"), fingerprint="third")],
        as_of=MONDAY,
    )  # fmt: skip

    assert "elsewhere" not in decisions
    assert decisions["third"] == MISTAKEN
