"""The policy wants no former pupil who is still a child among the followers; nobody's age is guessed."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 6              | 6       | 6
    youtube  | UC1        |                | 1       | 1
"""


def _leavers_follow(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        people="""
            role   | person_id | date_of_birth | left_on
            -------+-----------+---------------+-----------
            leaver | l1        | 2008-11-03    | 2025-07-20
            leaver | l2        | 2008-11-02    | 2025-07-20
            leaver | l3        |               | 2025-07-20
            leaver | l4        |               |
            leaver | l5        |               | 2008-07-20
            leaver | l6        | 2012-01-01    |
            pupil  | l2        | 2014-01-01    |
        """,
        followers="""
            platform | account_id | actor_id | handle | display_name | is_current
            ---------+------------+----------+--------+--------------+-----------
            x        | 100        | 41       | tomor  | Ona Leyton   | true
            x        | 100        | 42       | today  | Ola Leyton   | true
            x        | 100        | 43       |        | Oda Leyton   | true
            x        | 100        | 44       | undat  | Ota Leyton   | true
            x        | 100        | 45       | long   | Osa Leyton   | true
            x        | 100        | 46       | gone   | Oma Leyton   | false
            youtube  | UC1        | UC46     |        | Oma Leyton   | true
        """,
        matches="""
            platform | actor_id | person_id | role   | band     | reasons
            ---------+----------+-----------+--------+----------+------------------
            x        | 41       | l1        | leaver | likely   | ["The name."]
            x        | 42       | l2        | leaver | declared | ["The register."]
            x        | 43       | l3        | leaver | declared | ["The register."]
            x        | 44       | l4        | leaver | likely   | ["The name."]
            x        | 45       | l5        | leaver | likely   | ["The name."]
            x        | 46       | l6        | leaver | likely   | ["The name."]
            youtube  | UC46     | l6        | leaver | likely   | ["The name."]
        """,
    )


def test_lists_those_under_age_and_those_whose_age_nobody_knows(db: duckdb.DuckDBPyConnection) -> None:
    _leavers_follow(db)

    outcome = ask(db, "leaver_follower")

    assert outcome.verdict == "exceptions"
    assert outcome.why == "@OusterlyVale has 6 followers; all were judged."
    assert found(outcome, "account", "band", "signs", "shown_name", "roll_id") == drawing("""
        subject | reason                                                                                                           | account | band     | signs         | shown_name | roll_id
        --------+------------------------------------------------------------------------------------------------------------------+---------+----------+---------------+------------+--------
        41      | An account that may belong to a former pupil under 18 follows @OusterlyVale.                                     | @tomor  | likely   | The name.     | Ona Leyton | l1
        43      | An account declared as that of a former pupil whose age is not on the register follows @OusterlyVale.            | 43      | declared | The register. | Oda Leyton | l3
        44      | An account that may belong to a former pupil whose age is not on the register follows @OusterlyVale.             | @undat  | likely   | The name.     | Ota Leyton | l4
    """)  # noqa: E501


def test_a_subscriber_is_listed_by_channel(db: duckdb.DuckDBPyConnection) -> None:
    _leavers_follow(db)

    assert found(ask(db, "leaver_follower", accounts=[CHANNEL]), "link") == drawing("""
        subject | reason                                                                                    | link
        --------+-------------------------------------------------------------------------------------------+-------------------------------------
        UC46    | An account that may belong to a former pupil under 18 subscribes to @OusterlyValeSchool. | https://www.youtube.com/channel/UC46
    """)


def test_the_pack_may_set_another_age(db: duckdb.DuckDBPyConnection) -> None:
    _leavers_follow(db)

    younger, older = (ask(db, "leaver_follower", until_age=age) for age in (16, 19))

    assert [one.subject_id for one in younger.exceptions] == ["43", "44"]
    assert [one.subject_id for one in older.exceptions] == ["41", "42", "43", "44", "45"]
    assert older.exceptions[1].reason == "An account declared as that of a former pupil under 19 follows @OusterlyVale."


def test_of_two_former_pupils_who_declare_one_account_the_grown_up_one_is_left_out(
    db: duckdb.DuckDBPyConnection,
) -> None:
    _leavers_follow(db)
    fill(
        db,
        matches="""
            actor_id | person_id | role   | band
            42       | l1        | leaver | declared
        """,
    )

    assert {one.subject_id: one.evidence["roll_id"] for one in ask(db, "leaver_follower").exceptions}["42"] == "l1"


def test_lists_an_account_that_is_surely_one_of_two_of_whom_one_is_still_a_child(db: duckdb.DuckDBPyConnection) -> None:
    _leavers_follow(db)
    db.execute("delete from core.matches")
    fill(
        db,
        matches="""
            platform | actor_id | person_id | role   | band     | is_best | one_of | reasons
            x        | 41       | l1        | leaver | possible | true    | 2      | ["The name."]
            x        | 41       | l2        | leaver | possible | false   | 2      | ["The name."]
            x        | 42       | l2        | leaver | possible | true    | 2      | ["The name."]
            x        | 42       | l5        | leaver | possible | false   | 2      | ["The name."]
            x        | 43       | l3        | leaver | possible | true    | 2      | ["The name."]
        """,
    )

    outcome = ask(db, "leaver_follower")

    assert [(one.subject_id, one.evidence["roll_id"], one.reason) for one in outcome.exceptions] == [
        (
            "41",
            "l1, l2",
            (
                "An account that may belong to a former pupil under 18 (one of 2, it does not show which) "
                "follows @OusterlyVale."
            ),
        )
    ]
    assert "1 further account bears a former pupil's name but shows too little else; it is not listed." in outcome.why


def test_a_grown_up_former_pupil_of_a_name_leaves_nothing_to_settle(db: duckdb.DuckDBPyConnection) -> None:
    _leavers_follow(db)
    db.execute("delete from core.matches where actor_id != '42'")
    db.execute("update core.matches set band = 'possible', person_id = 'l2'")

    verdicts = [ask(db, "leaver_follower", until_age=age).verdict for age in (18, 19)]

    assert verdicts == ["kept", "could_not_tell"]
