"""Runs go forward, and later ones profit from what earlier ones saw."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.warehouse.conftest import MORNING
from tests.warehouse.rows import follow, listing_end, post
from warehouse.runs.known_members import known_account
from warehouse.runs.runs import (
    AccountRow,
    ClockError,
    LiveDecisionRow,
    PolicyRow,
    RunError,
    SchoolRow,
    begin,
    end,
    note_pull,
)
from warehouse.store.load import load

OPENED = {
    "school": SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
    "policy": PolicyRow(pack="own", title="Policy", edition="1"),
    "accounts": [],
    "at": MORNING,
}


def test_the_same_run_may_be_opened_again_and_is_one_row(db, week):
    assert week("2026-11-02") == week("2026-11-02")
    assert db.execute("select count(*) from raw.runs").fetchall() == [(1,)]


def test_a_run_before_a_published_one_is_refused(db, week):
    end(db, week("2026-11-09"), is_complete=True, at=MORNING)

    with pytest.raises(RunError, match=r"A later run \(2026-11-09\) is already published"):
        begin(db, as_of=date(2026, 11, 2), **(OPENED | {"at": MORNING + timedelta(days=7)}))


def test_a_clock_that_has_gone_back_before_the_newest_run_is_refused_and_a_correction_is_not(db, week):
    end(db, week("2026-11-02"), is_complete=True, at=MORNING + timedelta(days=7))

    with pytest.raises(ClockError, match=r"says 2026-11-08 06:00 UTC, and a run has already been made at 2026-11-09"):
        begin(db, as_of=date(2026, 11, 3), **(OPENED | {"at": MORNING + timedelta(days=6)}))
    begin(db, as_of=date(2026, 11, 3), **(OPENED | {"at": MORNING + timedelta(days=7, minutes=-59)}))


@pytest.mark.parametrize(
    ("source", "reads", "left"), [("x", "archive", 0), ("x_archive:100", "owned", 0), ("x", "owned", 1)]
)
def test_a_run_that_is_opened_again_lets_go_of_a_way_in_which_no_account_is_read_any_more(
    db, week, source, reads, left
):
    load(db, run_id=week("2026-11-02"), source=source, records=[post("1"), listing_end("posts")])
    begin(db, as_of=date(2026, 11, 2), **(OPENED | {"accounts": [AccountRow("x", "100", "OusterlyVale", reads)]}))

    counted = "select (select count(*) from raw.posts), (select count(*) from raw.listings)"
    assert db.execute(counted).fetchall() == [(left, left)]


def test_each_run_keeps_who_allowed_live_pulls_as_school_toml_said_it_when_it_was_opened_last(db):
    signed = {"decided_by_role": "headteacher", "terms": "X, May 2026", "dpia": "DPIA 3"}
    may, july = (LiveDecisionRow(decided_on=date(2026, month, 1), **signed) for month in (5, 7))

    begin(db, as_of=date(2026, 11, 2), **OPENED, live=may)
    begin(db, as_of=date(2026, 11, 9), **OPENED, live=may)
    begin(db, as_of=date(2026, 11, 9), **OPENED, live=july)
    begin(db, as_of=date(2026, 11, 16), **OPENED)

    kept = db.execute("select run_id, decided_on from raw.live_decisions order by all").fetchall()
    assert kept == [("2026-11-02", date(2026, 5, 1)), ("2026-11-09", date(2026, 7, 1))]


def test_a_later_run_that_was_never_published_gives_way(db):
    begin(db, as_of=date(2026, 11, 9), **OPENED)
    begin(db, as_of=date(2026, 11, 2), **OPENED)

    assert db.execute("select run_id from core.audit").fetchall() == [("2026-11-02",)]


def test_how_a_pull_ended_is_kept_and_replaced_by_how_it_ended_next_time(db):
    error = ("SourceThrottled", "Asked too often.", "Wait.")
    note_pull(db, "r", "x", times=(MORNING, MORNING), state="partial", error=error, estimate=(Decimal("1.5"), 0))
    note_pull(db, "r", "x", times=(MORNING, MORNING), state="complete", error=None, estimate=None)

    assert db.execute("select state, error_kind, estimate_usd from raw.pulls").fetchall() == [("complete", None, None)]


def test_what_is_known_of_an_account_comes_from_the_runs_before(db, week):
    records = [
        post("9", repost_count=1),
        post("10", repost_count=2),
        follow("1"),
        follow("2", direction="following"),
        *(listing_end(listing) for listing in ("followers", "posts", "reposts")),
    ]
    later = [
        post("10", repost_count=5),
        post("11"),
        *(listing_end(listing, whole=False) for listing in ("posts", "reposts")),
    ]
    load(db, run_id=week("2026-11-02"), source="x", records=records)
    load(db, run_id=week("2026-11-09"), source="x", records=later)

    known = known_account(db, "x", "100", before=date(2026, 11, 16))

    assert known.newest_post_id == "11"
    assert dict(known.repost_counts) == {"9": 1, "10": 5}
    assert (known.follower_ids, known.following_ids) == ({"1"}, {"2"})
    assert known.full_sync_on == date(2026, 11, 2)
    assert known_account(db, "x", "100", before=date(2026, 11, 2)).newest_post_id is None


@pytest.mark.parametrize("listing", ["followers", "following", "posts"])
@pytest.mark.parametrize(
    ("stopped", "is_whole_next"), [("known", False), ("short", False), ("far_short", True), ("loop", True)]
)
def test_once_any_list_of_an_account_broke_off_the_next_run_reads_all_of_it(db, week, listing, stopped, is_whole_next):
    ends = [listing_end(one) for one in ("followers", "following", "posts")]
    broken = [listing_end(one, whole=one != listing, stopped=stopped if one == listing else "end") for one in
              ("followers", "following", "posts")]  # fmt: skip
    load(db, run_id=week("2026-11-02"), source="x", records=ends)
    load(db, run_id=week("2026-11-09"), source="x", records=broken)
    load(db, run_id=week("2026-11-16"), source="x", records=ends)

    after, later = (known_account(db, "x", "100", before=date(2026, 11, day)) for day in (16, 23))

    assert (after.full_sync_on is None) == is_whole_next
    assert later.full_sync_on == date(2026, 11, 16)


@pytest.mark.parametrize("stopped", ["unavailable", "loop", "far_short"])
def test_what_a_broken_listing_brought_is_not_known_so_that_no_gap_stays(db, week, stopped):
    broken = replace(listing_end("posts", whole=False), stopped=stopped)
    load(db, run_id=week("2026-11-02"), source="x", records=[post("9", repost_count=1), listing_end("posts")])
    load(db, run_id=week("2026-11-09"), source="x", records=[post("12", repost_count=4), broken])

    known = known_account(db, "x", "100", before=date(2026, 11, 16))

    assert known.newest_post_id == "9"
    assert known.repost_counts == ()
