"""Every register that the school names is read in each run, and was refreshed in time."""

from typing import Any

import duckdb
import pytest

from checks.catalogue import catalogue
from tests.checks.ask import MONDAY, ask, found
from tests.drawn import drawing, fill

SCHOOL = ("school", "ousterly-vale")
SEEN = """
    platform | account_id    | platform_count | fetched | judged
    school   | ousterly-vale | 3              | 2       | 2
"""
ALL_SEEN = """
    platform | account_id    | platform_count | fetched | judged
    school   | ousterly-vale | 3              | 3       | 3
"""
NAMED = """
    school_id     | registers
    ousterly-vale | pupils; staff; parents
"""


def _refreshed(db: duckdb.DuckDBPyConnection, **days: str) -> None:
    db.execute("delete from core.registers")
    rows = "\n".join(f"{register} | {day}" for register, day in days.items())
    fill(db, school=NAMED, registers=f"register | refreshed_on\n{rows}")


def _listed(db: duckdb.DuckDBPyConnection, **parameters: Any) -> list[str]:
    check = catalogue()["register_fresh"]
    return check.judge(db, MONDAY, check.with_defaults(parameters))["subject_id"].to_list()


def test_lists_what_is_old_what_is_missing_and_what_is_dated_after_the_run(db: duckdb.DuckDBPyConnection) -> None:
    _refreshed(db, pupils="2026-10-01", staff="2026-11-03")
    fill(db, register_coverage=SEEN)

    outcome = ask(db, "register_fresh", accounts=[SCHOOL])

    assert outcome.verdict == "exceptions"
    assert outcome.why.startswith("2 of the 3 registers that the school names")
    assert found(outcome, "refreshed_on", "days_allowed") == drawing("""
        subject | reason                                                     | refreshed_on | days_allowed
        --------+------------------------------------------------------------+--------------+-------------
        parents | The register of parents was not read in this run.          |              | 31
        pupils  | The register of pupils was not refreshed within 31 days.   | 2026-10-01   | 31
        staff   | The register of staff bears a day that lies after this run.| 2026-11-03   | 31
    """)


def test_leaves_out_the_near_misses(db: duckdb.DuckDBPyConnection) -> None:
    _refreshed(db, pupils="2026-10-02", staff="2026-11-02", parents="2026-10-20", governors="2020-01-01")
    fill(db, register_coverage=ALL_SEEN)

    outcome = ask(db, "register_fresh", accounts=[SCHOOL])

    assert outcome.verdict == "kept"
    assert outcome.exceptions == ()


@pytest.mark.parametrize(("days", "listed"), [(7, ["parents", "pupils"]), (13, ["pupils"]), (400, [])])
def test_the_pack_says_how_old_a_register_may_be(db: duckdb.DuckDBPyConnection, days: int, listed: list[str]) -> None:
    _refreshed(db, pupils="2026-10-02", staff="2026-11-02", parents="2026-10-20")

    assert _listed(db, days=days) == listed


@pytest.mark.parametrize(
    ("registers", "listed"),
    [
        (["pupils"], ["pupils"]),
        (["staff"], []),
        (["pupils", "pupils", "staff"], ["pupils"]),
        (["calendar"], ["calendar"]),
    ],
)
def test_the_pack_may_name_the_registers_that_count(
    db: duckdb.DuckDBPyConnection, registers: list[str], listed: list[str]
) -> None:
    _refreshed(db, pupils="2026-01-02", staff="2026-11-02")

    assert _listed(db, registers=registers) == listed


def test_of_two_files_of_one_register_the_older_one_counts(db: duckdb.DuckDBPyConnection) -> None:
    _refreshed(db, staff="2026-11-01", parents="2026-11-01")
    fill(
        db,
        registers="""
            register | file_name | refreshed_on
            pupils   | lower.csv | 2026-11-01
            pupils   | upper.csv | 2026-05-01
        """,
    )

    assert _listed(db) == ["pupils"]


def test_the_same_question_gets_the_same_answer_twice(db: duckdb.DuckDBPyConnection) -> None:
    _refreshed(db, pupils="2026-01-02")
    fill(db, register_coverage=SEEN)

    first = ask(db, "register_fresh", accounts=[SCHOOL])

    assert [one.subject_id for one in first.exceptions] == ["parents", "pupils", "staff"]
    assert first == ask(db, "register_fresh", accounts=[SCHOOL])


def test_a_school_that_names_no_register_is_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        school="""
            school_id     | registers
            ousterly-vale |
        """,
        register_coverage="""
            platform | account_id    | platform_count | fetched | judged
            school   | ousterly-vale | 0              | 0       | 0
        """,
    )

    outcome = ask(db, "register_fresh", accounts=[SCHOOL])

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == "The school has no registers, so there was nothing to examine."
    assert outcome.exceptions == ()
