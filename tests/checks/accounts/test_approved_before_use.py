"""An account was approved before its first post by whoever may; what is not known of it is neither kept nor accused."""

from datetime import UTC, date, datetime

import duckdb
import pytest

from connectors.records import RegisteredAccount
from tests.checks.ask import PE, TOWN, ask, found
from tests.drawn import drawing, fill
from tests.warehouse.conftest import warehouse_alone
from tests.warehouse.rows import listing_end, post, profile, registers_read
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin
from warehouse.store.load import load


def _drawn(db: duckdb.DuckDBPyConnection, *approvals: str) -> None:
    """Draw the accounts' approvals: id, day, by whom, opened on, first used on."""
    head = "account_id | approved_on | approved_by | opened_on | first_used_on"
    fill(
        db,
        registers="register\naccounts",
        account_approvals="\n".join([head, *approvals]),
        approval_coverage="account_id | platform_count | fetched | judged\n100 | 1 | 1 | 1\n200 | 1 | 1 | 1",
    )


def test_lists_a_late_approval_and_one_by_another_role(db: duckdb.DuckDBPyConnection) -> None:
    _drawn(
        db,
        "100 | 2026-11-02 | Headteacher | 2024-01-01 | 2024-02-01",
        "200 | 2024-02-01 | School office | 2024-01-01 | 2024-02-01",
    )

    outcome = ask(db, "approved_before_use", [TOWN, PE], approvers=["headteacher"])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "wrong", "approved_by", "approved_on", "first_used_on") == drawing("""
        subject | reason                                                                        | wrong                        | approved_by   | approved_on | first_used_on
        100     | By the register of accounts @OusterlyVale was approved after its first use.   | approved after its first use | Headteacher   | 2026-11-02  | 2024-02-01
        200     | By the register of accounts @OusterlyVale was approved by another role.       | approved by another role     | School office | 2024-02-01  | 2024-02-01
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("approved_by", "is_listed"),
    [
        ("The Head Teacher", False),
        ("Mrs A Lee (Headteacher)", False),
        ("Chair of governors and headteacher", False),
        ("Deputy Headteacher", True),
        ("Mrs A Lee", True),
        ("", False),
    ],
)
def test_a_role_is_known_however_it_is_written_and_no_other_passes_for_it(
    db: duckdb.DuckDBPyConnection, approved_by: str, is_listed: bool
) -> None:
    _drawn(db, f"100 | 2024-01-01 | {approved_by} | 2024-01-01 | 2024-02-01")

    assert bool(ask(db, "approved_before_use", approvers=["headteacher"]).exceptions) is is_listed
    assert not ask(db, "approved_before_use").exceptions


MORNING, JANUARY, FEBRUARY = (datetime(*day, 9, tzinfo=UTC) for day in ((2026, 11, 2), (2024, 1, 1), (2024, 2, 1)))


@pytest.mark.parametrize(
    ("approved", "opened_at", "first_at", "is_whole", "verdict"),
    [
        ("2024-01-01 Head, of another account", JANUARY, FEBRUARY, True, "could_not_tell"),
        ("2024-01-01 Head", JANUARY, FEBRUARY, False, "kept"),
        ("2024-02-02 Head", JANUARY, FEBRUARY, False, "exceptions"),
        ("2024-01-15 Head", JANUARY, FEBRUARY, True, "kept"),
        ("2024-01-15 Head", JANUARY, FEBRUARY, False, "could_not_tell"),
        ("2024-01-15 Head", JANUARY, None, False, "could_not_tell"),
        ("2024-01-15 Head", None, FEBRUARY, False, "could_not_tell"),
        ("2024-01-15 Head", None, FEBRUARY, True, "kept"),
        ("2024-01-01  ", JANUARY, FEBRUARY, True, "could_not_tell"),
        ("", JANUARY, FEBRUARY, True, "could_not_tell"),
    ],
    ids=[
        "on the line of another account",
        "before it was opened", "after a post", "before every post", "between opening and what is known",
        "no post is known", "its opening is not known", "every post is", "by nobody", "on no register",
    ],
)  # fmt: skip
def test_only_what_is_known_of_the_first_use_is_kept_or_listed(approved, opened_at, first_at, is_whole, verdict):
    day, _, by = approved.partition(" ")
    line = RegisteredAccount(
        platform="x",
        account_id="66" if "another" in by else None,
        handle="ousterlyvale",
        approved_by=by,
        approved_on=day and date.fromisoformat(day),
    )
    with warehouse_alone() as db:
        run_id = begin(
            db,
            as_of=MORNING.date(),
            school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
            policy=PolicyRow(pack="own", title="Policy", edition="1"),
            accounts=[AccountRow("x", "100", "@OusterlyVale", "owned")],
            at=MORNING,
        )
        load(db, run_id=run_id, source="registers", records=[line] if day else [])
        registers_read(db, run_id)
        posts = [post("1", posted_at=first_at)] if first_at else []
        ends = [listing_end("posts", rows=len(posts), whole=is_whole)]
        load(db, run_id=run_id, source="x", records=[profile("100", created_at=opened_at), *posts, *ends])

        outcome = ask(db, "approved_before_use", approvers=["Head"])

    assert outcome.verdict == verdict, outcome.why
    assert all(coverage.is_whole is (verdict != "could_not_tell") for coverage in outcome.coverage)
