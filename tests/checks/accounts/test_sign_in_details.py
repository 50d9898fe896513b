"""The register of accounts says when the head was given the sign-in details, and when they were last changed."""

import duckdb
import pytest

from checks.outcome import Outcome
from tests.checks.ask import ask, found
from tests.drawn import drawing, fill


def _ask(db: duckdb.DuckDBPyConnection, line: str, **parameters: object) -> Outcome:
    """Ask of an account's line: shared with the head on, changed on, days that could not be read."""
    is_told = line.count("|") == 2 and line.endswith("| ")
    fill(
        db,
        registers="register\naccounts",
        account_approvals=f"account_id | shared_with_head_on | changed_on | unread_days\n100 | {line}",
        detail_coverage=f"platform_count | fetched | judged | is_whole | why\n1 | 1 | {int(is_told)} | {is_told} | "
        f"{'end' if is_told else 'no_line'}",
    )
    return ask(db, "sign_in_details", **parameters)


def test_lists_what_the_register_lacks(db: duckdb.DuckDBPyConnection) -> None:
    assert found(_ask(db, " | 2025-11-01 | "), "lacking", "changed_on") == drawing("""
        subject | reason                                                                                                                                            | lacking                                                       | changed_on
        100     | Of the sign-in details of @OusterlyVale the register of accounts does not give a change in time or a day on which the head was given them.       | a change in time, a day on which the head was given them      | 2025-11-01
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("line", "parameters", "verdict"),
    [
        ("2024-09-01 | 2025-11-02 | ", {}, "kept"),
        ("2024-09-01 | | ", {}, "exceptions"),
        ("2024-09-01 | | ", {"wants": ["shared_with_head_on"]}, "kept"),
        ("2024-09-01 | 2026-08-01 | ", {"change_months": 3}, "exceptions"),
        ("2024-09-01 | 2026-08-02 | ", {"change_months": 3}, "kept"),
        ("2024-09-01 | | changed_on", {}, "could_not_tell"),
    ],
)
def test_what_counts_as_kept(
    db: duckdb.DuckDBPyConnection, line: str, parameters: dict[str, object], verdict: str
) -> None:
    assert _ask(db, line, **parameters).verdict == verdict


def test_a_column_that_is_not_there_accuses_nobody_and_keeps_nothing(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, register_columns="register | column_name | state\naccounts | changed_on | missing")

    outcome = _ask(db, "2024-09-01 | | ")

    assert (outcome.verdict, outcome.exceptions, outcome.is_blind) == ("could_not_tell", (), True)
    assert "no column changed_on" in outcome.why


def test_an_account_on_no_line_is_not_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        registers="register\naccounts",
        account_approvals="account_id | is_listed\n100 | false",
        detail_coverage="platform_count | fetched | judged | is_whole | why\n1 | 1 | 0 | false | no_line",
    )

    outcome = ask(db, "sign_in_details")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert "has no line of the account" in outcome.why
