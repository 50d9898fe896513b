"""The policy wants every official account on the register of accounts, approved in time and owned by a role."""

import duckdb

from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 1       | 1
    x        | 200        | 1       | 1
    youtube  | UC1        | 1       | 1
"""
READ = """
    register | file_name    | refreshed_on
    accounts | accounts.csv | 2026-11-01
"""
IN_ORDER = """
    platform | account_id | handle              | owner_role    | approved_by | approved_on
    x        | 100        |                     | it_technician | headteacher | 2026-11-02
    x        |            | ousterlype          | it_technician | headteacher | 2024-09-01
    youtube  | UC1        | @somethingelse      | it_technician | headteacher | 2024-09-01
"""
ALL = (TOWN, PE, CHANNEL)


def test_a_register_in_order_is_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ, registered_accounts=IN_ORDER)

    outcome = ask(db, "account_register", accounts=ALL)

    assert (outcome.verdict, outcome.exceptions) == ("kept", ())
    assert outcome.why.startswith("@OusterlyVale has 1 register of accounts; all were judged.")


def test_lists_each_official_account_that_is_not_in_order(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        account_register_coverage=SIGHT,
        registers=READ,
        registered_accounts="""
            platform | account_id | handle      | owner_role    | approved_by | approved_on
            x        | 100        |             | it_technician | headteacher | 2026-11-03
            x        |            | @OusterlyPE |               |             |
            x        | UC1        |             | it_technician | headteacher | 2024-09-01
        """,
    )

    outcome = ask(db, "account_register", accounts=ALL)

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "lacking", "owner_role", "approved_by") == drawing("""
        subject | reason                                                                                                        | account             | lacking                                               | owner_role    | approved_by
        --------+---------------------------------------------------------------------------------------------------------------+---------------------+-------------------------------------------------------+---------------+------------
        100     | The register of accounts does not give for @OusterlyVale: an approval that has begun.                         | @OusterlyVale       | an approval that has begun                            | it_technician | headteacher
        UC1     | The register of accounts holds an account on X that the settings do not name.                                 | UC1                 | its place in the settings                             | it_technician | headteacher
        200     | The register of accounts does not give for @OusterlyPE: who approved it, when it was approved, whose it is.   | @OusterlyPE         | who approved it, when it was approved, whose it is    |               |
        UC1     | @OusterlyValeSchool is not on the register of accounts.                                                       | @OusterlyValeSchool | its line on the register                              |               |
    """)  # noqa: E501


def test_blanks_are_no_approval_and_one_line_out_of_order_is_enough(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ, registered_accounts=IN_ORDER)
    db.execute(
        "insert into core.registered_accounts (account_id, owner_role, approved_by, approved_on) "
        "values ('100', 'headteacher', '  ', date '2024-09-01')"
    )

    [one] = ask(db, "account_register", accounts=ALL).exceptions

    assert one.reason == "The register of accounts does not give for @OusterlyVale: who approved it."
    assert one.evidence["owner_role"] == "headteacher, it_technician"


def test_a_line_of_another_account_with_the_handle_of_ours_is_not_ours(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ, registered_accounts=IN_ORDER)
    db.execute("update core.registered_accounts set account_id = '66' where handle = 'ousterlype'")

    outcome = ask(db, "account_register", accounts=ALL)

    assert [(one.account_id, one.subject_id, one.reason) for one in outcome.exceptions] == [
        ("100", "66", "The register of accounts holds an account on X that the settings do not name."),
        ("200", "200", "@OusterlyPE is not on the register of accounts."),
    ]


def test_an_account_that_the_settings_do_not_name_is_told_on_the_first_of_its_platform(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ, registered_accounts=IN_ORDER)
    fill(
        db,
        registered_accounts="""
            platform | account_id | handle        | owner_role    | approved_by | approved_on
            x        |            | @OusterlyEco  | it_technician | headteacher | 2024-09-01
            youtube  | UC2        | @OusterlyEco  | it_technician | headteacher | 2024-09-01
        """,
    )

    outcome = ask(db, "account_register", accounts=ALL)

    assert [(one.platform, one.account_id, one.subject_id) for one in outcome.exceptions] == [
        ("x", "100", "@OusterlyEco"),
        ("youtube", "UC1", "UC2"),
    ]


def test_an_account_on_a_platform_without_an_official_one_is_told_elsewhere(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ, registered_accounts=IN_ORDER)
    db.execute("delete from core.official_accounts where platform = 'youtube'")

    [one] = ask(db, "account_register", accounts=[TOWN, PE]).exceptions

    assert (one.platform, one.account_id, one.subject_id) == ("x", "100", "youtube:UC1")
    assert one.reason == "The register of accounts holds an account on YouTube that the settings do not name."


def test_a_register_that_was_not_read_accuses_nobody(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        account_register_coverage="""
            fetched | judged | is_whole | why
            0       | 0      | false    | no_register
        """,
        registered_accounts=IN_ORDER,
    )

    outcome = ask(db, "account_register")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert outcome.why.endswith("The school gave no such register.")


def test_an_empty_register_that_was_read_holds_no_account(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, account_register_coverage=SIGHT, registers=READ)

    outcome = ask(db, "account_register", accounts=ALL)

    assert [one.subject_id for one in outcome.exceptions] == ["100", "200", "UC1"]
