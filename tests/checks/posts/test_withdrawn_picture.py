"""The policy wants no standing post to show a picture whose consent was withdrawn, objected to or has run out."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 6       | 6
    youtube  | UC1        | 6       | 6
"""


def _pictures(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts="""
            post_id | posted_at              | is_current
            --------+------------------------+-----------
            p1      | 2026-10-01 09:00:00+00 | true
            p2      | 2026-10-02 09:00:00+00 | true
            p3      | 2026-10-03 09:00:00+00 | false
        """,
        media="""
            post_id | medium_id | kind
            --------+-----------+-------------
            p1      | 3_1       | photo
            p1      | 3_2       | photo
            p1      | 3_3       | photo
            p2      | 16_1      | animated_gif
            p2      | 3_4       | photo
            p2      | 3_5       | photo
            p3      | 3_6       | photo
        """,
        photographs="""
            photograph_id | channels  | expires_on | consent    | objection
            --------------+-----------+------------+------------+----------
            P-1           | x;website |            | Withdrawn  |
            P-2           | x         |            | given      | By letter
            P-3           | x         | 2026-11-01 | given      | none
            P-4           | website   |            | refused    |
            P-5           | website   | 2026-11-01 |            |
            P-6           | x         | 2026-11-02 |            |
        """,
        picture_parts="""
            post_id | medium_id | verdict    | photograph_id | why
            --------+-----------+------------+---------------+-----------------------------
            p1      | 3_1       | unapproved | P-1           | The consent is withdrawn.
            p1      | 3_2       | unapproved | P-2           | Somebody has objected.
            p1      | 3_3       | unapproved | P-3           | The approval ran out.
            p2      | 16_1      | unapproved | P-4           | The consent is refused.
            p2      | 3_4       | unapproved | P-5           | Approved for the website only.
            p2      | 3_5       | approved   | P-6           | It is photograph P-6.
            p3      | 3_6       | unapproved | P-1           | The post has gone.
        """,
    )


def test_lists_pictures_whose_approval_has_ended_and_says_how(db: duckdb.DuckDBPyConnection) -> None:
    _pictures(db)

    outcome = ask(db, "withdrawn_picture")

    assert outcome.verdict == "exceptions"
    assert found(outcome, "what", "ended", "photograph_id", "posted_on") == drawing("""
        subject | reason                                                                                                          | what       | ended                 | photograph_id | posted_on
        --------+-----------------------------------------------------------------------------------------------------------------+------------+-----------------------+---------------+-----------
        16_1    | An animation posted by @OusterlyVale is still shown although the consent for it has been refused or withdrawn. | animation  | consent withdrawn     | P-4           | 2026-10-02
        3_1     | A photograph posted by @OusterlyVale is still shown although the consent for it has been refused or withdrawn. | photograph | consent withdrawn     | P-1           | 2026-10-01
        3_2     | A photograph posted by @OusterlyVale is still shown although somebody has objected to it.                      | photograph | objection             | P-2           | 2026-10-01
        3_3     | A photograph posted by @OusterlyVale is still shown although its approval has run out.                         | photograph | expired on 2026-11-01 | P-3           | 2026-10-01
    """)  # noqa: E501


def test_no_picture_stands_under_both_checks_when_the_pack_asks_for_both(db: duckdb.DuckDBPyConnection) -> None:
    _pictures(db)

    ended = {one.subject_id for one in ask(db, "withdrawn_picture").exceptions}
    never = {one.subject_id for one in ask(db, "unapproved_picture", include_ended=False).exceptions}

    assert (ended, never) == ({"16_1", "3_1", "3_2", "3_3"}, {"3_4"})


def test_a_pack_that_asks_for_unapproved_pictures_alone_loses_nothing(db: duckdb.DuckDBPyConnection) -> None:
    _pictures(db)

    listed = {one.subject_id for one in ask(db, "unapproved_picture").exceptions}

    assert listed == {"16_1", "3_1", "3_2", "3_3", "3_4"}


def test_lists_registered_videos_whose_approval_has_ended(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts="""
            platform | account_id | post_id | kind  | visibility | is_current
            ---------+------------+---------+-------+------------+-----------
            youtube  | UC1        | v1      | video | public     | true
            youtube  | UC1        | v2      | video | unlisted   | true
            youtube  | UC1        | v3      | video | public     | true
            youtube  | UC1        | v4      | video | public     | true
            youtube  | UC1        | v5      | video | private    | false
            youtube  | UC1        | v6      | video | public     | true
            youtube  | UC1        | v7      | video | public     | true
        """,
        photographs="""
            photograph_id | video_id | channels | expires_on | consent   | objection
            --------------+----------+----------+------------+-----------+----------
            V-1           | v1       | youtube  |            | withdrawn |
            V-2           | v2       | youtube  | 2026-10-31 |           |
            V-3           | v3       | x        |            |           | By letter
            V-4           | v4       | youtube  | 2025-10-31 |           |
            V-4a          | v4       | youtube  | 2027-10-31 |           |
            V-5           | v5       | youtube  |            | withdrawn |
            V-6           | v6       | x        | 2026-10-31 |           |
        """,
    )

    outcome = ask(db, "withdrawn_picture", accounts=[CHANNEL])

    assert found(outcome, "what", "ended", "photograph_id") == drawing("""
        subject | reason                                                                                                          | what  | ended                 | photograph_id
        --------+-----------------------------------------------------------------------------------------------------------------+-------+-----------------------+--------------
        v1      | A video posted by @OusterlyValeSchool is still shown although the consent for it has been refused or withdrawn. | video | consent withdrawn     | V-1
        v2      | A video posted by @OusterlyValeSchool is still shown although its approval has run out.                         | video | expired on 2026-10-31 | V-2
        v3      | A video posted by @OusterlyValeSchool is still shown although somebody has objected to it.                      | video | objection             | V-3
    """)  # noqa: E501
    never = ask(db, "unapproved_picture", [CHANNEL], include_ended=False)
    assert [one.subject_id for one in never.exceptions] == ["v6", "v7"]


def test_near_misses_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts="""
            post_id
            p1
        """,
        media="""
            post_id | medium_id
            p1      | 3_1
            p1      | 3_2
            p1      | 3_3
        """,
        photographs="""
            photograph_id | channels | expires_on | consent | objection
            P-1           | x        | 2026-11-02 | given   | overruled
            P-2           | website  |            |         |
        """,
        picture_parts="""
            post_id | medium_id | verdict    | photograph_id | why
            p1      | 3_1       | approved   | P-1           | It is photograph P-1.
            p1      | 3_2       | unapproved | P-2           | Approved for the website only.
            p1      | 3_3       | unapproved |               | No approved photograph is like it.
        """,
    )

    assert ask(db, "withdrawn_picture", accounts=[TOWN]).verdict == "kept"
