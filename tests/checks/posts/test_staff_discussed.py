"""The policy wants official posts to carry nothing personal about the staff; news of their work is no such thing."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def test_lists_posts_that_tell_something_personal(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            post_id | posted_at              | is_current | text
            a1      | 2026-10-01 09:00:00+00 | true       | Get well soon, Mrs Orlebar, after your operation!
            a2      | 2026-10-02 09:00:00+00 | false      | Get well soon, Mr Pettigrove!
        """,
    )

    outcome = ask(db, "staff_discussed")

    assert found(outcome, "kind", "where", "signs", "posted_on") == drawing("""
        subject | reason                                                                          | kind   | where | signs                                                   | posted_on
        --------+---------------------------------------------------------------------------------+--------+-------+---------------------------------------------------------+-----------
        a1      | A post by @OusterlyVale seems to tell something personal about the staff. | health | text  | The words speak of the health of somebody on the staff. | 2026-10-01
    """)  # noqa: E501
    assert outcome.exceptions[0].evidence["quote"] == "Get well soon, Mrs Orlebar, after your operation!"


def test_reads_the_title_of_a_video(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            platform | account_id | post_id | kind  | title                       | text
            youtube  | UC1        | v1      | video | Get well soon, Mrs Orlebar! | Year 5 sings
        """,
    )

    [video] = ask(db, "staff_discussed", accounts=[CHANNEL]).exceptions

    assert (video.subject_id, video.evidence["where"]) == ("v1", "title")


def test_news_of_their_work_is_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            post_id | text
            a1      | Mrs Orlebar's class built a model hospital
            a2      | Thank you to Mr Pettigrove for the science club
            a3      | Year 3 made get well cards for the hospice
        """,
    )

    assert ask(db, "staff_discussed").verdict == "kept"
