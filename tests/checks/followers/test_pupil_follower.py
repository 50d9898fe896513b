"""The policy wants no pupil's own account among the followers; an account nobody can settle is told of, not listed."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform_count | fetched | judged
    4              | 4       | 4
"""


def _a_pupil_follows(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        people="""
            person_id | year_group
            ----------+-----------
            p1        | 8
            p2        | R
            p3        | Foundation
            p4        |
        """,
        followers="""
            actor_id | handle   | display_name | is_current
            ---------+----------+--------------+-----------
            11       | keeper   | Tia Brannel  | true
            12       | quiet    | moth lamp    | true
            13       | former   | Ola Brannel  | false
            14       | stranger | Tia Brannel  | true
        """,
    )


def test_lists_an_account_that_is_likely_a_pupils_and_one_that_is_declared(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        matches="""
            actor_id | person_id | band     | is_best | reasons                              | words
            ---------+-----------+----------+---------+--------------------------------------+--------------------
            11       | p1        | likely   | true    | ["The name fits.", "The year fits."] | ["Year 8", "8D"]
            12       | p2        | declared | true    | ["The pupils register declares it."] |
            13       | p1        | declared | true    | ["Has gone."]                        |
            14       | p1        | possible | true    | ["The name fits."]                   |
        """,
    )

    outcome = ask(db, "pupil_follower")

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "link", "band", "signs", "quote", "shown_name", "roll_id") == drawing("""
        subject | reason                                                                     | account | link                    | band     | signs                            | quote       | shown_name  | roll_id
        --------+----------------------------------------------------------------------------+---------+-------------------------+----------+----------------------------------+-------------+-------------+--------
        11      | An account that may belong to a pupil in Year 8 follows @OusterlyVale.     | @keeper | https://x.com/i/user/11 | likely   | The name fits. The year fits.    | Year 8 … 8D | Tia Brannel | p1
        12      | An account declared as that of a pupil in Reception follows @OusterlyVale. | @quiet  | https://x.com/i/user/12 | declared | The pupils register declares it. |             | moth lamp   | p2
    """)  # noqa: E501
    assert outcome.why == (
        "@OusterlyVale has 4 followers; all were judged. "
        "1 further account bears a pupil's name but shows too little else; it is not listed."
    )


def test_counts_the_accounts_that_nobody_can_settle(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        matches="""
            actor_id | person_id | role  | band     | is_best
            ---------+-----------+-------+----------+--------
            11       | p1        | pupil | possible | false
            11       | p2        | pupil | possible | false
            12       | p2        | pupil | possible | true
            13       | p1        | pupil | possible | true
        """,
    )

    outcome = ask(db, "pupil_follower")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why.endswith("2 further accounts bear a pupil's name but show too little else; they are not listed.")


def test_says_the_year_however_the_roll_writes_it(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        people="""
            person_id | year_group
            p5        | N
        """,
        matches="""
            actor_id | person_id | band   | is_best
            ---------+-----------+--------+--------
            11       | p3        | likely | true
            12       | p4        | likely | true
            14       | p5        | likely | true
        """,
    )

    assert found(ask(db, "pupil_follower")) == drawing("""
        subject | reason
        --------+---------------------------------------------------------------------------
        11      | An account that may belong to a pupil in Foundation follows @OusterlyVale.
        12      | An account that may belong to a pupil follows @OusterlyVale.
        14      | An account that may belong to a pupil in Nursery follows @OusterlyVale.
    """)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Lower Sixth", " in Lower Sixth"),
        ("P4", " in P4"),
        ("6th Form", " in 6th Form"),
        ("Upper V", " in Upper V"),
        ("8B", ""),
        ("Year 8 (Mrs Farrow)", ""),
        ("Beech", ""),
        ("Year 8 Brannel", ""),
    ],
)
def test_of_a_year_column_that_says_more_than_a_year_nothing_is_told(
    db: duckdb.DuckDBPyConnection, written: str, told: str
) -> None:
    _a_pupil_follows(db)
    people = f"person_id | year_group\np6 | {written}"
    fill(db, people=people, matches="actor_id | person_id | band   | is_best\n11       | p6        | likely | true")

    [one] = ask(db, "pupil_follower").exceptions

    assert one.reason == f"An account that may belong to a pupil{told} follows @OusterlyVale."


def test_one_account_declared_for_two_pupils_is_one_exception(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        matches="""
            actor_id | person_id | band     | is_best
            ---------+-----------+----------+--------
            11       | p2        | declared | true
            11       | p1        | declared | true
        """,
    )

    assert found(ask(db, "pupil_follower"), "roll_id") == drawing("""
        subject | reason                                                        | roll_id
        --------+---------------------------------------------------------------+--------
        11      | An account declared as that of a pupil follows @OusterlyVale. | p1, p2
    """)


def test_a_subscriber_is_listed_by_channel_id_and_subscribes(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage="""
            platform | account_id | platform_count | fetched | judged | is_whole
            youtube  | UC1        | 1200           | 1       | 1      | false
        """,
        followers="""
            platform | account_id | actor_id | display_name
            youtube  | UC1        | UC77     | Tia Brannel
        """,
        matches="""
            platform | actor_id | person_id | band
            youtube  | UC77     | p1        | likely
        """,
    )

    outcome = ask(db, "pupil_follower", accounts=[CHANNEL])

    assert found(outcome, "account", "link") == drawing("""
        subject | reason                                                                   | account | link
        --------+--------------------------------------------------------------------------+---------+-------------------------------------
        UC77    | An account that may belong to a pupil subscribes to @OusterlyValeSchool. | UC77    | https://www.youtube.com/channel/UC77
    """)
    assert outcome.why.startswith(
        "1 of the 1,200 subscribers that YouTube counts for @OusterlyValeSchool were fetched; all were judged."
    )


def test_the_words_that_are_quoted_are_those_of_the_signs_beside_them(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        matches="""
            actor_id | person_id | band   | is_best | reasons              | words
            ---------+-----------+--------+---------+----------------------+-----------
            11       | p1        | likely | true    | ["The year fits."]   | ["Year 8"]
            11       | p2        | likely | true    | ["The school fits."] | ["OVS"]
        """,
    )

    [one] = ask(db, "pupil_follower").exceptions

    assert (one.evidence["signs"], one.evidence["quote"]) == ("The school fits.", "OVS")


def test_lists_an_account_that_is_surely_one_of_two_pupils_and_names_neither(db: duckdb.DuckDBPyConnection) -> None:
    _a_pupil_follows(db)
    fill(
        db,
        people="""
            person_id | year_group
            q1        | 8
            q2        | 8
        """,
        matches="""
            actor_id | person_id | band     | is_best | one_of
            ---------+-----------+----------+---------+-------
            11       | q1        | possible | false   | 2
            11       | q2        | possible | false   | 2
        """,
    )

    [exception] = ask(db, "pupil_follower").exceptions

    assert exception.reason == (
        "An account that may belong to a pupil in Year 8 (one of 2, it does not show which) follows @OusterlyVale."
    )
    assert (exception.evidence["roll_id"], exception.evidence["band"]) == ("q1, q2", "likely")
