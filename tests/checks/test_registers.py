"""A check that goes by a register which this run did not see whole is never kept, and closes nothing."""

import duckdb
import pytest

from checks.catalogue import catalogue
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from tests.checks.ask import TOWN, ask
from tests.drawn import fill

# What each check rests on: one that is not here looks at no register.
RESTS_ON = {
    "abusive_comment": {"pupils", "staff"},
    "account_register": {"accounts"},
    "approved_before_use": {"accounts"},
    "following_person": {"pupils", "leavers", "parents", "staff"},
    "governor_follower": {"governors"},
    "leaver_follower": {"leavers"},
    "location_metadata": {"photographs"},
    "lookalike_account": {"accounts", "pupils"},
    "official_interaction": {"pupils", "leavers", "parents", "staff", "governors"},
    "official_words": {"pupils", "staff"},
    "personal_account_comment": {"staff"},
    "picture_exposure": {"pupils"},
    "policy_read": {"staff"},
    "pupil_comment": {"pupils"},
    "pupil_confidence": {"pupils"},
    "pupil_follower": {"pupils"},
    "pupil_named": {"pupils"},
    "sign_in_details": {"accounts"},
    "staff_follower": {"staff"},
    "staff_handle_shown": {"staff"},
    "staff_repost": {"staff"},
    "unapproved_follower": {"parents"},
    "unapproved_picture": {"photographs", "pupils", "leavers"},
    "withdrawn_picture": {"photographs", "pupils", "leavers"},
}
CUT = "The {} register has 9 rows where it had 120 on 2 November 2026."


def _rests_on(check_id: str) -> set[str]:
    check = catalogue()[check_id]
    of_roles = {REGISTER_OF[role] for role in check.defaults["roles"]} if OF_THE_ROLES in check.needs else set()
    return {*check.needs, *check.heeds, *of_roles} - {OF_THE_ROLES}


def test_every_check_says_which_registers_it_rests_on() -> None:
    assert {check_id: found for check_id in catalogue() if (found := _rests_on(check_id))} == RESTS_ON


def _place(check_id: str) -> tuple[str, str]:
    return TOWN if "x" in catalogue()[check_id].sources else ("school", "ousterly-vale")


def _seen_whole(db: duckdb.DuckDBPyConnection, check_id: str) -> None:
    """Let everything that the check looks at be seen, and an account be private, so that it could be kept."""
    coverage = catalogue()[check_id].coverage.removeprefix("core.")
    fill(
        db,
        registers="register\naccounts",
        registered_accounts="account_id | owner_role | approved_by | approved_on\n100 | dpo | dpo | 2026-01-01",
        profiles="account_id | is_protected\n100 | true",
        school="school_id\nousterly-vale",
        policy="adopted_on\n2026-01-01",
        **{coverage: f"platform | account_id | fetched | judged\n{' | '.join(_place(check_id))} | 3 | 3"},
    )


@pytest.mark.parametrize(("check_id", "registers"), RESTS_ON.items(), ids=RESTS_ON)
def test_a_check_that_rests_on_a_register_which_came_short_could_not_tell_and_closes_nothing(
    db: duckdb.DuckDBPyConnection, check_id: str, registers: set[str]
) -> None:
    _seen_whole(db, check_id)
    db.execute("delete from core.official_accounts where account_id != '100'")
    place = _place(check_id)
    assert ask(db, check_id, [place]).verdict == "kept"

    for register in sorted(registers):
        db.execute("insert into core.register_states values (?, 'partial', ?, null)", [register, CUT.format(register)])
        short = ask(db, check_id, [place])
        db.execute("update core.register_states set accepted_by = 'headteacher'")
        accepted = ask(db, check_id, [place])

        assert (short.verdict, short.is_blind) == ("could_not_tell", True)
        assert f"{CUT.format(register)} Nothing that rests on it counts as kept or gone." in short.why
        assert (accepted.verdict, accepted.is_blind) == ("kept", False)


def test_what_is_found_beside_a_register_that_came_short_is_listed_with_the_sentence(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        db,
        picture_coverage="fetched | judged\n1 | 1",
        register_states=f"register | state | why\npupils | partial | {CUT.format('pupils')}",
        posts="post_id | posted_at\n1 | 2026-10-01",
        media="post_id | medium_id\n1 | m1",
        picture_verdicts="post_id | medium_id | sha256 | verdict\n1 | m1 | s | unapproved",
        picture_parts="post_id | medium_id | verdict\n1 | m1 | unapproved",
    )

    outcome = ask(db, "unapproved_picture")

    assert (outcome.verdict, len(outcome.exceptions), outcome.is_blind) == ("exceptions", 1, True)
    assert CUT.format("pupils") in outcome.why


@pytest.mark.parametrize(
    ("register", "check_id", "says"),
    [
        ("governors", "governor_follower", "The governors register is empty, so that nobody on it could be recognised"),
        ("photographs", "withdrawn_picture", "The photographs register is empty, so that no approval could be found"),
    ],
)
def test_a_register_that_holds_nobody_shows_nothing(
    db: duckdb.DuckDBPyConnection, register: str, check_id: str, says: str
) -> None:
    _seen_whole(db, check_id)
    db.execute("update core.registers set rows = 0 where register = ?", [register])

    outcome = ask(db, check_id)

    assert (outcome.verdict, outcome.is_blind) == ("could_not_tell", True)
    assert says in outcome.why


def test_a_register_that_somebody_accepted_as_empty_is_whole(db: duckdb.DuckDBPyConnection) -> None:
    _seen_whole(db, "governor_follower")
    db.execute("update core.registers set rows = 0 where register = 'governors'")
    db.execute("insert into core.register_states values ('governors', 'partial', 'It is empty.', 'headteacher')")

    outcome = ask(db, "governor_follower")

    assert (outcome.verdict, outcome.is_blind) == ("kept", False)
