"""The policy wants no personal account of a member of staff among the followers."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 3              | 3       | 3
    youtube  | UC1        |                | 1       | 1
"""
FOLLOWERS = """
    platform | account_id | actor_id | handle | display_name | is_current
    ---------+------------+----------+--------+--------------+-----------
    x        | 100        | 21       | mrgeog | Mr G         | true
    x        | 100        | 22       | drama  | Lee Stanhopp | true
    x        | 100        | 23       | gone   | Al Stanhopp  | false
    youtube  | UC1        | UC9      |        | Lee Stanhopp | true
"""


def test_lists_declared_and_likely_accounts_of_staff(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers=FOLLOWERS,
        matches="""
            platform | actor_id | person_id | role  | band     | reasons
            ---------+----------+-----------+-------+----------+-------------------------------
            x        | 21       | s1        | staff | declared | ["The staff register says so."]
            x        | 22       | s2        | staff | likely   | ["The name fits."]
            x        | 23       | s1        | staff | declared | ["Has gone."]
            youtube  | UC9      | s2        | staff | likely   | ["The name fits."]
        """,
    )

    assert found(ask(db, "staff_follower"), "account", "band", "signs", "roll_id") == drawing("""
        subject | reason                                                                  | account | band     | signs                       | roll_id
        --------+-------------------------------------------------------------------------+---------+----------+-----------------------------+--------
        21      | An account declared as that of a member of staff follows @OusterlyVale. | @mrgeog | declared | The staff register says so. | s1
        22      | An account that may belong to a member of staff follows @OusterlyVale.  | @drama  | likely   | The name fits.              | s2
    """)  # noqa: E501
    assert found(ask(db, "staff_follower", accounts=[CHANNEL]), "account", "shown_name", "link") == drawing("""
        subject | reason                                                                             | account | shown_name   | link
        --------+------------------------------------------------------------------------------------+---------+--------------+------------------------------------
        UC9     | An account that may belong to a member of staff subscribes to @OusterlyValeSchool. | UC9     | Lee Stanhopp | https://www.youtube.com/channel/UC9
    """)  # noqa: E501


def test_leaves_out_the_near_misses(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers=FOLLOWERS,
        matches="""
            actor_id | person_id | role     | band     | is_best
            ---------+-----------+----------+----------+--------
            21       | s1        | staff    | possible | true
            22       | s2        | staff    | possible | false
            22       | g1        | governor | likely   | true
        """,
    )

    outcome = ask(db, "staff_follower")

    assert outcome.verdict == "kept"
    assert outcome.why.endswith(
        "1 further account bears a member of staff's name but shows too little else; it is not listed."
    )


def test_nobody_to_examine_is_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage="""
            platform_count | fetched | judged | is_whole | why
            12             | 0       | 0      | false    | credit
        """,
    )

    outcome = ask(db, "staff_follower")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        "No follower of @OusterlyVale could be fetched, so there was nothing to examine. "
        "The prepaid credit ran out before the end of the list."
    )


def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers=FOLLOWERS,
        matches="""
            actor_id | person_id | role  | band
            22       | s2        | staff | likely
            21       | s1        | staff | declared
        """,
    )

    assert ask(db, "staff_follower") == ask(db, "staff_follower")


def test_yesterdays_rows_do_not_hide_todays_failed_pull(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, followers=FOLLOWERS)

    outcome = ask(db, "staff_follower")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == "The followers of @OusterlyVale were not fetched in this run."
