"""Through the real views: each run answers for its own registers and its own policy, not for last week's."""

from datetime import UTC, date, datetime

import duckdb

from tests.checks.ask import ask
from tests.warehouse.conftest import db
from warehouse.runs.runs import PolicyRow, SchoolRow, begin

__all__ = ["db"]

SCHOOL = ("school", "ousterly-vale")
OLD = PolicyRow(pack="own-2022", title="Policy", edition="1", adopted_on=date(2022, 2, 1), review_by=date(2023, 3, 31))
NEW = PolicyRow(pack="own-2026", title="Policy", edition="2", adopted_on=date(2026, 10, 1), review_by=date(2027, 10, 1))


def _run(db: duckdb.DuckDBPyConnection, day: date, *, policy: PolicyRow = NEW, registers: tuple[str, ...] = ()) -> None:
    school = SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School", registers=("pupils", "staff"))
    at = datetime(2026, 11, 2, 6, tzinfo=UTC)
    run_id = begin(db, as_of=day, school=school, policy=policy, accounts=[], at=at)
    for register in registers:
        db.execute(
            "insert into raw.registers values (?, 'registers', ?, ?, 1, 0, 'f00d', ?, null)",
            [run_id, register, f"{register}.csv", date(2026, 10, 30)],
        )


def test_yesterdays_rows_do_not_hide_that_no_register_was_read_today(db: duckdb.DuckDBPyConnection) -> None:
    _run(db, date(2026, 11, 1), registers=("pupils", "staff"))
    _run(db, date(2026, 11, 2))

    outcome = ask(db, "register_fresh", accounts=[SCHOOL])

    assert [one.reason for one in outcome.exceptions] == [
        "The register of pupils was not read in this run.",
        "The register of staff was not read in this run.",
    ]
    assert (outcome.platform_count, outcome.fetched) == (2, 0)


def test_registers_that_this_run_read_are_judged(db: duckdb.DuckDBPyConnection) -> None:
    _run(db, date(2026, 11, 2), registers=("pupils", "staff"))

    outcome = ask(db, "register_fresh", accounts=[SCHOOL])

    assert outcome.verdict == "kept"
    assert (outcome.platform_count, outcome.fetched, outcome.judged) == (2, 2, 2)


def test_a_new_edition_ends_what_was_said_of_the_old_one(db: duckdb.DuckDBPyConnection) -> None:
    _run(db, date(2026, 11, 1), policy=OLD)
    _run(db, date(2026, 11, 2), policy=NEW)

    assert ask(db, "policy_review", accounts=[SCHOOL]).verdict == "kept"


def test_the_policy_of_this_run_is_judged(db: duckdb.DuckDBPyConnection) -> None:
    _run(db, date(2026, 11, 1), policy=NEW)
    _run(db, date(2026, 11, 2), policy=OLD)

    assert [one.subject_id for one in ask(db, "policy_review", accounts=[SCHOOL]).exceptions] == ["own-2022"]
