"""The policy wants no private address, number, home or open link in a post; the school's own are its own to give."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def test_lists_posts_that_give_private_details_and_says_of_what_kind(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        school="town\nOusterly",
        posts="""
            post_id | kind   | posted_at              | is_current | text
            a1      | post   | 2026-10-01 09:00:00+00 | true       | Ring 07700 900123, write to m.orlebar@post.example
            a2      | repost | 2026-10-02 09:00:00+00 | true       | Lost cat, call 07700 900456
            a3      | post   | 2026-10-03 09:00:00+00 | false      | Ring me on 07700 900789
            a4      | post   | 2026-10-04 09:00:00+00 | true       | Sports day
        """,
        media="post_id | medium_id | alt_text\na4 | 3_1 | A poster that says 07700 900321",
    )

    outcome = ask(db, "contact_details")

    assert found(outcome, "kind", "where", "link", "posted_on") == drawing("""
        subject | reason                                                     | kind         | where    | link                      | posted_on
        --------+------------------------------------------------------------+--------------+----------+---------------------------+-----------
        a1      | A post by @OusterlyVale gives private contact details.   | email, phone | text     | https://x.com/i/status/a1 | 2026-10-01
        a2      | A repost by @OusterlyVale gives private contact details. | phone        | text     | https://x.com/i/status/a2 | 2026-10-02
        a4      | A post by @OusterlyVale gives private contact details.   | phone        | alt text | https://x.com/i/status/a4 | 2026-10-04
    """)  # noqa: E501
    assert [exception.evidence["quote"] for exception in outcome.exceptions] == [
        "Ring 07700 900123, write to m.orlebar@post.example",
        "Lost cat, call 07700 900456",
        "A poster that says 07700 900321",
    ]


def test_of_a_long_text_the_words_about_the_first_detail_are_quoted(db: duckdb.DuckDBPyConnection) -> None:
    text = f"{'The fair was a joy. ' * 6}Ring 07700 900123 if you lost a hat. {'Thanks to all who came. ' * 6}"
    fill(db, post_coverage=SIGHT, posts=f"post_id | kind | is_current | text\na1 | post | true | {text}")

    [post] = ask(db, "contact_details").exceptions

    quote = post.evidence["quote"]
    assert "Ring 07700 900123 if you lost a hat." in quote
    assert (quote[0], quote[-1], len(quote) <= 160) == ("…", "…", True)


def test_reads_what_a_video_says_of_itself(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        school="town\nOusterly",
        posts="""
            platform | account_id | post_id | kind  | title     | text
            youtube  | UC1        | v1      | video | Assembly  | Questions to m.orlebar@post.example
        """,
    )

    [video] = ask(db, "contact_details", accounts=[CHANNEL]).exceptions

    assert video.reason == "A video by @OusterlyValeSchool gives private contact details."
    assert video.evidence["link"] == "https://www.youtube.com/watch?v=v1"


def test_near_misses_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        school="website\nhttps://www.ousterly-vale.example/home",
        posts="""
            post_id | text
            a1      | Write to m.orlebar@ousterly-vale.example or see https://ousterly-vale.example/trips
            a2      | We raised 1,250 pounds and won 21-07 on 12 11 2026
            a3      | See you at 9:30 in the hall
        """,
    )

    assert ask(db, "contact_details").verdict == "kept"


def test_what_the_pack_calls_official_is_no_exception(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        school="town\nOusterly",
        posts="""
            post_id | text
            a1      | The office answers on 07700 900123
            a2      | Write to m.orlebar@ousterly-trust.example
        """,
    )

    assert [one.subject_id for one in ask(db, "contact_details").exceptions] == ["a1", "a2"]
    allowed = ask(db, "contact_details", official=["+44 7700 900123", "ousterly-trust.example"])
    assert allowed.verdict == "kept"


def test_a_school_without_a_website_is_judged_all_the_same(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        post_coverage=SIGHT,
        school="website | town\n | Ousterly",
        posts="post_id | text\na1 | Write to m.orlebar@ousterly-vale.example",
    )

    assert len(ask(db, "contact_details").exceptions) == 1
