"""The policy wants a protected account to be followed by approved parents alone; an open one has no such list."""

import duckdb
import pytest

from checks.model import CheckError
from tests.checks.ask import CHANNEL, PE, TOWN, ask, found
from tests.drawn import fill

SIGHT = """
    account_id | platform_count | fetched | judged
    100        | 5              | 5       | 5
    200        | 1              | 1       | 1
"""
PROFILES = """
    platform | account_id | is_protected
    x        | 100        | true
    x        | 200        | false
"""
FOLLOWERS = """
    platform | account_id | actor_id | handle   | display_name | is_current
    ---------+------------+----------+----------+--------------+-----------
    x        | 100        | 71       | approved | Ann Tilwick  | true
    x        | 100        | 72       | stranger | lamp         | true
    x        | 100        | 73       | likely   | Abe Tilwick  | true
    x        | 100        | 74       | pupil    | Ada Tilwick  | true
    x        | 100        | 75       | gone     | moth         | false
    x        | 100        | 76       |          |              | true
    x        | 200        | 72       | stranger | lamp         | true
    youtube  | UC1        | UC7      | channel  | Somebody     | true
"""
MATCHES = """
    actor_id | person_id | role   | band     | reasons           | words
    ---------+-----------+--------+----------+-------------------+-------------------
    71       | f1        | parent | declared | ["The register."] |
    73       | f3        | parent | likely   | ["The name."]     | ["Mum of Ada"]
    74       | p4        | pupil  | declared | ["The register."] |
"""


def _they_follow(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        profiles=PROFILES,
        followers=FOLLOWERS,
        people="""
            person_id | year_group
            p4        | 7
        """,
        matches=MATCHES,
    )


def test_lists_every_follower_whom_no_approved_register_declares(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)

    outcome = ask(db, "unapproved_follower")

    assert outcome.verdict == "exceptions"
    assert {one.reason for one in outcome.exceptions} == {
        "An account that is not on the list of approved followers follows @OusterlyVale, which is protected."
    }
    assert [
        (one.subject_id, one.evidence["account"], one.evidence.get("may_be"), one.evidence.get("roll_id"))
        for one in outcome.exceptions
    ] == [
        ("72", "@stranger", None, None),
        ("73", "@likely", "An account that may belong to a parent.", "f3"),
        ("74", "@pupil", "An account declared as that of a pupil in Year 7.", "p4"),
        ("76", "76", None, None),
    ]
    assert [one.evidence.get("quote") for one in outcome.exceptions] == [None, "Mum of Ada", None, None]


def test_the_pack_says_who_may_be_approved(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)

    def listed(*roles: str) -> list[str]:
        return [one.subject_id for one in ask(db, "unapproved_follower", roles=list(roles)).exceptions]

    assert listed("parent", "pupil") == ["72", "73", "76"]
    assert listed("staff") == ["71", "72", "73", "74", "76"]
    with pytest.raises(CheckError, match="unapproved_follower needs roles"):
        listed()


def test_an_account_whose_every_follower_is_approved_is_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        profiles=PROFILES,
        followers="""
            actor_id | handle
            71       | approved
        """,
        matches=MATCHES,
    )

    outcome = ask(db, "unapproved_follower", accounts=[TOWN, PE])

    assert outcome.verdict == "kept"
    assert outcome.why == "@OusterlyVale has 5 followers; all were judged."


def test_an_open_account_has_no_such_list(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)

    outcome = ask(db, "unapproved_follower", accounts=[PE])

    assert (outcome.verdict, outcome.exceptions) == ("not_applicable", ())
    assert outcome.why == "No official account on X is known to be private, so there is no list of approved followers."


def test_an_account_whose_profile_is_not_known_accuses_nobody(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)
    db.execute("update core.profiles set is_protected = null where account_id = '100'")

    assert ask(db, "unapproved_follower", accounts=[TOWN]).verdict == "not_applicable"


def test_says_that_the_list_itself_was_not_read(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)
    db.execute("delete from core.registers")

    assert "The parents register was not read in this run" in ask(db, "unapproved_follower").why


def test_a_channel_has_no_followers_to_approve(db: duckdb.DuckDBPyConnection) -> None:
    _they_follow(db)

    outcome = found(ask(db, "unapproved_follower", accounts=[TOWN, CHANNEL]))

    assert "UC7" not in outcome
    assert ask(db, "unapproved_follower", accounts=[CHANNEL]).verdict == "not_applicable"


def _open(handle: str) -> str:
    return f"{handle} is open to everybody, so there is no list of approved followers."
