"""What holds for every check of comments, reposts and interactions: nobody there, the same twice, a broken list."""

import duckdb
import pytest

from tests.checks.ask import PE, TOWN, ask
from tests.drawn import fill

SIGHTS = {
    "abusive_comment": ("comment_coverage", "comments"),
    "official_interaction": ("interaction_coverage", "replies, reposts, quotes and likes"),
    "personal_account_comment": ("commenter_coverage", "comments"),
    "pupil_comment": ("commenter_coverage", "comments"),
    "staff_repost": ("repost_coverage", "reposts"),
}
CASES = [(check_id, *coverage) for check_id, coverage in SIGHTS.items()]


@pytest.mark.parametrize(("check_id", "coverage", "many"), CASES)
def test_nobody_to_examine_is_could_not_tell(
    db: duckdb.DuckDBPyConnection, check_id: str, coverage: str, many: str
) -> None:
    fill(
        db,
        **{
            coverage: """
                platform_count | fetched | judged
                0              | 0       | 0
            """
        },
    )

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"@OusterlyVale has no {many}, so there was nothing to examine."


@pytest.mark.parametrize(("check_id", "coverage", "many"), CASES)
def test_a_list_that_broke_off_leaves_it_open_with_the_figure(
    db: duckdb.DuckDBPyConnection, check_id: str, coverage: str, many: str
) -> None:
    fill(
        db,
        **{
            coverage: """
                platform_count | fetched | judged | is_whole | why
                90             | 40      | 40     | false    | budget
            """
        },
    )

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        f"40 of the 90 {many} that X counts for @OusterlyVale were fetched; all were judged. "
        "The run's budget was spent before the end of the list."
    )


@pytest.mark.parametrize("check_id", SIGHTS)
def test_a_failed_quality_check_keeps_what_was_found_and_tells_nothing_for_sure(
    db: duckdb.DuckDBPyConnection, check_id: str
) -> None:
    _everything_happens(db)

    outcome = ask(db, check_id, doubtful_populations=[f"core.{SIGHTS[check_id][0]}"])

    assert outcome.verdict == "could_not_tell"
    assert len(outcome.exceptions) == 2


@pytest.mark.parametrize("check_id", SIGHTS)
def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection, check_id: str) -> None:
    _everything_happens(db)

    first = ask(db, check_id)

    assert first.verdict == "exceptions"
    assert len(first.exceptions) == 2
    assert first == ask(db, check_id)


@pytest.mark.parametrize("check_id", SIGHTS)
def test_what_happened_at_an_account_that_is_not_asked_about_is_left_out(
    db: duckdb.DuckDBPyConnection, check_id: str
) -> None:
    _everything_happens(db)

    assert ask(db, check_id, accounts=[PE]).exceptions == ()
    assert ask(db, check_id, accounts=[PE, TOWN]).exceptions == ask(db, check_id).exceptions


def _everything_happens(db: duckdb.DuckDBPyConnection) -> None:
    """A pupil's and a teacher's account threaten, comment on, repost and are answered by an official account, twice."""
    fill(
        db,
        posts="""
            post_id
            p1
        """,
        media="""
            post_id | medium_id
            p1      | 3_1
        """,
        comments="""
            comment_id | actor_id | text
            c2         | 12       | I am going to kill you
            c1         | 11       | I am going to kill you
            c4         | 22       | Lovely
            c3         | 21       | Lovely
        """,
        reposts="""
            post_id | actor_id
            p1      | 22
            p1      | 21
        """,
        interactions="""
            post_id | actor_id | kind
            t2      | 12       | like
            t1      | 11       | reply
        """,
        matches="""
            actor_id | person_id | role  | band
            12       | p2        | pupil | declared
            11       | p1        | pupil | likely
            22       | s2        | staff | declared
            21       | s1        | staff | likely
        """,
    )
