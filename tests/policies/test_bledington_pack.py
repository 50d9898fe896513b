"""Bledington's pack: what it asks of the machine, of people, and what it says nobody can see."""

from collections import Counter
from datetime import date

import pytest

from policies.model import load_pack
from tests.policies.claims import claims

PACK = load_pack("bledington-2025")
BY_ID = {clause.id: clause for clause in PACK.clause}
CHECKED = {
    "a-no-own-details": ("part", "contact_details of phone email private contact contact"),
    "a-staff-not-following": ("part", "staff_follower on x"),
    "a-governors-not-following": ("part", "governor_follower on x"),
    "a-no-reposts": ("part", "staff_repost"),
    "a-nothing-about-people": ("part", "personal_account_comment"),
    "a-confidentiality": ("part", "pupil_confidence", "staff_discussed"),
    "a-no-abuse": (
        "part",
        "abusive_comment of threat hate slur abuse allegation obscenity of staff governor",
        "official_words",
    ),
    "b-comments": ("part", "abusive_comment of threat hate slur abuse allegation obscenity of pupil"),
    "c-malicious-comments": (
        "part",
        "abusive_comment of threat hate slur abuse allegation obscenity of parent nobody known",
    ),
    "d-approval": ("part", "account_register", "approved_before_use with Headteacher Co-headteacher"),
    "d-sign-in-shared": ("part", "sign_in_details with shared_with_head_on"),
    "e-hatred": ("part", "abusive_comment of hate slur abuse obscenity", "official_words of hate slur abuse obscenity"),
    "e-profession": ("part", "abusive_comment of abuse allegation", "official_words of abuse allegation"),
    "besides-policy-review": ("whole", "policy_review with 1096"),
    "besides-under-13": ("part", "pupil_follower", "underage_follower", "pupil_comment"),
    "besides-consent": ("part", "withdrawn_picture"),
    "besides-no-more-than-needed": (
        "part",
        "pupil_named",
        "staff_discussed",
        "pupil_confidence",
        "staff_handle_shown",
        "contact_details of handle home address chat invitation meeting open document",
    ),
    "besides-no-lures": ("part", "abusive_comment of lure"),
    "besides-pages-about-pupils": ("part", "lookalike_account of is about a pupil"),
    "besides-no-threats": ("part", "abusive_comment of threat"),
    "besides-imitations": ("part", "lookalike_account of bears the name bears a like handle"),
    "besides-alt-text": ("part", "alt_text"),
    "besides-fresh-registers": ("part", "register_fresh"),
}


def test_no_clause_claims_more_than_its_checks_can_know() -> None:
    assert claims(PACK) == CHECKED


def test_only_x_is_named_where_the_policy_names_it() -> None:
    filters = [BY_ID[f"a-{who}-not-following"].checks[0].only for who in ("staff", "governors")]

    assert [(only.holds("x", "staff", {}), only.holds("youtube", "staff", {})) for only in filters] == [
        (True, False)
    ] * 2


@pytest.mark.parametrize("clause", ["a-photographs-on-school-accounts", "e-racism-and-threats"])
def test_a_permission_breaks_nothing(clause: str) -> None:
    assert (BY_ID[clause].force, BY_ID[clause].state) == ("may", "unobserved")


def test_that_the_headteacher_has_the_sign_in_details_no_register_can_keep() -> None:
    clause = BY_ID["d-sign-in-shared"]

    assert "account_register" not in [question.check for question in clause.checks]
    assert (clause.covers, "still work" in str(clause.not_covered)) == ("part", True)


def test_a_handle_in_the_schools_own_post_is_nothing_that_staff_say_on_their_pages() -> None:
    asking = [clause.id for clause, _ in PACK.asked("staff_handle_shown")]

    assert asking == ["besides-no-more-than-needed"]
    assert "disproportionate" in str(BY_ID["a-not-as-employee"].unobserved)


