"""Through the real views: what an earlier run read says nothing of a run whose own pull failed or broke off."""

from collections.abc import Callable

import duckdb
import pytest

from tests.checks.ask import TOWN, ask
from tests.warehouse.conftest import db
from tests.warehouse.conftest import week as opened
from tests.warehouse.rows import registers_read

__all__ = ["db", "opened"]

MANY = {
    "abusive_comment": "comments",
    "official_interaction": "replies, reposts, quotes and likes",
    "personal_account_comment": "comments",
    "pupil_comment": "comments",
    "staff_repost": "reposts",
}
WALKS = ("posts", "mentions", "comments", "reposts", "likes")
Week = Callable[[str], str]


@pytest.fixture
def week(db: duckdb.DuckDBPyConnection, opened: Week) -> Week:
    """Opens a run, which reads every register."""

    def opens(day: str) -> str:
        run_id = opened(day)
        registers_read(db, run_id)
        return run_id

    return opens


def _seen(db: duckdb.DuckDBPyConnection, run_id: str, *, text: str = "Lovely") -> None:
    """A stranger answers, reposts and is answered by an official account in this run, and every list was read."""
    given = {"run_id": run_id}
    db.execute(
        "insert into raw.profiles (run_id, source, platform, account_id, handle, display_name, counts_are_rounded) "
        "values ($run_id, 'x', 'x', '41', 'stranger', 'Pat Nobody', false)",
        given,
    )
    db.execute(
        "insert into raw.posts (run_id, source, platform, account_id, post_id, first_version_id, kind, text, "
        "in_reply_to_actor_id, repost_count) values ($run_id, 'x', 'x', '100', '1', '1', 'reply', 'Ta', '41', 1)",
        given,
    )
    db.execute(
        "insert into raw.media (run_id, source, platform, account_id, post_id, medium_id, kind) "
        "values ($run_id, 'x', 'x', '100', '1', '3_1', 'photo')",
        given,
    )
    db.execute(
        "insert into raw.reposts (run_id, source, platform, account_id, post_id, actor_id) "
        "values ($run_id, 'x', 'x', '100', '1', '41')",
        given,
    )
    db.execute(
        "insert into raw.comments (run_id, source, platform, account_id, comment_id, actor_id, kind, text) "
        "values ($run_id, 'x', 'x', '100', 'c1', '41', 'reply', $text)",
        given | {"text": text},
    )
    _listing_end(db, run_id, stopped="end")


def _listing_end(db: duckdb.DuckDBPyConnection, run_id: str, *, stopped: str) -> None:
    for listing in WALKS:
        db.execute(
            "insert into raw.listings (run_id, source, platform, account_id, listing, rows, is_whole, stopped) "
            "values (?, 'x', 'x', '100', ?, 1, ?, ?)",
            [run_id, listing, stopped == "end", stopped],
        )


@pytest.mark.parametrize("check_id", MANY)
def test_a_run_that_saw_everything_and_found_nothing_keeps_it(
    db: duckdb.DuckDBPyConnection, week: Week, check_id: str
) -> None:
    _seen(db, week("2026-11-02"))

    outcome = ask(db, check_id)

    assert outcome.verdict == "kept"
    assert (outcome.fetched, outcome.judged) == (1, 1)


@pytest.mark.parametrize("check_id", MANY)
def test_yesterdays_rows_do_not_hide_todays_failed_pull(
    db: duckdb.DuckDBPyConnection, week: Week, check_id: str
) -> None:
    _seen(db, week("2026-11-01"))
    week("2026-11-02")

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"The {MANY[check_id]} of @OusterlyVale were not fetched in this run."
    assert (outcome.fetched, outcome.judged) == (0, 0)


@pytest.mark.parametrize("check_id", MANY)
def test_a_list_that_broke_off_today_leaves_it_open(db: duckdb.DuckDBPyConnection, week: Week, check_id: str) -> None:
    _seen(db, week("2026-11-01"))
    _listing_end(db, week("2026-11-02"), stopped="unavailable")

    outcome = ask(db, check_id)

    assert outcome.verdict == "could_not_tell"
    # What earlier runs saw of reposts and replies is judged again; a comment that this run did not meet is not counted.
    met = 0 if MANY[check_id] == "comments" else 1
    assert (outcome.fetched, outcome.judged) == (met, met)
    assert outcome.why.startswith(("1 ", "No comment of @OusterlyVale could be fetched"))
    assert "The platform stopped answering before the end of the list." in outcome.why


def test_a_threat_of_yesterday_stays_listed_while_nobody_saw_it_go(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    _seen(db, week("2026-11-01"), text="I am going to kill you")
    _listing_end(db, week("2026-11-02"), stopped="unavailable")

    outcome = ask(db, "abusive_comment")

    assert [one.subject_id for one in outcome.exceptions] == ["c1"]
    assert "The platform stopped answering before the end of the list." in outcome.why


@pytest.mark.parametrize(("answer", "stays"), [("gone", 0), ("stands", 1), ("hidden", 1), (None, 1)])
def test_a_threat_is_listed_until_the_platform_says_that_it_is_gone(
    db: duckdb.DuckDBPyConnection, week: Week, answer: str | None, stays: int
) -> None:
    _seen(db, week("2026-11-01"), text="I am going to kill you")
    run_id = week("2026-11-02")
    _listing_end(db, run_id, stopped="end")
    if answer:
        db.execute("insert into raw.proofs values (?, 'x', 'x', '100', 'comment', 'c1', ?)", [run_id, answer])

    assert len(ask(db, "abusive_comment", accounts=[TOWN]).exceptions) == stays
