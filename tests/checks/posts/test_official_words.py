"""The policy wants no official account to threaten, insult or accuse; what it quotes or condemns is no such thing."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""


def test_lists_what_the_school_itself_writes_against_somebody(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        posts="""
            post_id | kind  | is_current | text
            a1      | post  | true       | Mrs Orlebar is a pathetic lying idiot
            a2      | reply | true       | I know where you live and I am going to kill you.
            a3      | post  | false      | Mr Pettigrove is a pathetic idiot
        """,
    )

    outcome = ask(db, "official_words")

    assert found(outcome, "kind", "threat", "where", "found_by") == drawing("""
        subject | reason                                                               | kind             | threat | where | found_by
        --------+----------------------------------------------------------------------+------------------+--------+-------+-----------------------------
        a1      | A post by @OusterlyVale seems to abuse a pupil or a member of staff. | abuse, obscenity | no     | text  | a rule and the learned score
        a2      | A reply by @OusterlyVale seems to threaten somebody.                 | threat           | yes    | text  | a rule and the learned score
    """)  # noqa: E501


def test_a_comment_of_the_schools_own_stands_under_its_video(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        posts="platform | account_id | post_id | kind | text\nyoutube | UC1 | v1 | video | Carols\n"
        "youtube | UC1 | v2 | video | Carols",
        comments="""
            platform | account_id | post_id | comment_id | actor_id | is_current | text
            youtube  | UC1        | v1      | c1         | UC1      | true       | Mrs Orlebar is a pathetic lying idiot
            youtube  | UC1        | v2      | c2         | UC7      | true       | Mrs Orlebar is a pathetic lying idiot
            youtube  | UC1        | v2      | c3         | UC1      | false      | Mrs Orlebar is a pathetic lying idiot
            x        | 100        | v2      | c4         | 100      | true       | Mrs Orlebar is a pathetic lying idiot
        """,
    )

    [video] = ask(db, "official_words", accounts=[CHANNEL]).exceptions

    assert (video.subject_id, video.evidence["where"]) == ("v1", "own comment")


def test_what_a_comment_would_be_listed_for_is_listed_in_a_post_too(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, said_coverage=SIGHT, posts="post_id | text\na1 | That parent is a pathetic lying cow")

    outcome = ask(db, "official_words")

    assert (outcome.verdict, len(outcome.exceptions), outcome.unread) == ("exceptions", 1, ())


def test_an_insult_at_the_end_of_a_long_post_is_left_to_a_person(db: duckdb.DuckDBPyConnection) -> None:
    text = (
        "Tia is off sick, ring 07700 900123. Buy now with my discount code! Mrs Orlebar is a pathetic idiot. Thank you."
    )
    fill(db, said_coverage=SIGHT, posts=f"post_id | text\na1 | {text}")

    outcome = ask(db, "official_words")

    assert (outcome.verdict, len(outcome.unread)) == ("could_not_tell", 1)
    assert outcome.why.endswith("1 post may threaten, abuse or accuse somebody; a person should read it.")


@pytest.mark.parametrize(
    "text",
    [
        'He told us that "I am going to kill you" is never a joke.',
        "Our Macbeth killed it on Thursday.",
        "Thank you, Mrs Orlebar, for ten years of the reading club.",
    ],
)
def test_what_is_quoted_or_kind_is_kept(db: duckdb.DuckDBPyConnection, text: str) -> None:
    fill(db, said_coverage=SIGHT, posts=f"post_id | text\na1 | {text}")

    assert ask(db, "official_words").verdict == "kept"