@pytest.mark.parametrize(
    ("who", "clause"),
    [("staff", "a-no-abuse"), ("pupil", "b-comments"), ("parent", "c-malicious-comments")],
)
def test_abuse_breaks_the_clause_of_whoever_wrote_it_and_a_kind_word_none(who: str, clause: str) -> None:
    bound = ("a-no-abuse", "b-comments", "c-malicious-comments")
    evidence = {"abuse": "abuse", "written_by": who}

    assert [name for name in bound if BY_ID[name].checks[0].only.holds("x", "comment", evidence)] == [clause]
    assert "pupil_comment" not in [question.check for question in BY_ID["b-comments"].checks]


@pytest.mark.parametrize("words", ["threat", "hate", "slur", "abuse", "allegation", "obscenity"])
def test_a_former_pupil_is_no_parent_and_what_one_writes_breaks_what_binds_everybody(words: str) -> None:
    broken = PACK.broken_by("abusive_comment", "x", "comment", {"abuse": words, "written_by": "leaver"})

    assert "c-malicious-comments" not in broken
    assert {BY_ID[name].binds for name in broken} == {"everybody"}


def test_the_law_on_defamation_binds_everybody_and_the_schools_own_words_with_them() -> None:
    law = [BY_ID[f"e-{what}"] for what in ("hatred", "shunning", "standing", "profession")]

    assert {clause.binds for clause in law} == {"everybody"}
    assert "e-hatred" in PACK.broken_by("official_words", "x", "post", {"kind": "slur"})
    assert "e-profession" in PACK.broken_by("official_words", "x", "post", {"kind": "allegation"})


def test_equal_opportunities_name_every_ground_that_the_policy_names() -> None:
    grounds = (
        "disability",
        "gender,",
        "gender identity",
        "sexual orientation",
        "ethnicity",
        "social",
        "cultural",
        "relig",
    )

    assert [ground for ground in grounds if ground not in BY_ID["f-equal-opportunities"].says] == []


def test_what_is_generally_held_of_children_under_13_is_a_fact_and_the_duty_stands_beside_the_policy() -> None:
    assert "6b4ecddfa4f2674906a12026fa30fef2d687c8dddcc603dec1736a928ca6c0e0" in PACK.background
    assert "b-under-13" not in BY_ID


def test_what_escalates_an_exception_is_in_the_pack() -> None:
    questions = [question for clause in PACK.clause for question in clause.checks if question.escalation]

    assert {(q.check, *q.escalation.items()) for q in questions} == {
        ("pupil_named", ("with_picture", "critical")),
        ("abusive_comment", ("threat", "critical")),
        ("official_words", ("threat", "critical")),
    }
    assert PACK.asks("pupil_named")[1].severity_of({"with_picture": "yes"}) == "critical"


def test_every_clause_has_a_state_and_these_are_the_totals() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 23, "attested": 17, "unobserved": 42}


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


def test_all_that_the_part_for_staff_asks_holds_for_governors() -> None:
    attest = BY_ID["a-governors"].attest

    assert (BY_ID["a-governors"].binds, attest and attest.role) == ("governors", "chair_of_governors")


def test_governors_may_not_follow_any_more_than_staff() -> None:
    staff, governors = BY_ID["a-staff-not-following"], BY_ID["a-governors-not-following"]

    assert staff.source_sha256 == governors.source_sha256
    assert [(clause.binds, clause.force) for clause in (staff, governors)] == [("staff", "must"), ("governors", "must")]


def test_what_parents_do_elsewhere_is_not_observed_and_the_reason_says_why() -> None:
    private = [BY_ID[f"c-{what}"] for what in ("no-pictures-of-others", "complain-to-school", "not-on-premises")]
    private += [BY_ID["c-malicious-comments-elsewhere"], BY_ID["a-privacy-settings"], BY_ID["a-decline-pupils"]]

    assert all(clause.unobserved is not None and "disproportionate" in clause.unobserved for clause in private)


def test_an_attestation_ends_early_where_a_check_can_find_the_contrary() -> None:
    [(clause, [ending])] = [(c.id, c.attest.endings) for c in PACK.clause if c.attest and c.attest.ended_by]

    assert (clause, ending.check) == ("a-governors", "governor_follower")
    assert [ending.only.holds(platform, "governor", {}) for platform in ("x", "youtube")] == [True, False]
