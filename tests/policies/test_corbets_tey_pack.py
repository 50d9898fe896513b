"""The shipped pack: what it asks of the machine, of people, and what it says nobody can see."""

from datetime import date

from policies.model import load_pack

PACK = load_pack("corbets-tey-2022")
CHECKS = {"pupil_follower", "staff_follower", "unapproved_picture"}


def test_it_calls_for_the_three_checks_of_this_release_and_no_other() -> None:
    assert set(PACK.check_ids) == CHECKS


def test_exceptions_stand_under_the_clauses_that_mean_them_most() -> None:
    asked = {check: PACK.asks(check) for check in CHECKS}

    assert {check: (clause.id, question.severity) for check, (clause, question) in asked.items()} == {
        "pupil_follower": ("6-followers", "critical"),
        "staff_follower": ("6-personal-accounts", "medium"),
        "unapproved_picture": ("6-pictures", "high"),
    }


def test_it_runs_through_sections_four_to_eight() -> None:
    assert list(dict.fromkeys(clause.ref[0] for clause in PACK.clause)) == ["4", "5", "6", "7", "8"]
    assert (PACK.adopted_on, PACK.review_by) == (date(2022, 2, 1), date(2023, 3, 31))


def test_conduct_on_personal_accounts_is_not_observed_and_the_reason_says_why() -> None:
    personal = [
        clause for clause in PACK.clause if clause.id in {"7-mindful", "7-no-pupil-pictures", "7-no-discussion"}
    ]

    assert len(personal) == 3
    assert all(clause.unobserved is not None and "disproportionate" in clause.unobserved for clause in personal)


def test_every_sentence_ends_and_every_clause_has_its_own_source() -> None:
    texts = [clause.says for clause in PACK.clause]
    texts += [clause.unobserved or (clause.attest.evidence if clause.attest else ".") for clause in PACK.clause]

    assert all(text.endswith(".") for text in texts)
    assert len({clause.source_sha256 for clause in PACK.clause}) == len(PACK.clause)
