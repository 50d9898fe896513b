"""Where followers are to be approved, an open account is an exception, and one that nobody knows of is not kept."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill


def _accounts(db: duckdb.DuckDBPyConnection, town: str, pe: str = "true") -> None:
    """Draw whether each account is protected; an empty cell is what an archive says of it."""
    fill(
        db,
        openness_coverage=f"""
            platform | account_id | platform_count | fetched | judged        | is_whole      | why
            x        | 100        | 1              | 1       | {int(town != "")} | {town != ""} | {"end" if town else "unsaid"}
            x        | 200        | 1              | 1       | 1             | true          | end
        """,  # noqa: E501
        profiles=f"account_id | is_protected\n100 | {town}\n200 | {pe}",
    )


def test_an_open_account_is_listed_and_a_protected_one_is_not(db: duckdb.DuckDBPyConnection) -> None:
    _accounts(db, "false")

    outcome = ask(db, "approval_possible", [TOWN, PE])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account") == drawing("""
        subject | reason                                                       | account
        100     | @OusterlyVale is open, so that nobody approves who follows it. | @OusterlyVale
    """)


@pytest.mark.parametrize(
    ("town", "verdict"), [("true", "kept"), ("false", "exceptions"), ("", "could_not_tell")], ids=str
)
def test_what_nobody_knows_is_not_kept(db: duckdb.DuckDBPyConnection, town: str, verdict: str) -> None:
    _accounts(db, town)

    outcome = ask(db, "approval_possible", [TOWN, PE])

    assert outcome.verdict == verdict
    assert [coverage.is_whole for coverage in outcome.coverage] == [town != "", True]
    assert ("1 public profile does not say who may follow." in outcome.why) == (town == "")


@pytest.mark.parametrize(
    ("accounts", "verdict"),
    [
        (["@ousterlyvale"], "exceptions"),
        (["100"], "exceptions"),
        (["@OusterlyPE"], "kept"),
        (["@Gone"], "could_not_tell"),
    ],
    ids=["by handle", "by id", "another", "of no account"],
)
def test_the_policy_may_name_the_accounts(db: duckdb.DuckDBPyConnection, accounts: list[str], verdict: str) -> None:
    _accounts(db, "false")

    outcome = ask(db, "approval_possible", [TOWN, PE], protected=accounts)

    assert outcome.verdict == verdict
    assert ("1 account that the settings do not name" in outcome.why) == (accounts == ["@Gone"])


def test_channels_have_no_followers_to_approve(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "approval_possible", [CHANNEL]).verdict == "not_applicable"
