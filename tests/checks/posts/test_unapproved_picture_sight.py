"""What the pictures check says where pictures were not seen, or not by this run."""

import duckdb

from engines.pictures.verdicts.channel_verdicts import NOT_FETCHED
from tests.checks.ask import CHANNEL, ask
from tests.checks.posts.pictures_drawn import MEDIA, MOVING, POSTS, SIGHT, VIDEOS
from tests.drawn import fill


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
