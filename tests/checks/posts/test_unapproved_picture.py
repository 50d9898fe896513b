"""The policy wants every picture and video on an official account to be one that somebody approved for it."""

import duckdb

from checks.catalogue import catalogue
from tests.checks.ask import CHANNEL, ask, found
from tests.checks.posts.pictures_drawn import MEDIA, MOVING, POSTS, SIGHT, VIDEOS
from tests.drawn import drawing, fill


def test_lists_pictures_without_a_standing_approval(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts=POSTS,
        media=MEDIA,
        picture_parts="""
            post_id | medium_id | verdict    | why
            --------+-----------+------------+----------------------------------
            p1      | 3_1       | approved   | It is photograph P-001.
            p1      | 3_2       | unapproved | Approved for the website only.
            p2      | 16_1      | unreadable | The picture's file is broken off.
            p3      | 3_3       | unapproved | The post has gone.
        """,
    )

    outcome = ask(db, "unapproved_picture")

    assert outcome.verdict == "exceptions"
    assert found(outcome, "link", "posted_on", "what", "why") == drawing("""
        subject | reason                                                                                          | link                      | posted_on  | what       | why
        --------+-------------------------------------------------------------------------------------------------+---------------------------+------------+------------+----------------------------------
        16_1    | An animation posted by @OusterlyVale could not be read, so nobody knows whether it is approved. | https://x.com/i/status/p2 | 2026-10-02 | animation  | The picture's file is broken off.
        3_2     | A photograph posted by @OusterlyVale has no standing approval.                                  | https://x.com/i/status/p1 | 2026-10-01 | photograph | Approved for the website only.
    """)  # noqa: E501


def test_lists_videos_that_the_register_does_not_hold(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts=VIDEOS,
        photographs="""
            photograph_id | video_id | channels  | expires_on | consent   | objection
            --------------+----------+-----------+------------+-----------+----------
            vd-1          | v1       | x;youtube |            | given     | none
            vd-1b         | v1       | youtube   | 2026-09-30 |           |
            vd-2          | v2       | x         |            |           |
            vd-4          | v4       | youtube   | 2026-09-30 |           |
            vd-5          | v5       | youtube   |            | Withdrawn |
            vd-6a         | v6       | youtube   | 2026-11-02 |           |
            vd-6b         | v6       | youtube   |            |           | By letter
        """,
    )

    outcome = ask(db, "unapproved_picture", accounts=[CHANNEL])

    assert found(outcome, "what", "link", "why") == drawing("""
        subject | reason                                                          | what  | link                               | why
        --------+-----------------------------------------------------------------+-------+------------------------------------+---------------------------------------------------------------
        v2      | A video posted by @OusterlyValeSchool has no standing approval. | video | https://www.youtube.com/watch?v=v2 | The photographs register does not hold this video for YouTube.
        v4      | A video posted by @OusterlyValeSchool has no standing approval. | video | https://www.youtube.com/watch?v=v4 | The approval of the video ran out on 2026-09-30.
        v5      | A video posted by @OusterlyValeSchool has no standing approval. | video | https://www.youtube.com/watch?v=v5 | The consent for the video has been refused or withdrawn.
        v6      | A video posted by @OusterlyValeSchool has no standing approval. | video | https://www.youtube.com/watch?v=v6 | Somebody has objected to the video.
    """)  # noqa: E501


def test_a_thumbnail_is_a_picture_like_any_other(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts=VIDEOS,
        photographs="""
            photograph_id | video_id | channels
            vd-1          | v1       | youtube
            vd-2          | v2       | youtube
            vd-4          | v4       | youtube
            vd-5          | v5       | youtube
            vd-6          | v6       | youtube
        """,
        media="""
            platform | account_id | post_id | medium_id    | kind
            youtube  | UC1        | v1      | v1/thumbnail | thumbnail
            youtube  | UC1        | v1      | v1/shorts    | shorts_thumbnail
        """,
        picture_parts="""
            platform | account_id | post_id | medium_id    | verdict    | why
            youtube  | UC1        | v1      | v1/thumbnail | unapproved | Approved for X only.
            youtube  | UC1        | v1      | v1/shorts    | unapproved | Nothing is like it.
        """,
    )

    assert found(ask(db, "unapproved_picture", accounts=[CHANNEL]), "why") == drawing("""
        subject      | reason                                                              | why
        -------------+---------------------------------------------------------------------+---------------------
        v1/shorts    | A thumbnail for Shorts posted by @OusterlyValeSchool has no standing approval. | Nothing is like it.
        v1/thumbnail | A thumbnail posted by @OusterlyValeSchool has no standing approval. | Approved for X only.
    """)  # noqa: E501


