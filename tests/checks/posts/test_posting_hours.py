"""The policy wants posting to stay within the school's hours, by its own clock, and within a reasonable volume."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 20      | 20
    youtube  | UC1        | 1       | 1
"""


def _posted(db: duckdb.DuckDBPyConnection, posts: str) -> None:
    fill(db, posting_coverage=SIGHT, school="town\nOusterly", posts=posts)


def test_lists_what_went_out_at_night_by_the_clock_at_school_on_both_sides_of_its_change(
    db: duckdb.DuckDBPyConnection,
) -> None:
    _posted(
        db,
        """
        post_id | kind   | posted_at
        --------+--------+-----------------------
        s1      | post   | 2026-10-24 05:59:59+00
        s2      | post   | 2026-10-24 06:00:00+00
        s3      | post   | 2026-10-24 18:59:59+00
        s4      | repost | 2026-10-24 19:00:00+00
        w1      | reply  | 2026-10-25 06:59:59+00
        w2      | post   | 2026-10-25 07:00:00+00
        w3      | post   | 2026-10-25 19:59:59+00
        w4      | post   | 2026-10-25 20:00:00+00
        """,
    )

    outcome = ask(db, "posting_hours")

    assert outcome.verdict == "exceptions"
    assert found(outcome, "posted_on", "posted_at", "link") == drawing("""
        subject | reason                                                               | posted_on  | posted_at      | link
        --------+----------------------------------------------------------------------+------------+----------------+--------------------------
        s1      | A post by @OusterlyVale went out outside the hours of 7:00 to 20:00.   | 2026-10-24 | Saturday 06:59 | https://x.com/i/status/s1
        s4      | A repost by @OusterlyVale went out outside the hours of 7:00 to 20:00. | 2026-10-24 | Saturday 20:00 | https://x.com/i/status/s4
        w1      | A reply by @OusterlyVale went out outside the hours of 7:00 to 20:00.  | 2026-10-25 | Sunday 06:59   | https://x.com/i/status/w1
        w4      | A post by @OusterlyVale went out outside the hours of 7:00 to 20:00.   | 2026-10-25 | Sunday 20:00   | https://x.com/i/status/w4
    """)  # noqa: E501


def test_the_day_is_the_schools_own_where_midnight_there_is_not_midnight_here(db: duckdb.DuckDBPyConnection) -> None:
    _posted(
        db,
        """
        post_id | posted_at
        a       | 2026-10-22 23:10:00+00
        b       | 2026-10-22 23:20:00+00
        """,
    )

    [first] = ask(db, "posting_hours", from_hour=0, to_hour=24, most_a_day=1).exceptions

    assert (first.subject_id, first.evidence["posted_on"]) == ("b", "2026-10-23")


def test_a_video_goes_out_as_a_post_does(db: duckdb.DuckDBPyConnection) -> None:
    _posted(
        db,
        """
        platform | account_id | post_id | kind  | posted_at
        youtube  | UC1        | v1      | video | 2026-10-28 03:00:00+00
        """,
    )

    [video] = ask(db, "posting_hours", accounts=[CHANNEL]).exceptions

    assert video.reason == "A video by @OusterlyValeSchool went out outside the hours of 7:00 to 20:00."
    assert video.evidence["link"] == "https://www.youtube.com/watch?v=v1"


def test_a_day_with_too_many_posts_is_one_exception_at_the_first_too_many(db: duckdb.DuckDBPyConnection) -> None:
    rows = "\n".join(f"p{number} | 2026-10-2{day} {number}:00:00+00" for day in (7, 8) for number in range(10, 13))
    _posted(db, f"post_id | posted_at\n{rows}\nq1 | 2026-10-28 15:00:00+00\nq2 | 2026-10-28 16:00:00+00")

    outcome = ask(db, "posting_hours", most_a_day=3)

    assert found(outcome, "posts_that_day", "posted_on") == drawing("""
        subject | reason                                                                          | posts_that_day | posted_on
        --------+---------------------------------------------------------------------------------+----------------+-----------
        q1      | A post by @OusterlyVale went out on a day with 5 in all, where 3 are allowed. | 5              | 2026-10-28
    """)  # noqa: E501
    assert ask(db, "posting_hours", most_a_day=5).verdict == "kept"


def test_weekends_and_hours_are_as_the_pack_says(db: duckdb.DuckDBPyConnection) -> None:
    _posted(
        db,
        """
        post_id | posted_at
        friday  | 2026-10-30 09:00:00+00
        sunday  | 2026-11-01 21:00:00+00
        """,
    )

    strict = ask(db, "posting_hours", from_hour=8, to_hour=18, weekends=False)

    assert found(strict) == drawing("""
        subject | reason
        --------+--------------------------------------------------------------------------------------------
        sunday  | A post by @OusterlyVale went out outside the hours of 8:00 to 18:00 and at a weekend.
    """)
    assert ask(db, "posting_hours", from_hour=9, to_hour=22).verdict == "kept"
    assert [one.subject_id for one in ask(db, "posting_hours", from_hour=10, to_hour=22).exceptions] == ["friday"]


def test_what_is_older_than_the_pack_looks_back_or_gone_is_left_out(db: duckdb.DuckDBPyConnection) -> None:
    _posted(
        db,
        """
        post_id | posted_at              | is_current
        old     | 2026-10-05 03:00:00+00 | true
        recent  | 2026-10-06 03:00:00+00 | true
        gone    | 2026-10-07 03:00:00+00 | false
        """,
    )

    assert [one.subject_id for one in ask(db, "posting_hours").exceptions] == ["recent"]
    assert ask(db, "posting_hours", look_back_days=7).verdict == "kept"
