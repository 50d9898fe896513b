"""Through the real views: what the checks of the accounts say where a run did not see them, or not wholly."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import pytest

from tests.checks.ask import TOWN, ask
from tests.warehouse.conftest import warehouse_alone
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin

FACE = "https://pbs.twimg.com/profile_images/1/crest_normal.jpg"
CHECKS = ("profile_identity", "account_register", "lookalike_account")
NOT_SEEN = {
    "profile_identity": (
        "No public profile of @OusterlyVale could be fetched, so there was nothing to examine. "
        "The platform does not know the account."
    ),
    "account_register": (
        "No register of accounts of @OusterlyVale could be fetched, so there was nothing to examine. "
        "The school gave no such register."
    ),
    "lookalike_account": "The contacts of @OusterlyVale were not fetched in this run.",
}


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The run of Sunday, which read everything, and then that of Monday, which has read nothing yet."""
    with warehouse_alone() as db:
        for day in (date(2026, 11, 1), date(2026, 11, 2)):
            _begin(db, day)
            if day.day == 1:
                _everything(db, day.isoformat())
        yield db


@pytest.mark.parametrize("check_id", CHECKS)
def test_a_run_that_saw_everything_says_kept(warehouse: duckdb.DuckDBPyConnection, check_id: str) -> None:
    _everything(warehouse, "2026-11-02")

    outcome = ask(warehouse, check_id)

    assert (outcome.verdict, outcome.exceptions) == ("kept", ())
    assert (outcome.fetched, outcome.judged) == (1, 1)


@pytest.mark.parametrize("check_id", CHECKS)
def test_yesterdays_rows_do_not_hide_todays_failed_pull(warehouse: duckdb.DuckDBPyConnection, check_id: str) -> None:
    outcome = ask(warehouse, check_id)

    assert outcome.verdict == "could_not_tell"
    assert outcome.coverage[0].why == NOT_SEEN[check_id]
    assert (outcome.fetched, outcome.judged) == (0, 0)


@pytest.mark.parametrize("check_id", CHECKS)
def test_the_same_question_gets_the_same_answer_twice(warehouse: duckdb.DuckDBPyConnection, check_id: str) -> None:
    _everything(warehouse, "2026-11-02")
    _profile(warehouse, "2026-11-02", "100", source="archive", name="Lamp")
    for actor_id in ("13", "12"):
        _profile(warehouse, "2026-11-02", actor_id, name="Ousterly Vale School")
        _follows(warehouse, "2026-11-02", actor_id)
    warehouse.execute("delete from raw.registered_accounts")

    first = ask(warehouse, check_id)

    assert [one.subject_id for one in first.exceptions] == (
        ["12", "13"] if check_id == "lookalike_account" else ["100"]
    )
    assert first == ask(warehouse, check_id)


def test_a_list_that_broke_off_leaves_imitations_open_with_the_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    _everything(warehouse, "2026-11-02", stopped="throttled")

    outcome = ask(warehouse, "lookalike_account")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == (
        "1 contact of @OusterlyVale could be seen; all were judged. "
        "The platform asked us to slow down before the end of the list."
    )


def test_an_account_that_nobody_touches_leaves_nothing_to_examine(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("delete from raw.follows")
    _listings(warehouse, "2026-11-02", "end")

    outcome = ask(warehouse, "lookalike_account")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why.endswith("so there was nothing to examine.")


def test_an_account_that_shows_no_profile_leaves_imitations_open(warehouse: duckdb.DuckDBPyConnection) -> None:
    _everything(warehouse, "2026-11-02")
    _follows(warehouse, "2026-11-02", "14")

    outcome = ask(warehouse, "lookalike_account")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert "1 contact is a bare id" in outcome.why


def _begin(db: duckdb.DuckDBPyConnection, day: date) -> None:
    begin(
        db,
        as_of=day,
        school=SchoolRow(
            school_id="ousterly-vale",
            school_name="Ousterly Vale School",
            website="https://ousterly-vale.example",
            registers=("accounts",),
        ),
        policy=PolicyRow(pack="own", title="Policy", edition="1"),
        accounts=[AccountRow(*TOWN, "@OusterlyVale", "owned")],
        at=datetime(2026, 11, 2, 6, tzinfo=UTC),
    )


def _everything(db: duckdb.DuckDBPyConnection, run_id: str, *, stopped: str = "end") -> None:
    """A profile that shows all, a register in order, and one follower who is nobody's double."""
    _profile(db, run_id, "100", name="Ousterly Vale School")
    _profile(db, run_id, "11", name="Lamp")
    _follows(db, run_id, "11")
    _listings(db, run_id, stopped)
    db.execute(
        "insert into raw.registers "
        "values (?, 'registers', 'accounts', 'accounts.csv', 1, 0, 'hash', '2026-11-01', null)",
        [run_id],
    )
    db.execute(
        "insert into raw.registered_accounts "
        "(run_id, source, platform, account_id, handle, purpose, owner_role, approved_by, approved_on) values "
        "(?, 'registers', 'x', '100', null, 'News', 'it_technician', 'headteacher', '2024-09-01')",
        [run_id],
    )


def _follows(db: duckdb.DuckDBPyConnection, run_id: str, actor_id: str) -> None:
    db.execute("insert into raw.follows values (?, 'x', 'x', '100', ?, 'follower', null)", [run_id, actor_id])


def _profile(db: duckdb.DuckDBPyConnection, run_id: str, account_id: str, *, name: str, source: str = "x") -> None:
    address = "https://ousterly-vale.example" if name == "Ousterly Vale School" else None
    db.execute(
        "insert into raw.profiles (run_id, source, platform, account_id, display_name, bio, url, picture_url, "
        "counts_are_rounded) values (?, ?, 'x', ?, ?, ?, ?, ?, false)",
        [run_id, source, account_id, name, address, address, FACE],
    )


def _listings(db: duckdb.DuckDBPyConnection, run_id: str, stopped: str) -> None:
    for listing in ("followers", "following", "mentions", "comments", "reposts"):
        row = [run_id, "x", "x", "100", listing, 1, None, stopped == "end", stopped]
        db.execute("insert into raw.listings values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def test_a_list_that_was_never_read_leaves_imitations_open(warehouse: duckdb.DuckDBPyConnection) -> None:
    _everything(warehouse, "2026-11-02")
    warehouse.execute("delete from raw.listings where run_id = '2026-11-02' and listing = 'mentions'")

    assert ask(warehouse, "lookalike_account").verdict == "could_not_tell"
