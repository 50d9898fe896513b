"""Cornist Park's pack: a part for parents, a part for staff, and what the audit can and cannot see of either."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from policies.model import load_pack

PACK = load_pack("cornist-park-2021")
CLAUSES = {clause.id: clause for clause in PACK.clause}
SOURCE = Path(__file__).parents[3] / "shared" / "policies" / "cornist-park-2021.txt"
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


def test_its_seventy_six_clauses_are_met_in_these_ways() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 22, "attested": 19, "unobserved": 35}
    assert len(PACK.background) == len(set(PACK.background)) == 45


def test_exceptions_stand_under_the_clause_that_names_a_check_first() -> None:
    asked = {check: PACK.asks(check) for check in PACK.check_ids}

    assert {check: (clause.id, question.severity) for check, (clause, question) in asked.items()} == {
        "abusive_comment": ("parents-no-abuse", "high"),
        "official_interaction": ("staff-no-communication", "medium"),
        "following_person": ("staff-no-requests", "high"),
        "pupil_follower": ("staff-no-requests", "high"),
        "leaver_follower": ("staff-no-requests", "high"),
        "lookalike_account": ("code-name", "medium"),
        "staff_repost": ("code-material", "low"),
        "staff_discussed": ("code-confidential", "medium"),
        "location_metadata": ("code-security", "medium"),
        "unapproved_picture": ("code-pictures", "high"),
        "withdrawn_picture": ("code-pictures", "critical"),
        "contact_details": ("also-details", "high"),
        "policy_review": ("close-review", "medium"),
        "alt_text": ("besides-alt-text", "low"),
        "register_fresh": ("besides-fresh-registers", "medium"),
    }


def test_a_threat_is_critical_under_the_first_clause_and_under_its_own() -> None:
    _, question = PACK.asks("abusive_comment")

    assert (question.severity_of({"threat": "yes"}), question.severity_of({"threat": "no"})) == ("critical", "high")
    assert CLAUSES["parents-threats"].checks == (question,)


def test_staff_may_be_followed_but_pupils_and_leavers_may_not() -> None:
    _, follows = PACK.asks("following_person")
    _, interacts = PACK.asks("official_interaction")

    assert follows.parameters == interacts.parameters == {"roles": ["pupil", "leaver"]}


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


def test_two_duties_stand_beside_the_policy_and_name_their_law() -> None:
    besides = {clause.id: clause.besides for clause in PACK.clause if clause.besides}

    assert list(besides) == ["besides-alt-text", "besides-fresh-registers"]
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
