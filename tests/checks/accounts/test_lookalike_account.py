"""The policy wants no account outside the register to bear the school's name or a handle like an official one."""

import duckdb
import pytest

from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import drawing, fill

SCHOOL = """
    school_name          | aliases            | town
    Ousterly Vale School | OVS; Ousterly Vale | Ousterly
"""
SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    x        | 200        | 1       | 1
    youtube  | UC1        | 1       | 1
"""
ACTORS = """
    platform | actor_id | handle           | display_name
    ---------+----------+------------------+--------------------------------
    x        | 11       | OusterlyVale1    | lamp
    x        | 12       | friends_ov       | Friends of Ousterly Vale School
    x        | 13       | ousterly_vale_uk | Ousterly Vale School
    x        | 14       | mum_of_two       | Mum at Ousterly Vale School
    x        | 15       | OusterlyEco      | Ousterly Vale School Eco
    x        | 16       | OusterlyLib      | Ousterly Vale School Library
    x        | 17       |                  |
    x        | 18       | wilh             | Wil Hardale, Ousterly Vale School
    youtube  | UC9      |                  | Ousterly Vale School
"""


def _they_touch(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        school=SCHOOL,
        actor_coverage=SIGHT,
        actors=ACTORS,
        followers="""
            platform | account_id | actor_id | is_current
            x        | 100        | 11       | true
            x        | 200        | 11       | true
            x        | 100        | 14       | true
            x        | 100        | 15       | true
            x        | 100        | 17       | true
            x        | 100        | 18       | true
            x        | 200        | 12       | false
            youtube  | UC1        | UC9      | true
        """,
        comments="comment_id | actor_id\nc1 | 12\nc2 | 12",
        reposts="post_id | actor_id\np1 | 13",
        interactions="post_id | actor_id\np1 | 16\np2 |",
        registered_accounts="""
            platform | account_id | handle
            x        |            | @ousterlyeco
            x        | 16         |
            youtube  |            | lamp
        """,
        matches="""
            actor_id | person_id | band
            18       | p1        | possible
        """,
    )


def test_lists_accounts_by_name_and_by_handle(db: duckdb.DuckDBPyConnection) -> None:
    _they_touch(db)

    outcome = ask(db, "lookalike_account", accounts=[TOWN, PE, CHANNEL])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "kind", "like", "shown_name") == drawing("""
        subject | reason                                                                                                                                            | account           | kind                                | like                             | shown_name
        --------+---------------------------------------------------------------------------------------------------------------------------------------------------+-------------------+-------------------------------------+----------------------------------+--------------------------------
        11      | An account that is not on the register of accounts bears a handle like @OusterlyVale, and touches @OusterlyVale.                                  | @OusterlyVale1    | bears a like handle                 | @OusterlyVale                    | lamp
        12      | An account that is not on the register of accounts bears the school's name, and touches @OusterlyVale.                                            | @friends_ov       | bears the name                      | the school's name                | Friends of Ousterly Vale School
        13      | An account that is not on the register of accounts bears the school's name and a handle like @OusterlyVale, and touches @OusterlyVale.            | @ousterly_vale_uk | bears the name; bears a like handle | the school's name; @OusterlyVale | Ousterly Vale School
        11      | An account that is not on the register of accounts bears a handle like @OusterlyVale, and touches @OusterlyPE.                                    | @OusterlyVale1    | bears a like handle                 | @OusterlyVale                    | lamp
        UC9     | An account that is not on the register of accounts bears the school's name, and touches @OusterlyValeSchool.                                      | UC9               | bears the name                      | the school's name                | Ousterly Vale School
    """)  # noqa: E501


def test_an_account_that_enters_the_register_is_left_out(db: duckdb.DuckDBPyConnection) -> None:
    _they_touch(db)
    fill(
        db,
        registered_accounts="""
            platform | account_id | handle
            x        | 11         |
            x        |            | FRIENDS_OV
            x        |            | @ousterly_vale_uk
        """,
    )

    assert ask(db, "lookalike_account").verdict == "kept"


def test_an_account_that_no_longer_touches_us_is_left_out(db: duckdb.DuckDBPyConnection) -> None:
    _they_touch(db)
    db.execute("delete from core.reposts")
    db.execute("update core.comments set is_current = false")
    db.execute("update core.followers set is_current = false")

    assert ask(db, "lookalike_account").exceptions == ()


def test_a_run_that_kept_no_settings_goes_by_nothing(db: duckdb.DuckDBPyConnection) -> None:
    _they_touch(db)
    db.execute("delete from core.school")

    assert ask(db, "lookalike_account").exceptions == ()


def test_a_page_about_a_pupil_is_listed_and_concerns_the_pupil(db: duckdb.DuckDBPyConnection) -> None:
    _they_touch(db)
    fill(
        db,
        matches="""
            actor_id | person_id | role  | band
            14       | p1        | pupil | about
            15       | s1        | staff | about
            18       | p1        | pupil | possible
        """,
    )

    outcome = ask(db, "lookalike_account", accounts=[TOWN])

    assert [
        (row.subject_id, row.concerns, row.evidence["roll_id"])
        for row in outcome.exceptions
        if "is about a pupil" in row.evidence["kind"]
    ] == [("14", "pupil", "p1")]


@pytest.mark.parametrize(
    ("account_id", "handle", "is_listed"),
    [
        ("100", "@OusterlyOld", True),
        ("100", "@OusterlyNew", True),
        ("66", "@OusterlyNew", False),
        ("66", "", False),
        ("", "ousterlyold", False),
        ("", "@OusterlyNew", True),
    ],
    ids=[
        "a line of another account that bore the handle",
        "a line of another account",
        "a line of its own, by an older handle",
        "a line of its own",
        "a line of its handle alone",
        "a line of another handle alone",
    ],
)
def test_who_takes_a_handle_that_the_school_gave_up_is_on_no_line_of_another_account(
    db: duckdb.DuckDBPyConnection, account_id: str, handle: str, is_listed: bool
) -> None:
    fill(
        db,
        school=SCHOOL,
        actor_coverage=SIGHT,
        actors="actor_id | handle | display_name\n66 | OusterlyOld | Ousterly Vale School",
        followers="actor_id\n66",
        registered_accounts=f"account_id | handle\n{account_id} | {handle}",
    )

    assert bool(ask(db, "lookalike_account").exceptions) == is_listed
