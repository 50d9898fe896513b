"""Corbets Tey's pack: what it asks of the machine, of people, and what it says nobody can see."""

from collections import Counter
from datetime import date

from policies.model import Notification, load_pack

PACK = load_pack("corbets-tey-2022")
BY_ID = {clause.id: clause for clause in PACK.clause}
ASKED = {
    "policy_review": ("0-review-date", "medium"),
    "profile_identity": ("6-known-as-official", "medium"),
    "account_register": ("6-proposals", "high"),
    "personal_account_comment": ("6-personal-accounts", "medium"),
    "staff_follower": ("6-personal-accounts", "medium"),
    "posting_hours": ("6-time-spent", "low"),
    "partisan_or_personal": ("6-neutral", "medium"),
    "unapproved_picture": ("6-pictures", "high"),
    "pupil_follower": ("6-followers", "critical"),
    "unapproved_follower": ("6-followers", "high"),
    "following_person": ("6-no-personal-talk", "high"),
    "official_interaction": ("6-no-personal-talk", "medium"),
    "children_settings": ("6-with-students", "medium"),
    "staff_discussed": ("7-no-discussion", "medium"),
    "leaver_follower": ("7-past-students", "high"),
    "underage_follower": ("7-underage", "high"),
    "pupil_comment": ("8-under-13", "high"),
    "abusive_comment": ("8-zero-tolerance", "high"),
    "alt_text": ("besides-alt-text", "low"),
    "register_fresh": ("besides-fresh-registers", "medium"),
}


def test_exceptions_stand_under_the_clauses_that_mean_them_most() -> None:
    asked = {check: PACK.asks(check) for check in PACK.check_ids}

    assert {check: (clause.id, question.severity) for check, (clause, question) in asked.items()} == ASKED


def test_a_check_serves_every_clause_whose_matter_it_sees() -> None:
    asking = {check: [c.id for c in PACK.clause if check in [q.check for q in c.checks]] for check in ASKED}

    assert {check: clauses for check, clauses in asking.items() if len(clauses) > 1} == {
        "profile_identity": ["6-known-as-official", "6-branding"],
        "account_register": ["6-proposals", "6-agreed-networks"],
        "partisan_or_personal": ["6-neutral", "7-school-impartial"],
        "unapproved_picture": ["6-pictures", "6-with-students"],
        "pupil_follower": ["6-followers", "8-under-13"],
        "underage_follower": ["7-underage", "8-under-13"],
    }


def test_the_pack_says_only_what_differs_from_the_checks_own_parameters() -> None:
    questions = [PACK.asks(check)[1] for check in PACK.check_ids]

    assert {q.check: q.parameters for q in questions if q.parameters} == {
        "official_interaction": {"roles": ["pupil", "leaver", "staff", "governor"]},
        "children_settings": {"made_for_kids": "no"},
    }
    assert {q.check: q.escalation for q in questions if q.escalation} == {"abusive_comment": {"threat": "critical"}}


def test_every_clause_has_a_state_and_these_are_the_totals() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 20, "attested": 39, "unobserved": 43}


def test_it_runs_from_the_front_page_to_the_appendix_and_beyond() -> None:
    parts = list(dict.fromkeys(clause.id.partition("-")[0] for clause in PACK.clause))

    assert parts == ["0", "1", "4", "5", "6", "7", "8", "9", "a1", "a2", "a3", "a4", "besides"]


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
    personal = [clause for clause in PACK.clause if "personal accounts staff" in clause.says]

    assert len(personal) == 11
    assert all(clause.unobserved is not None and "disproportionate" in clause.unobserved for clause in personal)


def test_an_attestation_ends_early_where_a_check_can_find_the_contrary() -> None:
    ended = {c.id: c.attest.ended_by for c in PACK.clause if c.attest and c.attest.ended_by}

    assert ended == {
        "4-governors-review": ("policy_review",),
        "5-official-accounts": ("account_register",),
        "6-official-name": ("profile_identity",),
        "6-professional": ("partisan_or_personal",),
        "6-confidential": ("staff_discussed",),
    }


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
