"""Through the real views: what the checks of the two follow lists say where a list was not seen, or not by this run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import pytest

from checks.outcome import Outcome
from tests.checks.ask import ask
from tests.warehouse.conftest import warehouse_alone
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin

FOLLOWER = ("follower", "followers")
WORDS = {
    "leaver_follower": FOLLOWER,
    "underage_follower": FOLLOWER,
    "governor_follower": FOLLOWER,
    "unapproved_follower": FOLLOWER,
    "following_person": ("followed account", "followed accounts"),
}
MATCH = "run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best"
listed = pytest.mark.parametrize("check_id", WORDS)


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The run of Sunday, which read everything, and then that of Monday, which has read nothing but the registers."""
    with warehouse_alone() as db:
        _begin(db, date(2026, 11, 1))
        _line(db, "2026-11-01", "91")
        _listing(db, "2026-11-01", rows=1, count=1)
        _begin(db, date(2026, 11, 2))
        yield db


@listed
def test_a_list_that_was_wholly_seen_is_kept(warehouse, check_id) -> None:
    _line(warehouse, "2026-11-02", "91")
    _listing(warehouse, "2026-11-02", rows=1, count=1)

    outcome = ask(warehouse, check_id)

    assert (outcome.verdict, outcome.exceptions) == ("kept", ())
    assert outcome.why == f"@OusterlyVale has 1 {WORDS[check_id][0]}; all were judged."


@listed
def test_nobody_to_examine_is_could_not_tell(warehouse, check_id) -> None:
    _listing(warehouse, "2026-11-02", rows=0, count=0)

    outcome = ask(warehouse, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == f"@OusterlyVale has no {WORDS[check_id][1]}, so there was nothing to examine."


@listed
def test_yesterdays_rows_do_not_hide_todays_failed_pull(warehouse, check_id) -> None:
    outcome = ask(warehouse, check_id)

    assert outcome.verdict == "could_not_tell"
    assert _seen(outcome) == f"The {WORDS[check_id][1]} of @OusterlyVale were not fetched in this run."
    assert (outcome.fetched, outcome.judged) == (0, 0)


@listed
def test_a_listing_that_broke_off_is_could_not_tell_with_the_figure(warehouse, check_id) -> None:
    _line(warehouse, "2026-11-02", "91")
    _listing(warehouse, "2026-11-02", rows=1, count=40, stopped="throttled")

    outcome = ask(warehouse, check_id)

    assert outcome.verdict == "could_not_tell"
    assert _seen(outcome) == (
        f"1 of the 40 {WORDS[check_id][1]} that X counts for @OusterlyVale were fetched; all were judged. "
        "The platform asked us to slow down before the end of the list."
    )


@listed
def test_an_account_without_a_profile_is_could_not_tell(warehouse, check_id) -> None:
    _line(warehouse, "2026-11-02", "91")
    _line(warehouse, "2026-11-02", "92", has_profile=False)
    _approve(warehouse, "92")
    _listing(warehouse, "2026-11-02", rows=2, count=2)

    outcome = ask(warehouse, check_id)

    assert outcome.verdict == "could_not_tell"
    assert f"1 {WORDS[check_id][0]} is a bare id" in outcome.why


@listed
def test_the_same_question_gets_the_same_answer_twice(warehouse, check_id) -> None:
    for actor_id in ("94", "93"):
        _line(warehouse, "2026-11-02", actor_id, bio="I am 9 years old")
        for role in ("leaver", "governor"):
            _match(warehouse, actor_id, role)
    _listing(warehouse, "2026-11-02", rows=2, count=2)

    first = ask(warehouse, check_id)

    assert [found.subject_id for found in first.exceptions] == ["93", "94"]
    assert first == ask(warehouse, check_id)


def _begin(db: duckdb.DuckDBPyConnection, day: date) -> None:
    begin(
        db,
        as_of=day,
        school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
        policy=PolicyRow(pack="own", title="Policy", edition="1"),
        accounts=[AccountRow("x", "100", "@OusterlyVale", "owned")],
        at=datetime(2026, 11, 2, 6, tzinfo=UTC),
    )
    _profile(db, day.isoformat(), "100", is_protected=True)
    for register in ("pupils", "leavers", "parents", "staff", "governors"):
        db.execute(
            "insert into raw.registers values (?, 'registers', ?, ?, 1, 0, 'hash', ?, null)",
            [day.isoformat(), register, f"{register}.csv", day],
        )
    _approve(db, "91")


def _approve(db: duckdb.DuckDBPyConnection, actor_id: str) -> None:
    """An account that the register of parents declares: approved, and nobody whom another check lists."""
    row = [actor_id, "f1", "parent", "declared", 0.99, "[]", False]
    db.execute(
        f"insert or replace into raw.matches ({MATCH}) select run_id, 'x', ?, ?, ?, ?, ?, ?, ? from core.audit", row
    )


def _match(db: duckdb.DuckDBPyConnection, actor_id: str, role: str) -> None:
    row = ["2026-11-02", "x", actor_id, "l1", role, "declared", 0.99, "[]", True]
    db.execute(f"insert into raw.matches ({MATCH}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _line(
    db: duckdb.DuckDBPyConnection, run_id: str, actor_id: str, *, bio: str = "Hello", has_profile: bool = True
) -> None:
    for direction in ("follower", "following"):
        row = [run_id, "x", "x", "100", actor_id, direction, None]
        db.execute("insert into raw.follows values (?, ?, ?, ?, ?, ?, ?)", row)
    if has_profile:
        _profile(db, run_id, actor_id, bio=bio)


def _profile(
    db: duckdb.DuckDBPyConnection, run_id: str, account_id: str, *, bio: str = "Hello", is_protected: bool = False
) -> None:
    db.execute(
        "insert into raw.profiles (run_id, source, platform, account_id, display_name, bio, is_protected, "
        "counts_are_rounded) values (?, 'x', 'x', ?, 'Lamp', ?, ?, false)",
        [run_id, account_id, bio, is_protected],
    )


def _listing(db: duckdb.DuckDBPyConnection, run_id: str, *, rows: int, count: int, stopped: str = "end") -> None:
    for listing in ("followers", "following"):
        row = [run_id, "x", "x", "100", listing, rows, count, stopped == "end", stopped]
        db.execute("insert into raw.listings values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _seen(outcome: Outcome) -> str:
    [coverage] = outcome.coverage
    return coverage.why
