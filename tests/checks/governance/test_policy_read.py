"""Whoever is on the staff has read the policy as it stands and was trained; what cannot be read accuses nobody."""

import duckdb
import pytest

from checks.outcome import Outcome
from tests.checks.ask import ask, found
from tests.drawn import drawing, fill

SCHOOL = ("school", "ousterly-vale")
BOTH = ["policy_read_on", "trained_on"]


def _ask(db: duckdb.DuckDBPyConnection, *staff: str, adopted_on: str = "2026-06-01", **parameters: object) -> Outcome:
    """Ask of these members of staff: roll id, day of reading, day of training, days that could not be read."""
    unread = sum(row.count("|") == 3 and not row.endswith("| ") for row in staff)
    fill(
        db,
        school="school_id\nousterly-vale",
        policy=f"adopted_on\n{adopted_on}",
        staff_coverage=f"platform | account_id | fetched | judged\nschool | ousterly-vale | {len(staff)} | "
        f"{len(staff) - unread}",
        people="\n".join(
            ["role | person_id | policy_read_on | trained_on | unread_days", *(f"staff | {row}" for row in staff)]
        ),
    )
    return ask(db, "policy_read", [SCHOOL], **parameters)


def test_each_column_is_told_with_how_many_lack_a_day_that_counts(db: duckdb.DuckDBPyConnection) -> None:
    outcome = _ask(
        db,
        "S1 | 2026-06-01 | 2025-11-02 | ",
        "S2 | 2026-05-31 | 2026-09-01 | ",
        "S3 | | 2025-11-01 | ",
        "S4 | 2026-09-01 | | ",
        wants=BOTH,
    )

    assert outcome.verdict == "exceptions"
    assert found(outcome, "lacking", "without_day", "earlier_edition", "too_long_ago") == drawing("""
        subject        | reason                                                                                                                            | lacking   | without_day | earlier_edition | too_long_ago
        policy_read_on | Of the 4 on the staff register, 1 without a day and 1 with a day before this edition was adopted in its column policy_read_on. | a reading | 1           | 1               | 0
        trained_on     | Of the 4 on the staff register, 1 without a day and 1 with a day that is too long ago in its column trained_on.                   | training  | 1           | 0               | 1
    """)  # noqa: E501


def test_a_case_names_nobody_and_another_number_is_another_case_to_decide(db: duckdb.DuckDBPyConnection) -> None:
    [one] = _ask(db, "S1 | | | ", "S2 | 2026-09-01 | | ").exceptions
    for view in ("school", "policy", "staff_coverage", "people"):
        db.execute(f"delete from core.{view}")
    [more] = _ask(db, "S1 | | | ", "S2 | | | ").exceptions

    assert (one.fingerprint, one.concerns) == (more.fingerprint, "policy")
    assert "S1" not in f"{one.reason} {one.evidence}"
    assert one.about != more.about


@pytest.mark.parametrize(
    ("staff", "parameters", "verdict"),
    [
        ("S1 | 2026-06-01 | | ", {}, "kept"),
        ("S1 | | 2026-06-01 | ", {"wants": ["trained_on"]}, "kept"),
        ("S1 | 2026-08-02 | | ", {"reading_months": 3}, "kept"),
        ("S1 | 2026-08-01 | | ", {"reading_months": 3}, "exceptions"),
        ("S1 | 2026-06-01 | 2026-08-01 | ", {"wants": BOTH, "training_months": 3}, "exceptions"),
    ],
    ids=["reading alone", "training alone", "a reading of three months", "an older one", "an older training"],
)
def test_the_policy_says_what_it_wants_and_how_often(
    db: duckdb.DuckDBPyConnection, staff: str, parameters: dict[str, object], verdict: str
) -> None:
    assert _ask(db, staff, **parameters).verdict == verdict


def test_a_day_that_cannot_be_read_accuses_nobody_and_keeps_nothing(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, unread_rows="register | column_name | rows | numbers\nstaff | policy_read_on | 1 | [3]")

    outcome = _ask(db, "S1 | | | policy_read_on", "S2 | 2026-06-01 | | ")

    assert (outcome.verdict, outcome.exceptions, outcome.is_blind) == ("could_not_tell", (), True)
    assert "1 member of staff has a day on the register that could not be read." in outcome.why


@pytest.mark.parametrize(("wants", "verdict"), [(BOTH, "could_not_tell"), (["policy_read_on"], "kept")], ids=str)
def test_a_column_that_is_not_there_is_not_kept_where_the_policy_wants_it(
    db: duckdb.DuckDBPyConnection, wants: list[str], verdict: str
) -> None:
    fill(db, register_columns="register | column_name | state\nstaff | trained_on | missing")

    outcome = _ask(db, "S1 | 2026-06-01 | | ", wants=wants)

    assert (outcome.verdict, outcome.exceptions) == (verdict, ())
    assert ("no column trained_on" in outcome.why) is outcome.is_blind is (verdict == "could_not_tell")


def test_of_an_edition_without_a_day_a_reading_says_nothing(db: duckdb.DuckDBPyConnection) -> None:
    outcome = _ask(db, "S1 | 2026-06-01 | | ", adopted_on="")

    assert outcome.verdict == "could_not_tell"
    assert "when this edition was adopted" in outcome.why


def test_without_a_register_of_staff_it_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("delete from core.registers where register = 'staff'")

    assert _ask(db, "S1 | 2026-06-01 | | ").verdict == "could_not_tell"
