"""What a person called mistaken of an account is remembered for every check and every official account."""

import json
from dataclasses import replace
from datetime import date

import pytest

from flows.home.policy import declarations
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from tests.warehouse.cases import found, matter, observed, settle
from warehouse.exceptions.decisions_that_hold import with_rejected_links
from warehouse.exceptions.outcomes import write_declarations

RUN = "2026-11-02"  # whose declarations the run at hand goes by
MONDAY = date(2026, 11, 9)
MISTAKEN = StandingDecision("mistaken", date(2027, 7, 31), "enterprise_and_technology_lead")


# Each check that says whose an account is, and its subject: the account, or a post with the account in the evidence.
WHOSE = {
    "pupil_follower": "actor",
    "leaver_follower": "actor",
    "staff_follower": "actor",
    "governor_follower": "actor",
    "following_person": "actor",
    "pupil_comment": "actor",
    "personal_account_comment": "actor",
    "staff_repost": "actor",
    "official_interaction": "post",
}


def raised_by(check_id: str) -> ExceptionFound:
    """Return an exception of this check which says that account 7 is person S1's, a member of staff."""
    is_post = WHOSE[check_id] == "post"
    evidence = {"roll_id": "S1"} | ({"actor": "7"} if is_post else {})
    return replace(
        found("7"),
        fingerprint=check_id,
        check_id=check_id,
        subject_id="a post" if is_post else "7",
        subject_kind=WHOSE[check_id],
        concerns="staff",
        evidence=evidence,
        about=matter(evidence),
    )


def elsewhere(actor: str = "7", roll_id: str = "P1") -> ExceptionFound:
    return replace(found(actor, roll_id=roll_id), fingerprint="elsewhere", check_id="pupil_comment", account_id="200")


@pytest.fixture
def raised(db, week):
    """An exception of the week before, about account 7 and pupils P1 and P2."""
    run_id = week("2026-11-02")
    write_declarations(db, run_id, declarations())
    first = found("7", roll_id="P1, P2")
    settle(db, run_id, [first], observed(db))
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
        (replace(elsewhere("7"), evidence={}, about={}), False),
        (replace(elsewhere("7", "P1"), about=matter({"roll_id": "P1", "band": "declared"})), False),
    ],
)
def test_a_rejected_link_is_rejected_wherever_it_stands_and_nothing_else_is(db, raised, again, is_inherited):
    decisions = with_rejected_links(db, {raised.fingerprint: MISTAKEN}, [again], run_id=RUN, as_of=MONDAY)

    assert (again.fingerprint in decisions) is is_inherited
    assert decisions[raised.fingerprint] == MISTAKEN


@pytest.mark.parametrize(
    "decision", [replace(MISTAKEN, until=date(2026, 11, 8)), replace(MISTAKEN, verdict="confirmed")]
)
def test_a_decision_that_has_ended_or_says_otherwise_rejects_nothing(db, raised, decision):
    assert with_rejected_links(db, {raised.fingerprint: decision}, [elsewhere()], run_id=RUN, as_of=MONDAY) == {
        raised.fingerprint: decision
    }


def test_an_exception_with_a_decision_of_its_own_keeps_it(db, raised):
    own = StandingDecision("confirmed", None, "dsl")

    decisions = with_rejected_links(
        db, {raised.fingerprint: MISTAKEN, "elsewhere": own}, [elsewhere()], run_id=RUN, as_of=MONDAY
    )

    assert decisions["elsewhere"] == own


def test_only_whom_the_case_was_about_when_it_was_decided_is_rejected(db, raised, week):
    changed = found("7", roll_id="P3")
    run_id = week("2026-11-03")
    write_declarations(db, run_id, declarations())
    settle(db, run_id, [changed], observed(db))
    decided = replace(MISTAKEN, about=json.dumps(raised.about))

    decisions = with_rejected_links(
        db, {raised.fingerprint: decided}, [elsewhere("7", "P1"), replace(elsewhere("7", "P3"), fingerprint="third")],
        run_id=RUN, as_of=MONDAY,
    )  # fmt: skip

    assert decisions["elsewhere"] == decided
    assert "third" not in decisions


def test_an_account_that_is_mistaken_for_somebody_is_so_in_every_check_that_says_whose_one_is(db, week):
    run_id = week(RUN)
    write_declarations(db, run_id, declarations())
    raised = [raised_by(check_id) for check_id in WHOSE]
    settle(db, run_id, raised, observed(db))

    inherited = {
        check_id: with_rejected_links(db, {check_id: MISTAKEN}, raised, run_id=RUN, as_of=MONDAY) for check_id in WHOSE
    }

    assert inherited == {check_id: dict.fromkeys(WHOSE, MISTAKEN) for check_id in WHOSE}


def test_a_run_goes_by_what_it_declared(db, raised):
    db.execute("update outcome.check_evidence set links = false where check_id = 'pupil_comment'")

    decisions = with_rejected_links(db, {raised.fingerprint: MISTAKEN}, [elsewhere()], run_id=RUN, as_of=MONDAY)

    assert "elsewhere" not in decisions
