"""The policy wants no post to show where to find a member of staff in private."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def _school(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        people="""
            role   | person_id | surname   | x_account     | youtube_account
            staff  | s1        | Orlebar   |               |
            staff  | s2        | Marlby    | @Marlby_Reads | marlby.reads
            staff  | s3        | Vale      | OusterlyPE    |
            parent | f1        | Pettigrow | @pettigrow    |
        """,
        actors="""
            actor_id | handle     | display_name
            11       | orlebar_b  | Bea Orlebar
            12       | quillshop  | Quill & Co
            13       | bea_two    | Bea Orlebar
        """,
        matches="""
            actor_id | person_id | role  | band     | is_best
            11       | s1        | staff | likely   | true
            13       | s1        | staff | possible | true
        """,
    )


def test_lists_the_handles_of_accounts_known_or_declared_to_be_staffs(db: duckdb.DuckDBPyConnection) -> None:
    _school(db)
    fill(
        db,
        posts="""
            post_id | is_current | text
            a1      | true       | Thanks @Orlebar_B, a fine club.
            a2      | true       | Read with @marlby_reads. Or not.
            a3      | true       | Framed by @quillshop, seen by @bea_two and @pettigrow
            a4      | true       | Write to office@marlby_reads, follow @OusterlyPE
            a5      | false      | Thanks @orlebar_b
        """,
    )

    outcome = ask(db, "staff_handle_shown")

    assert found(outcome, "account", "band", "roll_id", "where", "actor") == drawing("""
        subject | reason                                                                                | account       | band     | roll_id | where | actor
        --------+---------------------------------------------------------------------------------------+---------------+----------+---------+-------+------
        a1      | A post by @OusterlyVale shows an account that may belong to a member of staff.          | @orlebar_b    | likely   | s1      | text  | 11
        a2      | A post by @OusterlyVale shows an account declared as that of a member of staff.         | @marlby_reads | declared | s2      | text  |
    """)  # noqa: E501
    assert {one.concerns for one in outcome.exceptions} == {"staff"}


def test_a_handle_is_one_of_the_platform_on_which_it_is_shown(db: duckdb.DuckDBPyConnection) -> None:
    _school(db)
    fill(
        db,
        posts="""
            platform | account_id | post_id | kind  | text
            youtube  | UC1        | v1      | video | With @marlby.reads.
            youtube  | UC1        | v2      | video | With @marlby_reads
        """,
    )

    outcome = ask(db, "staff_handle_shown", accounts=[TOWN, CHANNEL])

    assert [one.subject_id for one in outcome.exceptions] == ["v1"]
