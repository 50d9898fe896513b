"""Bledington's pack: what it asks of the machine, of people, and what it says nobody can see."""

from collections import Counter
from datetime import date

from policies.model import load_pack

PACK = load_pack("bledington-2025")
BY_ID = {clause.id: clause for clause in PACK.clause}
ASKED = {
    "contact_details": ("a-no-own-details", "high"),
    "staff_follower": ("a-staff-not-following", "medium"),
    "governor_follower": ("a-governors-not-following", "medium"),
    "staff_repost": ("a-no-reposts", "low"),
    "withdrawn_picture": ("a-photographs-on-school-accounts", "critical"),
    "pupil_named": ("a-nothing-about-people", "high"),
    "staff_discussed": ("a-nothing-about-people", "medium"),
    "underage_follower": ("b-under-13", "high"),
    "pupil_follower": ("b-under-13", "high"),
    "pupil_comment": ("b-comments", "high"),
    "abusive_comment": ("c-malicious-comments", "high"),
    "account_register": ("d-approval", "high"),
    "lookalike_account": ("d-approval", "medium"),
    "policy_review": ("besides-policy-review", "medium"),
    "alt_text": ("besides-alt-text", "low"),
    "register_fresh": ("besides-fresh-registers", "medium"),
}


def test_exceptions_stand_under_the_clauses_that_mean_them_most() -> None:
    asked = {check: PACK.asks(check) for check in PACK.check_ids}

    assert {check: (clause.id, question.severity) for check, (clause, question) in asked.items()} == ASKED


def test_a_check_serves_every_clause_whose_matter_it_sees() -> None:
    asking = {check: [c.id for c in PACK.clause if check in [q.check for q in c.checks]] for check in ASKED}

    assert {check: clauses for check, clauses in asking.items() if len(clauses) > 1} == {
        "abusive_comment": ["c-malicious-comments", "e-racism-and-threats", "e-hatred", "e-profession"],
        "account_register": ["d-approval", "d-sign-in-shared"],
    }


def test_what_escalates_an_exception_is_in_the_pack() -> None:
    questions = [question for clause in PACK.clause for question in clause.checks if question.escalation]

    assert {(q.check, *q.escalation.items()) for q in questions} == {
        ("pupil_named", ("with_picture", "critical")),
        ("abusive_comment", ("threat", "critical")),
    }
    assert PACK.asks("pupil_named")[1].severity_of({"with_picture": "yes"}) == "critical"


def test_every_clause_has_a_state_and_these_are_the_totals() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 17, "attested": 16, "unobserved": 43}


def test_it_runs_through_the_five_areas_in_order() -> None:
    parts = list(dict.fromkeys(clause.id.partition("-")[0] for clause in PACK.clause))

    assert parts == ["0", "a", "b", "c", "d", "e", "f", "besides"]


def test_it_was_ratified_names_no_review_and_is_given_three_years() -> None:
    clause, question = PACK.asks("policy_review")

    assert (PACK.adopted_on, PACK.review_by) == (date(2025, 1, 29), None)
    assert question.parameters == {"longest_days": 1096}
    assert (clause.source_sha256, clause.binds) == (None, "governors")


def test_whom_to_tell_and_in_what_time_is_as_the_policy_says() -> None:
    told = {clause.id: [(t.role, t.within_days) for t in clause.tell] for clause in PACK.clause if clause.tell}

    assert told == {
        "a-request-told": [("headteacher", None), ("parents", None)],
        "a-referred": [("headteacher", None)],
        "d-sign-in-changes": [("headteacher", 0)],
    }


def test_governors_may_not_follow_any_more_than_staff() -> None:
    staff, governors = BY_ID["a-staff-not-following"], BY_ID["a-governors-not-following"]

    assert staff.source_sha256 == governors.source_sha256
    assert [(clause.binds, clause.force) for clause in (staff, governors)] == [("staff", "must"), ("governors", "must")]


def test_what_parents_do_elsewhere_is_not_observed_and_the_reason_says_why() -> None:
    private = [BY_ID[f"c-{what}"] for what in ("no-pictures-of-others", "complain-to-school", "not-on-premises")]
    private += [BY_ID["c-malicious-comments-elsewhere"], BY_ID["a-privacy-settings"], BY_ID["a-decline-pupils"]]

    assert all(clause.unobserved is not None and "disproportionate" in clause.unobserved for clause in private)


def test_an_attestation_ends_early_where_a_check_can_find_the_contrary() -> None:
    ended = {c.id: c.attest.ended_by for c in PACK.clause if c.attest and c.attest.ended_by}

    assert ended == {"d-sign-in-changes": ("account_register",), "e-ask-for-removal": ("abusive_comment",)}
