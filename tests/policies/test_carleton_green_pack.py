"""Carleton Green's pack: the county's model for one school."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from policies.model import load_pack

PACK = load_pack("carleton-green-2024")
CLAUSES = {clause.id: clause for clause in PACK.clause}
SOURCES = Path(__file__).parents[3] / "shared" / "policies"


def test_its_forty_nine_clauses_are_met_in_these_ways() -> None:
    states = Counter(clause.state for clause in PACK.clause)

    assert states == {"checked": 12, "attested": 24, "unobserved": 13}
    assert len(PACK.background) == len(set(PACK.background)) == 37


def test_exceptions_stand_under_the_clause_that_names_a_check_first() -> None:
    asked = {check: PACK.asks(check) for check in PACK.check_ids}

    assert {check: (clause.id, question.severity) for check, (clause, question) in asked.items()} == {
        "policy_review": ("review-yearly", "medium"),
        "following_person": ("4-1-iv-friendships", "high"),
        "pupil_follower": ("4-1-iv-friendships", "high"),
        "official_interaction": ("4-1-iv-communication", "medium"),
        "leaver_follower": ("4-1-v-leavers", "high"),
        "contact_details": ("5-contact-details", "high"),
        "pupil_named": ("5-information", "high"),
        "alt_text": ("besides-alt-text", "low"),
        "register_fresh": ("besides-fresh-registers", "medium"),
    }


def test_a_pupil_named_beside_a_picture_is_critical() -> None:
    _, question = PACK.asks("pupil_named")

    assert question.severity_of({"with_picture": "yes"}) == "critical"
    assert question.severity_of({"with_picture": "no"}) == "high"


def test_parents_may_be_answered_but_not_followed() -> None:
    _, follows = PACK.asks("following_person")
    _, interacts = PACK.asks("official_interaction")

    assert follows.parameters == {"roles": ["pupil", "leaver", "parent"]}
    assert interacts.parameters == {"roles": ["pupil", "leaver"]}


def test_a_check_has_the_same_parameters_under_every_clause() -> None:
    asked: dict[str, set[str]] = {}
    for clause in PACK.clause:
        for question in clause.checks:
            asked.setdefault(question.check, set()).add(repr((question.parameters, question.escalation)))

    assert {check for check, ways in asked.items() if len(ways) > 1} == set()
    assert sum(len(clause.checks) for clause in PACK.clause) > len(asked)


def test_it_runs_from_the_opening_to_the_last_line() -> None:
    parts = [re.split(r"[ ,.(]", clause.ref)[0] for clause in PACK.clause]

    assert list(dict.fromkeys(parts)) == ["opening", "3", "4", "5", "6", "last", "Beside"]


def test_the_model_binds_staff_and_those_who_run_the_school_and_no_family() -> None:
    assert Counter(clause.binds for clause in PACK.clause) == {"staff": 31, "school": 16, "governors": 2}
    assert Counter(clause.force for clause in PACK.clause) == {"should": 42, "must": 4, "may": 3}


def test_it_says_whom_to_tell_and_invents_no_time() -> None:
    told = {clause.id: [(one.role, one.within_days) for one in clause.tell] for clause in PACK.clause if clause.tell}

    assert told == {"5-report": [("line_manager", None)]}
    assert CLAUSES["5-report"].force == "must"


def test_it_is_reviewed_by_the_end_of_the_month_a_year_on() -> None:
    assert (PACK.adopted_on, PACK.review_by) == (date(2024, 9, 1), date(2025, 9, 30))


def test_private_accounts_are_not_watched_and_the_reason_says_why() -> None:
    private = [clause for clause in PACK.clause if "Staff's own accounts" in str(clause.unobserved)]

    assert [clause.id for clause in private] == [
        "3-2-use",
        "4-1-ii-privacy",
        "4-1-iii-disrepute",
        "4-1-iii-colleagues",
        "4-1-iii-families",
    ]
    assert all("disproportionate" in str(clause.unobserved) for clause in private)


def test_an_attestation_on_boundaries_ends_when_an_official_account_is_found_across_them() -> None:
    attest = CLAUSES["5-boundaries"].attest

    assert attest is not None
    assert (attest.role, attest.ended_by) == ("dsl", ("following_person", "official_interaction"))
    assert set(attest.ended_by) <= set(PACK.check_ids)


@pytest.mark.parametrize("pack_id", ["carleton-green-2024", "willow-tree-2024"])
def test_no_clause_has_eight_words_running_from_the_policy(pack_id: str) -> None:
    file = SOURCES / f"{pack_id}.txt"
    if not file.exists():
        pytest.skip(f"SKIPPED: {file} is not here, so the clauses' words were not held against the policy's")
    source = _runs(file.read_text(encoding="utf-8"))
    copied = {clause.id: sorted(_runs(clause.says) & source) for clause in load_pack(pack_id).clause}

    assert len(source) > 1000
    assert {clause_id: runs for clause_id, runs in copied.items() if runs} == {}


def _runs(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return {" ".join(words[start : start + 8]) for start in range(len(words) - 7)}
