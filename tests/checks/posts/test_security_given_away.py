"""The policy wants no post to give away how the school is kept safe or where pupils will be."""

import duckdb

from tests.checks.ask import ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def test_lists_codes_keys_an_empty_school_and_trips_ahead(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        posts="""
            post_id | is_current | text
            a1      | true       | The side gate code is 4512.
            a2      | true       | The school will be empty over half-term and the hall key is under the mat.
            a3      | true       | Year 4 will be at Chester Zoo on Thursday.
            a4      | true       | Year 4 went to Chester Zoo on Thursday.
            a5      | true       | The code club meets on Tuesday.
            a6      | false      | The side gate code is 4512.
        """,
    )

    outcome = ask(db, "security_given_away")

    assert found(outcome, "kind", "where") == drawing("""
        subject | reason                                                                                                                    | kind       | where
        --------+---------------------------------------------------------------------------------------------------------------------------+------------+------
        a1      | A post by @OusterlyVale seems to give the code of a door, a gate or an alarm.                                             | code       | text
        a2      | A post by @OusterlyVale seems to tell where a key is or who holds one and to tell when nobody will be at the school. | empty, key | text
        a3      | A post by @OusterlyVale seems to tell ahead on which day and where pupils will be.                                        | trip       | text
    """)  # noqa: E501


def test_lists_a_post_beside_which_its_platform_shows_a_place_once(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        posts="""
            post_id | is_current | has_place | text
            a1      | true       | true      | Here we are.
            a2      | true       | true      | The side gate code is 4512.
            a3      | true       | true      | Year 5 are off on their trip tomorrow.
            a4      | true       | false     | Here we are.
            a5      | true       |           | Here we are.
            a6      | false      | true      | Here we are.
        """,
    )

    outcome = ask(db, "security_given_away")

    assert [(one.subject_id, one.evidence["kind"]) for one in outcome.exceptions] == [
        ("a1", "place"),
        ("a2", "code"),
        ("a3", "place"),
    ]
    assert outcome.exceptions[0].reason == "A post by @OusterlyVale shows a place beside it."
    assert outcome.unread == ()


def test_a_trip_without_a_place_is_left_to_a_person(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, said_coverage=SIGHT, posts="post_id | text\na1 | Year 5 are off on their trip tomorrow.")

    outcome = ask(db, "security_given_away")

    assert (outcome.verdict, outcome.exceptions, len(outcome.unread)) == ("could_not_tell", (), 1)
