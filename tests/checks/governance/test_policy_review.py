"""The policy wants itself reviewed in time; on its very last day it still is."""

import duckdb
import pytest

from checks.catalogue import catalogue
from tests.checks.ask import CHANNEL, MONDAY, TOWN, ask, found
from tests.drawn import drawing, fill

SCHOOL = ("school", "ousterly-vale")
THE_SCHOOL = """
    school_id
    ousterly-vale
"""
SEEN = """
    platform | account_id    | fetched | judged
    school   | ousterly-vale | 1       | 1
"""


def _adopted(db: duckdb.DuckDBPyConnection, adopted_on: str, review_by: str) -> None:
    fill(
        db,
        school=THE_SCHOOL,
        school_coverage=SEEN,
        policy=f"""
            pack     | title             | edition | adopted_on   | review_by
            own-2022 | Networking Policy | First   | {adopted_on} | {review_by}
        """,
    )


def test_a_policy_past_its_review_date_is_listed_with_its_dates(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "2022-02-01", "2026-10-31")

    outcome = ask(db, "policy_review", accounts=[SCHOOL])

    assert outcome.verdict == "exceptions"
    assert outcome.why == "The school has 1 policy; all were judged."
    assert found(outcome, "title", "edition", "adopted_on", "review_by", "days_overdue") == drawing("""
        subject  | reason                                                         | title             | edition | adopted_on | review_by  | days_overdue
        ---------+----------------------------------------------------------------+-------------------+---------+------------+------------+-------------
        own-2022 | The day by which the policy was to be reviewed has passed.     | Networking Policy | First   | 2022-02-01 | 2026-10-31 | 2
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("adopted_on", "review_by", "is_kept"),
    [
        ("2022-02-01", "2026-11-02", True),
        ("2022-02-01", "2026-11-01", False),
        ("", "2026-11-02", True),
        ("2023-11-02", "", True),
        ("2023-11-01", "", False),
    ],
    ids=["very day", "day after", "very day, adoption not known", "after 1,096 days", "after 1,097 days"],
)
def test_the_very_day_still_keeps_it(
    db: duckdb.DuckDBPyConnection, adopted_on: str, review_by: str, is_kept: bool
) -> None:
    _adopted(db, adopted_on, review_by)

    outcome = ask(db, "policy_review", accounts=[SCHOOL])

    assert outcome.verdict == ("kept" if is_kept else "exceptions")


def test_a_policy_without_a_review_date_is_overdue_by_its_age(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "2023-10-01", "")

    assert found(ask(db, "policy_review", accounts=[SCHOOL]), "review_by", "days_overdue") == drawing("""
        subject  | reason                                                                                     | review_by | days_overdue
        ---------+--------------------------------------------------------------------------------------------+-----------+-------------
        own-2022 | The policy names no day for its review and was adopted more than 1096 days ago.            |           | 32
    """)  # noqa: E501


def test_a_policy_without_any_date_is_listed(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "", "")

    assert found(ask(db, "policy_review", accounts=[SCHOOL]), "adopted_on", "days_overdue") == drawing("""
        subject  | reason                                                                          | adopted_on | days_overdue
        ---------+---------------------------------------------------------------------------------+------------+-------------
        own-2022 | Nobody can say when the policy was to be reviewed: its dates are not known.     |            |
    """)  # noqa: E501


@pytest.mark.parametrize(("longest_days", "exceptions"), [(730, 1), (1500, 0)])
def test_the_pack_says_how_long_a_policy_without_a_date_may_stand(
    db: duckdb.DuckDBPyConnection, longest_days: int, exceptions: int
) -> None:
    _adopted(db, "2023-10-01", "")
    check = catalogue()["policy_review"]

    assert check.judge(db, MONDAY, check.with_defaults({"longest_days": longest_days})).height == exceptions


def test_an_exception_does_not_come_back_only_because_another_week_has_passed(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "2022-02-01", "2023-03-31")
    check = catalogue()["policy_review"]

    [this_week] = check.judge(db, MONDAY, check.with_defaults({})).to_dicts()
    [next_week] = check.judge(db, MONDAY.replace(day=9), check.with_defaults({})).to_dicts()

    assert next_week["days_overdue"] == this_week["days_overdue"] + 7
    assert {label: next_week[label] for label in check.change_key} == {
        label: this_week[label] for label in check.change_key
    }
    assert next_week["reason"] == this_week["reason"]


def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "2022-02-01", "2023-03-31")

    first = ask(db, "policy_review", accounts=[SCHOOL])

    assert first.verdict == "exceptions"
    assert first == ask(db, "policy_review", accounts=[SCHOOL])


def test_no_policy_to_examine_is_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, school=THE_SCHOOL)

    outcome = ask(db, "policy_review", accounts=[SCHOOL])

    assert outcome.verdict == "could_not_tell"
    assert "were not fetched in this run" in outcome.why


def test_it_is_not_asked_of_an_account(db: duckdb.DuckDBPyConnection) -> None:
    _adopted(db, "2022-02-01", "2023-03-31")

    assert ask(db, "policy_review", accounts=[TOWN, CHANNEL]).verdict == "not_applicable"