def test_near_misses_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts=POSTS,
        media=MEDIA,
        picture_parts="""
            post_id | medium_id | verdict    | why
            p1      | 3_1       | approved   | It is photograph P-001.
            p3      | 3_3       | unapproved | The post has gone.
        """,
    )

    outcome = ask(db, "unapproved_picture")

    assert outcome.verdict == "kept"
    assert outcome.why == f"@OusterlyVale has 4 posted pictures; all were judged. {MOVING}"


def test_the_same_picture_on_two_posts_is_one_exception_at_the_first(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts=POSTS,
        media="""
            post_id | medium_id | kind
            p2      | 3_1       | photo
            p1      | 3_1       | photo
        """,
        picture_parts="""
            post_id | medium_id | verdict    | why
            p2      | 3_1       | unapproved | Nothing is like it.
            p1      | 3_1       | unapproved | Nothing is like it.
        """,
    )

    assert [one.evidence["posted_on"] for one in ask(db, "unapproved_picture").exceptions] == ["2026-10-01"]


def test_a_picture_in_a_comment_is_told_as_what_it_is_with_the_way_to_the_comment(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        posts="platform | account_id | post_id | kind\nyoutube | UC1 | v1 | video",
        comments="""
            platform | account_id | post_id | comment_id | kind    | picture_url | posted_at              | is_current
            youtube  | UC1        | v1      | c1         | comment | https://p/1 | 2026-10-05 09:00:00+00 | true
            youtube  | UC1        |         | c2         | comment | https://p/2 | 2026-10-06 09:00:00+00 | true
            youtube  | UC1        | v1      | c3         | comment | https://p/3 | 2026-10-07 09:00:00+00 | false
            youtube  | UC1        | v1      | c4         | comment | https://p/4 | 2026-10-08 09:00:00+00 | true
        """,
        media="""
            platform | account_id | post_id | medium_id  | kind
            youtube  | UC1        | c1      | c1/picture | comment_picture
            youtube  | UC1        | c2      | c2/picture | comment_picture
            youtube  | UC1        | c3      | c3/picture | comment_picture
            youtube  | UC1        | c4      | c4/picture | comment_picture
        """,
        picture_parts="""
            platform | account_id | post_id | medium_id  | verdict    | why
            youtube  | UC1        | c1      | c1/picture | unapproved | Nothing is like it.
            youtube  | UC1        | c2      | c2/picture | unreadable | The picture's file is broken off.
            youtube  | UC1        | c3      | c3/picture | unapproved | The comment has gone.
            youtube  | UC1        | c4      | c4/picture | approved   | It is photograph P-001.
        """,
        photographs="photograph_id | video_id | channels\nvd-1 | v1 | youtube",
    )

    outcome = ask(db, "unapproved_picture", accounts=[CHANNEL])

    assert found(outcome, "link", "posted_on", "what") == drawing("""
        subject    | reason                                                                                                                             | link                                     | posted_on  | what
        c1/picture | A picture in a comment on a video of @OusterlyValeSchool has no standing approval.                                                  | https://www.youtube.com/watch?v=v1&lc=c1 | 2026-10-05 | picture in a comment
        c2/picture | A picture in a comment on the channel of @OusterlyValeSchool could not be read, so nobody knows whether it is approved. | https://www.youtube.com/channel/UC1      | 2026-10-06 | picture in a comment
    """)  # noqa: E501
    assert "Hide a comment" in catalogue()["unapproved_picture"].next_step
