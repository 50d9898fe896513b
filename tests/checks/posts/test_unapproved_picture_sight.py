"""What the pictures check says where pictures were not seen, or not by this run."""

import duckdb

from engines.pictures.verdicts import NOT_FETCHED
from tests.checks.ask import CHANNEL, ask
from tests.drawn import fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 4       | 4
    youtube  | UC1        | 3       | 3
"""
POSTS = """
    post_id | posted_at              | is_current
    --------+------------------------+-----------
    p1      | 2026-10-01 09:00:00+00 | true
    p2      | 2026-10-02 09:00:00+00 | true
    p3      | 2026-10-03 09:00:00+00 | false
"""
MEDIA = """
    post_id | medium_id | kind
    --------+-----------+-------------
    p1      | 3_1       | photo
    p1      | 3_2       | photo
    p2      | 16_1      | animated_gif
    p3      | 3_3       | photo
"""
MOVING = "Of 1 animation on X at most the first picture was compared."
VIDEOS = """
    platform | account_id | post_id | kind  | visibility | posted_at              | is_current
    ---------+------------+---------+-------+------------+------------------------+-----------
    youtube  | UC1        | v1      | video | public     | 2026-09-01 10:00:00+00 | true
    youtube  | UC1        | v2      | video | unlisted   | 2026-09-02 10:00:00+00 | true
    youtube  | UC1        | v3      | video | private    | 2026-09-03 10:00:00+00 | false
    youtube  | UC1        | v4      | video | public     | 2026-09-04 10:00:00+00 | true
    youtube  | UC1        | v5      | video | public     | 2026-09-05 10:00:00+00 | true
    youtube  | UC1        | v6      | video | public     | 2026-09-06 10:00:00+00 | true
"""


def test_a_picture_that_did_not_come_is_not_an_exception_but_could_not_be_told(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage="""
            fetched | judged
            2       | 1
        """,
        posts=POSTS,
        media=MEDIA,
        picture_parts=f"""
            post_id | medium_id | verdict    | why
            p1      | 3_1       | approved   | It is photograph P-001.
            p1      | 3_2       | unreadable | {NOT_FETCHED}
        """,
    )

    outcome = ask(db, "unapproved_picture")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        f"@OusterlyVale has 2 posted pictures; 1 was judged. 1 posted picture could not be compared. {MOVING}"
    )


def test_nobody_to_examine_is_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage="""
            fetched | judged
            0       | 0
        """,
    )

    outcome = ask(db, "unapproved_picture")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == "@OusterlyVale has no posted pictures, so there was nothing to examine."


def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, picture_coverage=SIGHT, posts=VIDEOS)

    first = ask(db, "unapproved_picture", accounts=[CHANNEL])

    assert len(first.exceptions) == 5
    assert first == ask(db, "unapproved_picture", accounts=[CHANNEL])


def test_yesterdays_rows_do_not_hide_todays_failed_pull(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, posts=POSTS, media=MEDIA)

    outcome = ask(db, "unapproved_picture")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"The posted pictures of @OusterlyVale were not fetched in this run. {MOVING}"
