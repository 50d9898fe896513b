"""The duty to those who cannot see a picture: every recent photograph has a text that says what it shows."""

import duckdb

from tests.checks.ask import ask, found
from tests.drawn import drawing, fill


def _pictures(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        photo_coverage="""
            fetched | judged
            7       | 7
        """,
        posts="""
            post_id | kind   | posted_at              | is_current
            p1      | post   | 2026-10-20 09:00:00+00 | true
            p2      | reply  | 2026-10-21 09:00:00+00 | true
            p3      | repost | 2026-10-22 09:00:00+00 | true
            p4      | post   | 2026-10-05 09:00:00+00 | true
            p5      | post   | 2026-10-23 09:00:00+00 | false
        """,
        media="""
            post_id | medium_id | kind         | alt_text
            p1      | 3_1       | photo        |
            p1      | 3_2       | photo        | Two runners at a finishing line
            p2      | 16_1      | animated_gif |
            p2      | 3_1       | photo        |
            p2      | 7_1       | video        |
            p3      | 3_3       | photo        |
            p4      | 3_4       | photo        |
            p5      | 3_5       | photo        |
        """,
    )
    db.execute("update core.media set alt_text = '  ' where medium_id = '16_1'")


def test_lists_recent_pictures_without_a_text_once_each(db: duckdb.DuckDBPyConnection) -> None:
    _pictures(db)

    outcome = ask(db, "alt_text")

    assert found(outcome, "link", "posted_on") == drawing("""
        subject | reason                                                               | link                      | posted_on
        --------+----------------------------------------------------------------------+---------------------------+-----------
        16_1    | An animation posted by @OusterlyVale has no text that says what it shows. | https://x.com/i/status/p2 | 2026-10-21
        3_1     | A photograph posted by @OusterlyVale has no text that says what it shows. | https://x.com/i/status/p1 | 2026-10-20
    """)  # noqa: E501


def test_how_far_it_looks_back_is_as_the_pack_says(db: duckdb.DuckDBPyConnection) -> None:
    _pictures(db)

    far = ask(db, "alt_text", look_back_days=29)
    near = ask(db, "alt_text", look_back_days=7)

    assert [one.subject_id for one in far.exceptions] == ["16_1", "3_1", "3_4"]
    assert near.verdict == "kept"
