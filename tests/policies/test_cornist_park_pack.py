"""Cornist Park's pack: a part for parents, a part for staff, and what the audit can and cannot see of either."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from policies.model import Clause, load_pack
from tests.policies.claims import claims

PACK = load_pack("cornist-park-2021")
CLAUSES = {clause.id: clause for clause in PACK.clause}
SOURCE = Path(__file__).parents[3] / "shared" / "policies" / "cornist-park-2021.txt"
CHECKED = {
    "parents-no-abuse": ("part", "abusive_comment of abuse of parent pupil leaver nobody known"),
    "parents-allegations": ("part", "abusive_comment of allegation of parent pupil leaver nobody known"),
    "parents-bullying": ("part", "abusive_comment of threat hate slur abuse of parent pupil leaver nobody known"),
    "parents-defamation": ("part", "abusive_comment of abuse allegation of parent pupil leaver nobody known"),
    "parents-offence": ("part", "abusive_comment of slur abuse obscenity of parent pupil leaver nobody known"),
    "parents-racism": ("part", "abusive_comment of hate slur of parent pupil leaver nobody known"),
    "parents-threats": ("part", "abusive_comment of threat of parent pupil leaver nobody known"),
    "procedure-remove": ("part", "abusive_comment of abuse allegation of parent nobody known"),
    "staff-respect": ("part", "official_words of threat hate slur abuse allegation obscenity"),
    "staff-no-communication": ("part", "official_interaction with pupil leaver with 120"),
    "staff-no-requests": ("part", "following_person with pupil leaver with 120"),
    "code-name": ("part", "lookalike_account of bears the name bears a like handle"),
    "code-material": ("part", "staff_repost"),
    "code-defamation": (
        "part",
        "abusive_comment of abuse allegation of staff governor",
        "official_words of abuse allegation",
    ),
    "code-confidential": ("part", "staff_discussed", "pupil_confidence"),
    "code-security": (
        "part",
        "location_metadata",
        "security_given_away",
        "contact_details of chat invitation meeting open document",
    ),
    "code-pictures": ("part", "unapproved_picture with False", "withdrawn_picture"),
    "also-comments": (
        "part",
        "abusive_comment of threat hate slur abuse allegation obscenity of staff governor",
        "official_words",
    ),
    "also-fraud": ("part", "policy_read with policy_read_on"),
    "also-details": ("part", "contact_details of phone email handle home address private contact contact"),
    "also-no-number": ("part", "contact_details of phone email handle home address private contact contact"),
    "close-review": ("whole", "policy_review"),
    "besides-under-13": ("part", "pupil_follower", "leaver_follower with 13"),
    "besides-no-lures": ("part", "abusive_comment of lure"),
    "besides-pages-about-pupils": ("part", "lookalike_account of is about a pupil"),
    "besides-alt-text": ("part", "alt_text"),
    "besides-fresh-registers": ("part", "register_fresh"),
}
PRIVATE = {
    "staff-outside",
    "code-arguments",
    "also-responsible",
    "also-reputation",
    "also-cautious",
    "also-private",
    "also-not-contacts",
    "also-parents",
    "parents-children-watch",
}
READERS = {"abusive_comment", "official_words", "pupil_confidence", "security_given_away", "staff_discussed"}


def test_its_eighty_one_clauses_are_met_in_these_ways() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 27, "attested": 20, "unobserved": 34}
    assert len(PACK.background) == len(set(PACK.background)) == 45


def test_no_clause_claims_more_than_its_checks_can_know() -> None:
    assert claims(PACK) == CHECKED


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("threat", {"parents-bullying", "parents-threats"}),
        ("hate", {"parents-bullying", "parents-racism"}),
        ("allegation", {"parents-allegations", "parents-defamation", "procedure-remove"}),
        ("obscenity", {"parents-offence"}),
        ("lure", {"besides-no-lures"}),
    ],
)
def test_each_kind_of_words_breaks_the_clauses_that_are_about_it(words: str, clauses: set[str]) -> None:
    asked = [(c.id, q) for c in PACK.clause for q in c.checks if q.check == "abusive_comment"]

    assert {
        name for name, q in asked if q.only.holds("x", "comment", {"abuse": words, "written_by": "parent"})
    } == clauses


def test_a_threat_is_critical_wherever_it_is_asked_for() -> None:
    asked = [q for clause in PACK.clause for q in clause.checks if q.check in {"abusive_comment", "official_words"}]

    assert {(q.severity_of({"threat": "yes"}), q.severity_of({"threat": "no"})) for q in asked} == {
        ("critical", "high")
    }


@pytest.mark.parametrize(
    "clause", [c for c in PACK.clause if c.checks and c.id.startswith(("staff-", "code-", "also-"))]
)
def test_a_clause_on_networking_outside_work_says_that_most_of_it_is_not_seen(clause: Clause) -> None:
    told = str(clause.not_covered)

    assert clause.covers == "part"
    assert "outside work" in told or clause.id in {"code-name", "code-material", "also-fraud"}


def test_what_all_are_to_know_is_asked_of_those_on_the_register_and_is_no_networking() -> None:
    assert "volunteers" in str(CLAUSES["also-fraud"].not_covered)


@pytest.mark.parametrize("clause_id", ["staff-protect", "staff-safeguarding"])
def test_no_day_of_training_says_that_somebody_is_protected_or_minds_the_safety_of_children(clause_id: str) -> None:
    assert CLAUSES[clause_id].state == "attested"


@pytest.mark.parametrize("clause", ["code-defamation", "also-comments"])
def test_what_parents_write_beneath_the_posts_is_no_conduct_of_the_staff(clause: str) -> None:
    question, own = CLAUSES[clause].checks
    words = [{"abuse": "abuse", "written_by": who} for who in ("staff", "governor", "parent", "nobody known")]

    assert [question.only.holds("x", "comment", said) for said in words] == [True, True, False, False]
    assert own.check == "official_words"  # which reads only what the school's own accounts write


@pytest.mark.parametrize(
    ("who", "is_bound"), [("parent", True), ("nobody known", True), ("pupil", False), ("leaver", False)]
)
def test_only_parents_take_down_what_they_wrote_and_every_other_writer_breaks_another_clause(
    who: str, is_bound: bool
) -> None:
    broken = PACK.broken_by("abusive_comment", "x", "comment", {"abuse": "allegation", "written_by": who})

    assert ("procedure-remove" in broken) == is_bound
    assert "parents-allegations" in broken


def test_the_first_clause_for_parents_says_who_else_is_meant() -> None:
    assert "carers, relatives and whoever else" in PACK.clause[0].says


def test_an_attestation_on_boundaries_ends_over_a_pupil_alone() -> None:
    attest = CLAUSES["also-boundaries"].attest

    assert attest is not None
    assert [
        [ending.only.holds("x", "account", {"whom": whom}) for whom in ("pupil", "leaver", "parent")]
        for ending in attest.endings
    ] == [[True, False, False]] * 2


def test_the_promise_of_lessons_has_its_clause() -> None:
    lessons = CLAUSES["parents-lessons"]

    assert (lessons.binds, lessons.source_sha256) == ("school", CLAUSES["parents-children-explain"].source_sha256)


def test_what_is_written_in_welsh_is_said_not_to_be_read() -> None:
    asked = [c for c in PACK.clause if READERS & {q.check for q in c.checks}]

    assert [c.id for c in asked if "Welsh" not in str(c.not_covered)] == []


def test_parents_come_before_staff_and_nobody_is_bound_out_of_place() -> None:
    parts = [re.split(r"[ ,]", clause.ref)[0] for clause in PACK.clause]

    assert list(dict.fromkeys(parts)) == ["Parents", "Staff", "Closing", "Beside"]
    assert {clause.binds for clause in PACK.clause if clause.ref.startswith("Parents")} == {
        "parents",
        "school",
        "headteacher",
    }


def test_it_says_whom_to_tell_and_invents_no_time() -> None:
    told = {clause.id: [one.role for one in clause.tell] for clause in PACK.clause if clause.tell}

    assert told == {
        "parents-right-way": ["headteacher", "chair_of_governors"],
        "procedure-remove": ["parents"],
        "procedure-meeting": ["headteacher", "parents"],
        "procedure-letter": ["parents"],
    }
    assert {one.within_days for clause in PACK.clause for one in clause.tell} == {None}


def test_its_review_was_due_by_the_end_of_november_2022() -> None:
    assert (PACK.adopted_on, PACK.review_by) == (date(2021, 11, 1), date(2022, 11, 30))


@pytest.mark.parametrize("clause_id", sorted(PRIVATE))
def test_private_accounts_are_not_watched_and_the_reason_says_why(clause_id: str) -> None:
    reason = CLAUSES[clause_id].unobserved

    assert reason is not None
    assert "disproportionate" in reason
    assert "only at the school's own accounts and at what touches them" in reason


def test_a_plain_complaint_is_not_listed_though_the_policy_forbids_it() -> None:
    reasons = {clause_id: CLAUSES[clause_id].unobserved for clause_id in ("parents-complaints", "parents-not-online")}

    assert all(reason is not None and "fair criticism" in reason for reason in reasons.values())


def test_five_duties_stand_beside_the_policy_and_name_their_law() -> None:
    besides = {clause.id: clause.besides for clause in PACK.clause if clause.besides}

    assert [name.removeprefix("besides-") for name in besides] == [
        "under-13",
        "no-lures",
        "pages-about-pupils",
        "alt-text",
        "fresh-registers",
    ]
    assert "Equality Act 2010" in str(besides["besides-alt-text"])
    assert "UK GDPR" in str(besides["besides-fresh-registers"])


def test_no_clause_has_eight_words_running_from_the_policy() -> None:
    if not SOURCE.exists():
        pytest.skip(f"SKIPPED: {SOURCE} is not here, so the clauses' words were not held against the policy's")
    source = _runs(SOURCE.read_text(encoding="utf-8"))
    copied = {clause.id: sorted(_runs(clause.says) & source) for clause in PACK.clause}

    assert len(source) > 1000
    assert {clause_id: runs for clause_id, runs in copied.items() if runs} == {}


def _runs(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return {" ".join(words[start : start + 8]) for start in range(len(words) - 7)}
