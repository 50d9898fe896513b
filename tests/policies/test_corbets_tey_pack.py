"""Corbets Tey's pack: what it asks of the machine, of people, and what it says nobody can see."""

from collections import Counter
from datetime import date

import pytest

from policies.model import Notification, load_pack
from tests.policies.claims import claims

PACK = load_pack("corbets-tey-2022")
BY_ID = {clause.id: clause for clause in PACK.clause}
CHECKED = {
    "0-review-date": ("whole", "policy_review"),
    "6-known-as-official": ("part", "profile_identity", "logo"),
    "4-train-staff": ("part", "policy_read with trained_on with 1200"),
    "4-staff-know": ("part", "policy_read with policy_read_on"),
    "6-proposals": ("part", "account_register", "approved_before_use with Headteacher"),
    "6-official-name": ("part", "sign_in_facts with email"),
    "6-personal-accounts": ("part", "personal_account_comment"),
    "6-branding": ("part", "profile_identity with picture", "logo"),
    "6-neutral": ("part", "partisan_or_personal"),
    "6-pictures": ("part", "unapproved_picture"),
    "6-monitoring-known": ("part", "policy_read with policy_read_on"),
    "6-followers": ("part", "pupil_follower", "unapproved_follower with parent staff governor", "approval_possible"),
    "6-no-personal-talk": (
        "part",
        "partisan_or_personal of personal",
        "official_interaction of reply quote with pupil leaver staff governor",
    ),
    "7-law-applies": ("part", "policy_read with policy_read_on"),
    "7-not-for-work": ("part", "staff_handle_shown"),
    "7-no-discussion": (
        "part",
        "staff_discussed",
        "pupil_confidence",
        "official_words of threat hate slur abuse allegation obscenity",
    ),
    "7-school-impartial": ("part", "partisan_or_personal of partisan"),
    "7-no-abuse": ("part", "abusive_comment of threat hate slur abuse obscenity of staff"),
    "7-know-consequences": ("part", "policy_read with policy_read_on"),
    "8-under-13": ("part", "pupil_comment", "pupil_follower", "underage_follower"),
    "8-zero-tolerance": ("part", "abusive_comment of threat hate slur abuse allegation obscenity", "official_words"),
    "besides-boundaries": ("part", "following_person with pupil leaver", "official_interaction with pupil leaver"),
    "besides-no-lures": ("part", "abusive_comment of lure"),
    "besides-pages-about-pupils": ("part", "lookalike_account of is about a pupil"),
    "besides-alt-text": ("part", "alt_text"),
    "besides-fresh-registers": ("part", "register_fresh"),
}


def test_no_clause_claims_more_than_its_checks_can_know() -> None:
    assert claims(PACK) == CHECKED


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("0-review-law", "dpo"),
        ("3-whom", "headteacher"),
        ("6-time-spent", "headteacher"),
        ("6-with-students", "headteacher"),
        ("6-agreed-networks", "headteacher"),
        ("7-underage", "headteacher"),
        ("besides-made-for-children", "headteacher"),
        ("6-position", "headteacher"),
        ("6-procedures", "headteacher"),
        ("0-all-staff", "headteacher"),
    ],
)
def test_what_no_check_can_know_is_for_a_person_to_say(clause: str, role: str) -> None:
    attest = BY_ID[clause].attest

    assert attest is not None
    assert (attest.role, attest.ended_by) == (role, ())


def test_the_policy_reaches_governors_and_students_in_whatever_capacity() -> None:
    assert "governors and students" in BY_ID["3-whom"].says
    assert "in their own name" in BY_ID["3-any-capacity"].says


def test_a_threat_is_critical_and_a_lure_breaks_a_clause_of_its_own() -> None:
    [zero, own], [lures] = BY_ID["8-zero-tolerance"].checks, BY_ID["besides-no-lures"].checks

    assert own.check == "official_words"
    assert [q.severity_of({"threat": "yes"}) for q in (zero, own, lures)] == ["critical"] * 3
    assert [q.only.holds("x", "comment", {"abuse": "lure"}) for q in (zero, lures)] == [False, True]
    assert [q.only.holds("x", "comment", {"abuse": "threat, lure"}) for q in (zero, lures)] == [True, True]


def test_every_clause_has_a_state_and_these_are_the_totals() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 26, "attested": 41, "unobserved": 43}


def test_training_is_never_too_old_as_the_policy_names_no_time_for_it() -> None:
    [question] = BY_ID["4-train-staff"].checks

    assert question.parameters == {"wants": ["trained_on"], "training_months": 1200}
    assert "names no time" in str(BY_ID["4-train-staff"].not_covered)


def test_it_runs_from_the_front_page_to_the_appendix_and_beyond() -> None:
    parts = list(dict.fromkeys(clause.id.partition("-")[0] for clause in PACK.clause))

    assert parts == ["0", "1", "3", "4", "5", "6", "7", "8", "9", "a1", "a2", "a3", "a4", "besides"]


def test_it_was_adopted_and_fell_due_on_the_days_of_its_front_page() -> None:
    assert (PACK.adopted_on, PACK.review_by) == (date(2022, 2, 1), date(2023, 3, 31))


def test_whom_to_tell_and_in_what_time_is_as_the_policy_says() -> None:
    told = {clause.id: [(t.role, t.within_days) for t in clause.tell] for clause in PACK.clause if clause.tell}

    assert told == {
        "7-report": [("line_manager", 0)],
        "7-underage": [("headteacher", None)],
        "7-working-day-use": [("dsl", None)],
        "8-staff-tell": [("headteacher", None)],
        "8-parents-told": [("parents", None)],
    }
    assert BY_ID["7-report"].tell == (
        Notification(role="line_manager", within_days=0, when="Somebody learns of an improper posting."),
    )


def test_conduct_on_personal_accounts_is_not_observed_and_the_reason_says_why() -> None:
    personal = [clause for clause in PACK.clause if "personal accounts staff" in clause.says and not clause.checks]

    assert len(personal) == 10
    assert all(clause.unobserved is not None and "disproportionate" in clause.unobserved for clause in personal)


def test_an_attestation_ends_early_where_a_check_can_find_the_contrary() -> None:
    ended = {c.id: c.attest.ended_by for c in PACK.clause if c.attest and c.attest.ended_by}

    assert ended == {
        "4-governors-review": ("policy_review",),
        "5-official-accounts": ("account_register",),
        "6-professional": ("partisan_or_personal", "official_words"),
        "6-confidential": ("staff_discussed", "pupil_confidence"),
    }


def test_the_lead_attests_to_nothing_that_the_lead_does() -> None:
    assert "enterprise_and_technology_lead" not in {clause.attest.role for clause in PACK.clause if clause.attest}


def test_what_the_headteacher_must_and_staff_are_advised_keep_their_force() -> None:
    forces = {name: (BY_ID[name].binds, BY_ID[name].force) for name in ("4-investigate", "7-private-settings")}

    assert forces == {"4-investigate": ("headteacher", "must"), "7-private-settings": ("staff", "should")}
    assert {clause.binds for clause in PACK.clause} == {
        "staff",
        "governors",
        "pupils",
        "parents",
        "headteacher",
        "school",
    }
