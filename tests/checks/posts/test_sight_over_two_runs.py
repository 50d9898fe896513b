"""Through the real views: what an earlier run read says nothing of a run whose own pull failed or broke off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import pytest

from tests.checks.ask import CHANNEL, TOWN
from tests.checks.posts.test_answers import HANDLES, Case, every_check
from tests.warehouse.conftest import warehouse_alone
from tests.warehouse.rows import registers_read
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin


@pytest.fixture(scope="module")
def whole() -> Iterator[duckdb.DuckDBPyConnection]:
    """One run that read everything."""
    with warehouse_alone() as db:
        _run(db, "2026-11-02")
        _seen(db, "2026-11-02")
        yield db


@pytest.fixture(scope="module")
def failed() -> Iterator[duckdb.DuckDBPyConnection]:
    """A run that read everything, and the next day one that read nothing but the registers."""
    with warehouse_alone() as db:
        _run(db, "2026-11-01")
        _seen(db, "2026-11-01")
        _run(db, "2026-11-02")
        yield db


@pytest.fixture(scope="module")
def broken() -> Iterator[duckdb.DuckDBPyConnection]:
    """One run whose lists broke off."""
    with warehouse_alone() as db:
        _run(db, "2026-11-02")
        _seen(db, "2026-11-02", stopped="throttled")
        yield db


@every_check
def test_a_run_that_saw_everything_says_kept(whole: duckdb.DuckDBPyConnection, case: Case) -> None:
    outcome = case.ask(whole)

    assert (outcome.verdict, outcome.exceptions) == ("kept", ())
    assert outcome.judged == 1


@every_check
def test_yesterdays_rows_do_not_hide_todays_failed_pull(failed: duckdb.DuckDBPyConnection, case: Case) -> None:
    outcome = case.ask(failed)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"The {case.many} of {HANDLES[case.account]} were not fetched in this run."


@every_check
def test_a_pull_that_broke_off_is_could_not_tell_with_the_figure(broken: duckdb.DuckDBPyConnection, case: Case) -> None:
    outcome = case.ask(broken)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        f"1 {case.many.removesuffix('s')} of {HANDLES[case.account]} could be seen; all were judged. "
        "The platform asked us to slow down before the end of the list."
    )


def _run(db: duckdb.DuckDBPyConnection, day: str) -> None:
    """Begin the run of this day; it has read every register."""
    db.execute("update raw.runs set finished_at = started_at, is_complete = true")
    begin(
        db,
        as_of=date.fromisoformat(day),
        school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
        policy=PolicyRow(pack="own", title="Policy", edition="1"),
        accounts=[AccountRow(*account, HANDLES[account], "owned") for account in (TOWN, CHANNEL)],
        at=datetime(2026, 11, 2, 6, tzinfo=UTC),
    )
    registers_read(db, day)
    db.execute(
        "insert into raw.photographs (run_id, source, photograph_id, video_id, channels) "
        "values (?, 'registers', 'P-1', 'a1', 'x;youtube')",
        [day],
    )


def _seen(db: duckdb.DuckDBPyConnection, run_id: str, *, stopped: str = "end") -> None:
    """On each account one post that breaks nothing, with a picture that is described, approved and of no place."""
    for platform, account_id in (TOWN, CHANNEL):
        given = {"run_id": run_id, "platform": platform, "account_id": account_id}
        db.execute(
            "insert into raw.posts (run_id, source, platform, account_id, post_id, first_version_id, kind, posted_at, "
            "text, visibility) select $run_id, $platform, $platform, $account_id, 'a1', 'a1', "
            "if($platform = 'x', 'post', 'video'), '2026-10-21 12:00:00+00', 'Sports day', 'public'",
            given,
        )
        db.execute(
            "insert into raw.media (run_id, source, platform, account_id, post_id, medium_id, kind, alt_text) "
            "select $run_id, $platform, $platform, $account_id, 'a1', 'm1', "
            "if($platform = 'x', 'photo', 'thumbnail'), 'A race'",
            given,
        )
        db.execute(
            "insert into raw.picture_verdicts (run_id, platform, account_id, post_id, medium_id, verdict, why, "
            "has_position, people) values ($run_id, $platform, $account_id, 'a1', 'm1', 'approved', 'It is P-1.', "
            "false, 'no')",
            given,
        )
        db.execute(
            "insert into raw.listings (run_id, source, platform, account_id, listing, rows, is_whole, stopped) "
            "values ($run_id, $platform, $platform, $account_id, 'posts', 1, $stopped = 'end', $stopped)",
            {**given, "stopped": stopped},
        )
    # Nobody has written anything under the video, so no comment has a picture.
    db.execute(
        "insert into raw.listings (run_id, source, platform, account_id, listing, rows, is_whole, stopped) "
        "values (?, 'youtube', 'youtube', ?, 'comments', 0, true, 'end')",
        [run_id, CHANNEL[1]],
    )
