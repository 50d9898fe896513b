"""The policy wants staff not to spread the school's pictures; words, pupils and posts that have gone are not meant."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

POSTS = """
    post_id | posted_at              | is_current
    --------+------------------------+-----------
    p1      | 2026-10-01 09:00:00+00 | true
    p2      | 2026-10-08 09:00:00+00 | true
    p3      | 2026-10-15 09:00:00+00 | true
    p4      | 2026-10-22 09:00:00+00 | false
    p5      |                        | true
"""
MEDIA = """
    post_id | medium_id | kind
    --------+-----------+-------------
    p1      | 3_1       | photo
    p1      | 3_2       | photo
    p2      | 16_1      | animated_gif
    p4      | 3_4       | photo
    p5      | 7_1       | video
"""
SEEN = """
    platform_count | fetched | judged
    4              | 4       | 4
"""


def test_lists_each_account_once_with_its_count_and_the_newest_picture(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        repost_coverage=SEEN,
        posts=POSTS,
        media=MEDIA,
        actors="""
            actor_id   | handle | display_name
            21         | chalk  | Ivo Stannard
        """,
        reposts="""
            post_id | actor_id
            p1      | 21
            p2      | 21
            p3      | 21
            p4      | 21
            p5      | 22
        """,
        matches="""
            actor_id | person_id | role  | band     | words
            21       | s1        | staff | likely   | ["Teacher at OVS"]
            22       | s2        | staff | declared |
        """,
    )

    outcome = ask(db, "staff_repost")

    assert outcome.verdict == "exceptions"
    assert [one.evidence.get("quote") for one in outcome.exceptions] == ["Teacher at OVS", None]
    assert found(outcome, "account", "newest", "newest_on", "posts", "band", "roll_id") == drawing("""
        subject | reason                                                                         | account | newest                    | newest_on  | posts | band     | roll_id
        --------+--------------------------------------------------------------------------------+---------+---------------------------+------------+-------+----------+--------
        21      | An account that may belong to a member of staff reposts pictures of @OusterlyVale.    | @chalk  | https://x.com/i/status/p2 | 2026-10-08 | 2     | likely   | s1
        22      | An account declared as that of a member of staff reposts pictures of @OusterlyVale.   | 22      | https://x.com/i/status/p5 |            | 1     | declared | s2
    """)  # noqa: E501


def test_protected_reposters_leave_it_open_with_the_figure(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        repost_coverage="""
            platform_count | fetched | judged
            7              | 4       | 4
        """,
    )

    outcome = ask(db, "staff_repost")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == "4 of the 7 reposts that X counts for @OusterlyVale were fetched; all were judged."


def test_youtube_has_no_reposts(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "staff_repost", accounts=[CHANNEL]).verdict == "not_applicable"
