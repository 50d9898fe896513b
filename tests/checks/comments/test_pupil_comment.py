"""The policy wants no pupil's own account to answer the school; a parent's or a deleted answer is none."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill

PEOPLE = """
    role  | person_id | year_group
    ------+-----------+-----------
    pupil | p1        | 8
    pupil | p2        | R
    pupil | p3        | N
    pupil | p4        | Foundation
    pupil | p5        |
    staff | s1        |
"""
ACTORS = """
    actor_id   | handle   | display_name
    -----------+----------+-------------
    11         | @keeper  | Tia Brannel
    12         | quiet    | moth lamp
    13         |          | Ola Brannel
"""
SEEN = """
    platform | account_id | platform_count | fetched | judged
    ---------+------------+----------------+---------+-------
    x        | 100        |                | 4       | 4
    x        | 200        |                | 1       | 1
    youtube  | UC1        | 2              | 2       | 2
"""
TIMES = """
    comment_id | actor_id | kind    | posted_at              | is_current
    -----------+----------+---------+------------------------+-----------
    c1         | 11       | reply   | 2026-10-05 09:00:00+00 | true
    c2         | 11       | mention | 2026-10-19 09:00:00+00 | true
    c3         | 11       | reply   | 2026-10-12 09:00:00+00 | true
    c4         | 11       | quote   | 2026-10-26 09:00:00+00 | false
    c5         | 12       | quote   |                        | true
"""


def test_lists_each_account_once_with_its_count_and_its_newest_comment(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        commenter_coverage=SEEN,
        people=PEOPLE,
        actors=ACTORS,
        comments=TIMES,
        matches="""
            actor_id | person_id | band     | reasons                              | words
            ---------+-----------+----------+--------------------------------------+-----------
            11       | p1        | likely   | ["The name fits.", "The year fits."] | ["Year 8"]
            12       | p2        | declared | ["The pupils register declares it."] |
        """,
    )

    outcome = ask(db, "pupil_comment")

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "newest", "newest_on", "comments", "kinds", "band", "roll_id") == drawing("""
        subject | reason                                                                               | account | newest                     | newest_on  | comments | kinds          | band     | roll_id
        --------+--------------------------------------------------------------------------------------+---------+----------------------------+------------+----------+----------------+----------+--------
        11      | An account that may belong to a pupil in Year 8 writes to or about @OusterlyVale.    | @keeper | https://x.com/i/status/c2  | 2026-10-19 | 3        | mention, reply | likely   | p1
        12      | An account declared as that of a pupil in Reception writes to or about @OusterlyVale.| @quiet  | https://x.com/i/status/c5  |            | 1        | quote          | declared | p2
    """)  # noqa: E501
    assert [(one.evidence["signs"], one.evidence.get("quote")) for one in outcome.exceptions] == [
        ("The name fits. The year fits.", "Year 8"),
        ("The pupils register declares it.", None),
    ]


@pytest.mark.parametrize(
    ("person", "whose"),
    [
        ("p1", "a pupil in Year 8"),
        ("p2", "a pupil in Reception"),
        ("p3", "a pupil in Nursery"),
        ("p4", "a pupil in Foundation"),
        ("p5", "a pupil"),
    ],
)
def test_says_the_year_however_the_roll_writes_it(db: duckdb.DuckDBPyConnection, person: str, whose: str) -> None:
    fill(
        db,
        people=PEOPLE,
        comments=TIMES,
        matches=f"""
            actor_id | person_id | band
            12       | {person}  | likely
        """,
    )

    [only] = ask(db, "pupil_comment").exceptions

    assert only.reason == f"An account that may belong to {whose} writes to or about @OusterlyVale."


def test_an_account_of_two_pupils_that_writes_to_two_accounts_is_one_exception_at_each(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        db,
        people=PEOPLE,
        comments="""
            account_id | comment_id | actor_id
            100        | c1         | 13
            200        | c1         | 13
        """,
        matches="""
            actor_id | person_id | band     | reasons
            13       | p2        | declared | ["The second."]
            13       | p1        | declared | ["The first."]
        """,
    )

    outcome = ask(db, "pupil_comment", accounts=[TOWN, PE])

    assert found(outcome, "account", "roll_id", "signs") == drawing("""
        subject | reason                                                                   | account | roll_id | signs
        --------+--------------------------------------------------------------------------+---------+---------+-----------
        13      | An account declared as that of a pupil writes to or about @OusterlyVale. | 13      | p1, p2  | The first.
        13      | An account declared as that of a pupil writes to or about @OusterlyPE.   | 13      | p1, p2  | The first.
    """)  # noqa: E501


def test_a_comment_on_a_video_is_linked_below_it(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        commenter_coverage=SEEN,
        people=PEOPLE,
        comments="""
            platform | account_id | post_id | comment_id | actor_id | kind
            youtube  | UC1        | v1      | c1         | UC77     | comment
            youtube  | UC1        |         | c2         | UC78     | comment
        """,
        matches="""
            platform | actor_id | person_id | band
            youtube  | UC77     | p5        | likely
            youtube  | UC78     | p5        | likely
        """,
    )

    assert found(ask(db, "pupil_comment", accounts=[CHANNEL]), "newest") == drawing("""
        subject | reason                                                                                | newest
        --------+---------------------------------------------------------------------------------------+----------------------------------------------
        UC77    | An account that may belong to a pupil comments on the videos of @OusterlyValeSchool.  | https://www.youtube.com/watch?v=v1&lc=c1
        UC78    | An account that may belong to a pupil comments on the videos of @OusterlyValeSchool.  | https://www.youtube.com/channel/UC1
    """)
