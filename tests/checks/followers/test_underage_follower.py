"""The policy wants nobody among the followers whose own profile says that they are under the platform's age."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 5              | 5       | 5
    youtube  | UC1        |                | 1       | 1
"""


def test_lists_followers_whose_profile_gives_an_age_below_the_one_set(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="""
            platform | account_id | actor_id | handle | display_name | bio                         | is_current
            ---------+------------+----------+--------+--------------+-----------------------------+-----------
            x        | 100        | 81       | young  | Bo           | I am 11 years old           | true
            x        | 100        | 82       | older  | Bea          | I am 13 years old           | true
            x        | 100        | 83       | gone   | Bar          | I am 11 years old           | false
            x        | 100        | 84       | named  | Bix, aged 12 | I am 14 years old           | true
            x        | 100        | 85       | silent |              |                             | true
            youtube  | UC1        | UC8      |        | Bud          | I'm 10                      | true
        """,
    )

    outcome = ask(db, "underage_follower", accounts=[TOWN, CHANNEL])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "age", "stated_in", "quote") == drawing("""
        subject | reason                                                                                                         | account | age | stated_in    | quote
        --------+----------------------------------------------------------------------------------------------------------------+---------+-----+--------------+------------------------------------
        81      | An account whose public profile says that its owner is no older than 11 follows @OusterlyVale.                 | @young  | 11  | bio          | I am 11 years old
        84      | An account whose public profile says that its owner is no older than 12 follows @OusterlyVale.                 | @named  | 12  | display name | Bix, aged 12
        UC8     | An account whose public profile says that its owner is no older than 10 subscribes to @OusterlyValeSchool.     | UC8     | 10  | bio          | I'm 10
    """)  # noqa: E501


def test_leaves_out_the_ages_of_others(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="""
            actor_id | handle | bio
            86       | mum    | Mum to a boy who is 11 years old
            87       | shop   | Open since 2011
            88       | coach  | Coach of the under 11s
        """,
    )

    assert ask(db, "underage_follower").verdict == "kept"


def test_the_pack_may_set_another_age(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="""
            actor_id | handle | bio
            81       | young  | I am 11 years old
            82       | older  | I am 15 years old
        """,
    )

    assert [one.subject_id for one in ask(db, "underage_follower", age=16).exceptions] == ["81", "82"]
    assert [one.subject_id for one in ask(db, "underage_follower", age=11).exceptions] == []


def test_a_pupils_account_is_listed_here_as_well(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers="""
            actor_id | handle | bio
            81       | young  | I am 11 years old
        """,
        matches="""
            actor_id | person_id | band
            81       | p1        | declared
        """,
    )

    assert [one.subject_id for one in ask(db, "underage_follower").exceptions] == ["81"]
    assert [one.subject_id for one in ask(db, "pupil_follower").exceptions] == ["81"]
