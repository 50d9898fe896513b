"""What checks and clauses came to is written whole, in place of what the run had."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from policies.exceptions import ExceptionFound, UnreadText
from warehouse.exceptions.outcomes import AccountCoverageRow, CheckRow, ClauseRow, write_outcomes
from warehouse.runs.runs import last_published

CHECK = CheckRow("pupil_follower", "No pupil follows", "kept", 10, 10, 10, "All were judged.", 0)
SIGHT = AccountCoverageRow("pupil_follower", "x", "100", 10, 10, 10, True, True, "All were judged.", None)
CLAUSE = ClauseRow(1, "6.10", "6, bullet 10", "No pupils.", "must", "school", "checked", "pupil_follower", "Seen.")


def write(db, coverage):
    write_outcomes(db, run_id="r", pack="p", coverage=coverage, account_coverage=[SIGHT], clauses=[CLAUSE])


def test_writing_twice_replaces(db):
    write(db, [CHECK])
    write(db, [CHECK])

    assert db.execute("select check_id, verdict, judged from outcome.coverage").fetchall() == [
        ("pupil_follower", "kept", 10)
    ]
    assert db.execute("select account_id, is_whole from outcome.account_coverage").fetchall() == [("100", True)]
    assert db.execute("select number, clause, why, attested_until from outcome.clauses").fetchall() == [
        (1, "6.10", "Seen.", None)
    ]


def test_a_write_that_fails_keeps_what_was_there(db):
    write(db, [CHECK])

    with pytest.raises(duckdb.ConstraintException):
        write(db, [CHECK, CHECK])

    assert db.execute("select count(*) from outcome.coverage").fetchall() == [(1,)]


TEXT = UnreadText(
    exception=ExceptionFound(
        fingerprint="f1",
        check_id="pupil_follower",
        platform="x",
        account_id="100",
        subject_id="c1",
        subject_kind="comment",
        concerns="comment",
        reason="It may be so.",
        evidence={"link": "https://x.com/i/status/c1", "posted_on": "2026-10-30", "excerpt": "Its words"},
    ),
    families="abuse, hate",
    score=0.41,
)


def test_what_nobody_has_read_is_published_by_its_link_without_its_words(db):
    rows = {"coverage": [replace(CHECK, unread=1)], "account_coverage": [], "clauses": [], "unread": [TEXT]}
    for _ in range(2):
        write_outcomes(db, run_id="r", pack="p", **rows)

    [row] = db.execute("select * exclude (check_title, account_handle) from published.unread_texts").fetchall()
    assert row == (
        "r", "f1", "pupil_follower", "x", "100", "c1", "comment", "comment", "https://x.com/i/status/c1",
        date(2026, 10, 30), "abuse, hate", 0.41, "{}",
    )  # fmt: skip
    assert db.execute("select unread from published.coverage").fetchall() == [(1,)]


def test_the_newest_published_day_is_known_and_none_where_nothing_is(db, week):
    assert last_published(db) is None
    week("2026-11-02")

    assert last_published(db) == date(2026, 11, 2)
