"""The policy wants official accounts to follow no pupil, no parent and no member of staff in private."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform_count | fetched | judged
    6              | 6       | 6
"""
REGISTERS = """
    register | refreshed_on
    pupils   | 2026-11-01
    leavers  | 2026-11-01
    parents  | 2026-11-01
    staff    | 2026-11-01
"""


def _people_are_followed(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        registers=REGISTERS,
        following_coverage=SIGHT,
        people="""
            role   | person_id | year_group | date_of_birth
            pupil  | p1        | R          |
            leaver | l1        |            | 2000-01-01
            leaver | l2        |            | 2010-01-01
        """,
        following="""
            actor_id | handle  | display_name | is_current
            ---------+---------+--------------+-----------
            61       | little  | Wil Hardale  | true
            62       | adult   | Wes Hardale  | true
            63       | teen    | Wyn Hardale  | true
            64       | mum_t   | Win Hardale  | true
            65       | museum  | The Museum   | true
            66       | dropped | Wat Hardale  | false
            67       | govern  | Wim Hardale  | true
        """,
        followers="""
            actor_id | handle
            68       | follower
        """,
        matches="""
            actor_id | person_id | role     | band     | reasons
            ---------+-----------+----------+----------+------------------
            61       | p1        | pupil    | likely   | ["The name."]
            62       | l1        | leaver   | declared | ["The register."]
            63       | l2        | leaver   | likely   | ["The name."]
            64       | f1        | parent   | declared | ["The register."]
            64       | s1        | staff    | declared | ["The register."]
            66       | p1        | pupil    | declared | ["Has gone."]
            67       | g1        | governor | declared | ["The register."]
            68       | p1        | pupil    | declared | ["Follows us."]
        """,
    )


def test_lists_whom_an_official_account_follows(db: duckdb.DuckDBPyConnection) -> None:
    _people_are_followed(db)

    outcome = ask(db, "following_person")

    assert outcome.verdict == "exceptions"
    assert outcome.why == "@OusterlyVale has 6 followed accounts; all were judged."
    assert found(outcome, "account", "link", "band", "roll_id") == drawing("""
        subject | reason                                                                                     | account | link                    | band     | roll_id
        --------+--------------------------------------------------------------------------------------------+---------+-------------------------+----------+--------
        61      | @OusterlyVale follows an account that may belong to a pupil in Reception.                  | @little | https://x.com/i/user/61 | likely   | p1
        63      | @OusterlyVale follows an account that may belong to a former pupil under 18.               | @teen   | https://x.com/i/user/63 | likely   | l2
        64      | @OusterlyVale follows an account declared as that of a member of staff and a parent.       | @mum_t  | https://x.com/i/user/64 | declared | s1, f1
    """)  # noqa: E501


def test_an_account_of_several_says_of_every_role_whose_it_is(db: duckdb.DuckDBPyConnection) -> None:
    _people_are_followed(db)

    exceptions = ask(db, "following_person").exceptions

    assert {one.subject_id: one.evidence["whom"] for one in exceptions} == {
        "61": "pupil", "63": "leaver", "64": "parent, staff",
    }  # fmt: skip


def test_the_pack_may_set_until_which_age_a_former_pupil_is_not_to_be_followed(db: duckdb.DuckDBPyConnection) -> None:
    _people_are_followed(db)

    younger, older = (ask(db, "following_person", roles=["leaver"], until_age=age) for age in (16, 120))

    assert [[one.subject_id for one in outcome.exceptions] for outcome in (younger, older)] == [[], ["62", "63"]]


def test_each_exception_says_whom_it_concerns_and_a_child_comes_before_an_adult(db: duckdb.DuckDBPyConnection) -> None:
    _people_are_followed(db)
    db.execute("insert into core.matches (actor_id, person_id, role, band) values ('63', 's2', 'staff', 'declared')")

    def concerned(*roles: str) -> dict[str, str]:
        outcome = ask(db, "following_person", roles=list(roles))
        return {exception.subject_id: exception.concerns for exception in outcome.exceptions}

    assert concerned("pupil", "leaver", "parent", "staff") == {"61": "pupil", "63": "pupil", "64": "staff"}
    assert concerned("parent", "governor") == {"64": "parent", "67": "governor"}


def test_the_pack_says_which_roles_count(db: duckdb.DuckDBPyConnection) -> None:
    _people_are_followed(db)

    def listed(*roles: str) -> list[str]:
        return [one.subject_id for one in ask(db, "following_person", roles=list(roles)).exceptions]

    assert listed("pupil", "leaver") == ["61", "63"]
    assert listed("staff") == ["64"]
    assert listed("governor") == ["67"]
    assert listed("parent", "governor") == ["64", "67"]


def test_names_each_register_that_it_goes_by_and_that_was_not_read(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, following_coverage=SIGHT)
    db.execute("delete from core.registers where register = 'parents'")

    outcome = ask(db, "following_person", roles=["pupil", "parent"])

    assert outcome.why == (
        "@OusterlyVale has 6 followed accounts; all were judged. "
        "The parents register was not read in this run, so that nobody on it could be recognised."
    )


def test_a_school_with_a_channel_alone_has_nothing_to_judge(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "following_person", accounts=[CHANNEL]).verdict == "not_applicable"
