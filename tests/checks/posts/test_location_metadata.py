"""The policy wants no posted picture and no approved master to tell where it was taken."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SCHOOL = ("school", "ousterly-vale")


def test_lists_posted_pictures_that_hold_a_position(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        position_coverage="""
            platform | account_id | fetched | judged
            x        | 100        | 4       | 4
            youtube  | UC1        | 1       | 1
        """,
        posts="""
            platform | account_id | post_id | posted_at              | is_current
            x        | 100        | p1      | 2026-10-01 09:00:00+00 | true
            x        | 100        | p2      | 2026-10-02 09:00:00+00 | true
            x        | 100        | p3      | 2026-10-03 09:00:00+00 | false
            youtube  | UC1        | v1      | 2026-10-04 09:00:00+00 | true
        """,
        media="""
            platform | account_id | post_id | medium_id | kind
            x        | 100        | p2      | 3_1       | photo
            x        | 100        | p1      | 3_1       | photo
            x        | 100        | p1      | 3_2       | photo
            x        | 100        | p1      | 16_1      | animated_gif
            x        | 100        | p3      | 3_3       | photo
            youtube  | UC1        | v1      | v1/t      | thumbnail
        """,
        picture_verdicts="""
            platform | account_id | post_id | medium_id | has_position | verdict
            x        | 100        | p2      | 3_1       | true         | approved
            x        | 100        | p1      | 3_1       | true         | approved
            x        | 100        | p1      | 3_2       | false        | unapproved
            x        | 100        | p1      | 16_1      |              | unreadable
            x        | 100        | p3      | 3_3       | true         | approved
            youtube  | UC1        | v1      | v1/t      | true         | approved
        """,
    )

    outcome = ask(db, "location_metadata", accounts=[TOWN, CHANNEL])

    assert found(outcome, "link", "posted_on") == drawing("""
        subject | reason                                                                        | link                               | posted_on
        --------+-------------------------------------------------------------------------------+------------------------------------+-----------
        3_1     | A photograph posted by @OusterlyVale tells in its file where it was taken.    | https://x.com/i/status/p1          | 2026-10-01
        v1/t    | A thumbnail posted by @OusterlyValeSchool tells in its file where it was taken. | https://www.youtube.com/watch?v=v1 | 2026-10-04
    """)  # noqa: E501


def test_lists_masters_that_hold_a_position(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        position_coverage="""
            platform | account_id    | fetched | judged
            school   | ousterly-vale | 3       | 2
        """,
        school="town\nOusterly",
        masters="""
            photograph_id | has_position
            P-1           | true
            P-2           | false
            P-3           |
        """,
    )

    outcome = ask(db, "location_metadata", accounts=[SCHOOL])

    assert found(outcome, "photograph_id") == drawing("""
        subject | reason                                                                     | photograph_id
        --------+----------------------------------------------------------------------------+--------------
        P-1     | A master on the photographs register tells in its file where it was taken. | P-1
    """)
    assert outcome.why == (
        "The school has 3 approved masters; 2 were judged. 1 approved master was not searched for a position."
    )


def test_a_master_that_could_not_be_searched_leaves_it_open(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        position_coverage="""
            platform | account_id    | fetched | judged
            school   | ousterly-vale | 2       | 1
        """,
        school="town\nOusterly",
        masters="""
            photograph_id | has_position
            P-1           | false
            P-2           |
        """,
    )

    assert ask(db, "location_metadata", accounts=[SCHOOL]).verdict == "could_not_tell"


def test_pictures_and_masters_without_a_position_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        position_coverage="""
            platform | account_id    | fetched | judged
            x        | 100           | 1       | 1
            school   | ousterly-vale | 1       | 1
        """,
        school="town\nOusterly",
        masters="photograph_id | has_position\nP-1 | false",
        posts="post_id\np1",
        media="post_id | medium_id\np1 | 3_1",
        picture_verdicts="post_id | medium_id | has_position\np1 | 3_1 | false",
    )

    assert ask(db, "location_metadata", accounts=[TOWN, SCHOOL]).verdict == "kept"
