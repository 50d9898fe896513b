"""The policy wants staff to keep personal accounts out of official business; a pupil's or a parent's is not meant."""

import duckdb

from tests.checks.ask import ask, found
from tests.drawn import drawing, fill

COMMENTS = """
    comment_id | actor_id | kind  | posted_at
    -----------+----------+-------+-----------------------
    c1         | 21       | reply | 2026-10-05 09:00:00+00
    c2         | 21       | quote | 2026-10-05 09:00:00+00
    c3         | 22       | reply | 2026-10-06 09:00:00+00
    c4         | 23       | reply | 2026-10-07 09:00:00+00
"""
SEEN = """
    fetched | judged
    4       | 4
"""


def test_lists_an_account_that_a_register_declares_and_one_that_is_likely(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        commenter_coverage=SEEN,
        comments=COMMENTS,
        actors="""
            actor_id   | handle | display_name
            21         | chalk  | Ivo Stannard
        """,
        matches="""
            actor_id | person_id | role  | band
            21       | s1        | staff | likely
            22       | s2        | staff | declared
        """,
    )

    outcome = ask(db, "personal_account_comment")

    assert outcome.verdict == "exceptions"
    assert outcome.why == "@OusterlyVale has 4 comments; all were judged."
    assert found(outcome, "account", "shown_name", "newest", "comments", "kinds", "roll_id") == drawing("""
        subject | reason                                                                              | account | shown_name   | newest                    | comments | kinds        | roll_id
        --------+-------------------------------------------------------------------------------------+---------+--------------+---------------------------+----------+--------------+--------
        21      | An account that may belong to a member of staff writes to or about @OusterlyVale.   | @chalk  | Ivo Stannard | https://x.com/i/status/c2 | 2        | quote, reply | s1
        22      | An account declared as that of a member of staff writes to or about @OusterlyVale.  | 22      |              | https://x.com/i/status/c3 | 1        | reply        | s2
    """)  # noqa: E501
