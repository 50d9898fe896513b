"""What the checks of pupils and of staff among the followers say where a list was not seen, or not by this run."""

import duckdb
import pytest

from tests.checks.ask import PE, TOWN, ask
from tests.drawn import fill

SIGHT = """
    platform_count | fetched | judged
    4              | 4       | 4
"""
NO_CREDIT = "The prepaid credit ran out before the end of the list."
FOLLOWERS_OF = pytest.mark.parametrize(("check_id", "role"), [("pupil_follower", "pupil"), ("staff_follower", "staff")])


@pytest.mark.parametrize(
    ("check_id", "counts", "why"),
    [
        (
            "pupil_follower",
            "0 | 0 | 0 | true | end",
            "@OusterlyVale has no followers, so there was nothing to examine.",
        ),
        (
            "staff_follower",
            "12 | 0 | 0 | false | credit",
            "No follower of @OusterlyVale could be fetched, so there was nothing to examine. " + NO_CREDIT,
        ),
    ],
)
def test_nobody_to_examine_is_could_not_tell(
    db: duckdb.DuckDBPyConnection, check_id: str, counts: str, why: str
) -> None:
    fill(db, follower_coverage=f"platform_count | fetched | judged | is_whole | why\n{counts}")

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == why


@FOLLOWERS_OF
def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection, check_id: str, role: str) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="actor_id | handle\n12 | quiet\n11 | keeper",
        matches=f"""
            actor_id | person_id | role   | band
            12       | p2        | {role} | declared
            11       | p1        | {role} | likely
        """,
    )

    first = ask(db, check_id)

    assert [one.subject_id for one in first.exceptions] == ["11", "12"]
    assert first == ask(db, check_id)


@pytest.mark.parametrize("check_id", ["pupil_follower", "staff_follower"])
def test_yesterdays_rows_do_not_hide_todays_failed_pull(db: duckdb.DuckDBPyConnection, check_id: str) -> None:
    fill(
        db,
        followers="""
            actor_id | handle | display_name | first_seen | last_seen
            11       | keeper | Pat Nobody   | 2026-11-01 | 2026-11-01
        """,
    )

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == "The followers of @OusterlyVale were not fetched in this run."
    assert (outcome.fetched, outcome.judged) == (0, 0)


def test_one_account_not_seen_leaves_the_whole_check_open(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, follower_coverage=SIGHT)

    outcome = ask(db, "pupil_follower", accounts=[TOWN, PE])

    assert outcome.verdict == "could_not_tell"
    assert outcome.platform_count is None
    assert [coverage.is_whole for coverage in outcome.coverage] == [True, False]


def test_a_follower_of_an_account_that_is_not_asked_about_is_left_out(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="""
            account_id | actor_id | handle
            200        | 11       | keeper
            999        | 11       | keeper
        """,
        matches="""
            actor_id | person_id | band
            11       | p1        | likely
        """,
    )

    assert ask(db, "pupil_follower", accounts=[TOWN]).exceptions == ()
