"""The policy wants nothing party-political, religious, commercial or private in an official post."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def test_lists_posts_and_reposts_with_what_they_seem_to_be(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            post_id | kind   | posted_at              | is_current | text
            a1      | repost | 2026-10-01 09:00:00+00 | true       | Vote Labour on Thursday!
            a2      | quote  | 2026-10-02 09:00:00+00 | true       | Buy now with my discount code
            a3      | post   | 2026-10-03 09:00:00+00 | true       | Happy birthday to my lovely husband
            a4      | post   | 2026-10-04 09:00:00+00 | false      | Vote Labour on Thursday!
            a5      | post   | 2026-10-05 09:00:00+00 | true       | Vote Labour on Thursday! Buy with my discount code
        """,
    )

    outcome = ask(db, "partisan_or_personal")

    assert found(outcome, "quote", "kind", "where", "posted_on") == drawing("""
        subject | reason                                                                           | quote                                              | kind                 | where | posted_on
        --------+----------------------------------------------------------------------------------+----------------------------------------------------+----------------------+-------+-----------
        a1      | A repost by @OusterlyVale seems to take a side in party politics.                | Vote Labour on Thursday!                           | partisan             | text  | 2026-10-01
        a2      | A quote by @OusterlyVale seems to advertise.                                     | Buy now with my discount code                      | commercial           | text  | 2026-10-02
        a3      | A post by @OusterlyVale seems to be somebody's private post.                     | Happy birthday to my lovely husband                | personal             | text  | 2026-10-03
        a5      | A post by @OusterlyVale seems to advertise and to take a side in party politics. | Vote Labour on Thursday! Buy with my discount code | commercial, partisan | text  | 2026-10-05
    """)  # noqa: E501


def test_reads_the_tags_of_a_video(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            platform | account_id | post_id | kind  | title   | text    | tags
            youtube  | UC1        | v1      | video | Concert | Concert | cello; vote labour
        """,
    )

    [video] = ask(db, "partisan_or_personal", accounts=[CHANNEL]).exceptions

    assert (video.subject_id, video.evidence["where"]) == ("v1", "tag")


def test_words_that_merely_look_alike_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        posts="""
            post_id | text
            a1      | Vote for our school council
            a2      | Polling station: school closed on Thursday
            a3      | Year 4 visited the mosque and the church
            a4      | Cake sale after school, 50p each, for the hospice
        """,
    )

    assert ask(db, "partisan_or_personal").verdict == "kept"
