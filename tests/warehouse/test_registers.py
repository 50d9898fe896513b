"""A register that shrinks is partial, and a person reads why, in figures; the table is the whole of the rules."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from connectors.records import Record
from tests.warehouse.school_rolls import (
    ACCOUNTS,
    PARENTS,
    PHOTOGRAPHS,
    PUPILS,
    STAFF,
    changed,
    known,
    leavers,
    registers,
)
from warehouse.casebook.casebook import Acceptance
from warehouse.registers.shortfall import Copy, copied, shortfall

Week = Callable[[str], str]
Rows = dict[str, Sequence[Record]]
FIRST, SECOND, THIRD, FOURTH = "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"
OTHERS: Rows = {"parents": PARENTS, "photographs": PHOTOGRAPHS, "accounts": ACCOUNTS}
THEN = "where it had 120 on 2 November 2026"
NOWHERE = "of the rows that it had then are neither on it nor on the leavers register now"
LOST = "is not there or empty now"
GONE = "of the rows that it had then are not there any more"
SWAPPED = [replace(one, person_id=f"9{one.person_id}") for one in PUPILS]

TABLE: dict[str, tuple[str, Rows, str, str]] = {
    "nothing has changed": ("pupils", {}, "whole", ""),
    "120 pupils cut to 9, as an export of one class is": (
        "pupils",
        {"pupils": PUPILS[:9]},
        "partial",
        f"has 9 rows {THEN}: 111 {NOWHERE}; 5 of 6 year groups are missing; 10 of 12 classes are missing.",
    ),
    "no pupil at all": ("pupils", {"pupils": []}, "partial", f"The pupils register is empty {THEN}."),
    "one year group missing": (
        "pupils",
        {"pupils": PUPILS[20:]},
        "partial",
        f"has 100 rows {THEN}: 20 {NOWHERE}; 1 of 6 year groups is missing; 2 of 12 classes are missing.",
    ),
    "one class missing": (
        "pupils",
        {"pupils": [one for one in PUPILS if one.class_name != "9A"]},
        "partial",
        f"The pupils register has 110 rows {THEN}: 10 {NOWHERE}; 1 of 12 classes is missing.",
    ),
    "a tenth less one, whom no leavers register explains": (
        "pupils",
        {"pupils": PUPILS[5:-6]},
        "partial",
        f"The pupils register has 109 rows {THEN}: 11 {NOWHERE}.",
    ),
    "a tenth less one, who are on the leavers register": (
        "pupils",
        {"pupils": PUPILS[:-11], "leavers": leavers(*PUPILS[-11:])},
        "whole",
        "",
    ),
    "a whole year group that has left, and is on the leavers register": (
        "pupils",
        {"pupils": PUPILS[:-20], "leavers": leavers(*PUPILS[-20:])},
        "whole",
        "",
    ),
    "three pupils whom the office has not written down yet": ("pupils", {"pupils": PUPILS[:-3]}, "whole", ""),
    "as many pupils, but others": (
        "pupils",
        {"pupils": SWAPPED},
        "partial",
        f"The pupils register has 120 rows {THEN}: 120 {NOWHERE}.",
    ),
    "the same pupils, with the noughts of their ids lost in a spreadsheet": (
        "pupils",
        {"pupils": [replace(one, person_id=one.person_id.lstrip("0") or "0") for one in PUPILS]},
        "whole",
        "",
    ),
    "every class has a new name": ("pupils", {"pupils": changed(PUPILS, class_name="New")}, "whole", ""),
    "a column emptied": (
        "pupils",
        {"pupils": changed(PUPILS, picture_consent=None)},
        "partial",
        f"The pupils register has 120 rows {THEN}: the column picture consent, which 120 rows had filled, {LOST}.",
    ),
    "a column half emptied": (
        "pupils",
        {"pupils": [*changed(PUPILS[:60], surname=None), *PUPILS[60:]]},
        "partial",
        "the column surname is empty now in 60 of the 120 rows that had filled it.",
    ),
    "a few cells emptied": ("pupils", {"pupils": [*changed(PUPILS[:12], surname=None), *PUPILS[12:]]}, "whole", ""),
    "a refusal that is blank now": (
        "pupils",
        {"pupils": [replace(one, picture_consent=None) if one.person_id == "0003" else one for one in PUPILS]},
        "partial",
        "1 refusal in the column picture consent is blank now.",
    ),
    "a refusal that is a consent now": (
        "pupils",
        {"pupils": changed(PUPILS, picture_consent="given")},
        "whole",
        "",
    ),
    "the photographs register cut": (
        "photographs",
        {"photographs": PHOTOGRAPHS[:30]},
        "partial",
        f"The photographs register has 30 rows where it had 40 on 2 November 2026: 10 {GONE}.",
    ),
    "two members of staff who have left": ("staff", {"staff": STAFF[:-2]}, "whole", ""),
    "a tenth of the staff and one more": (
        "staff",
        {"staff": STAFF[:-4]},
        "partial",
        f"The staff register has 26 rows where it had 30 on 2 November 2026: 4 {GONE}.",
    ),
    "one account of four": ("accounts", {"accounts": ACCOUNTS[:3]}, "whole", ""),
    "parents whose children have left": (
        "parents",
        {"parents": PARENTS[:-20], "pupils": PUPILS[:-20], "leavers": leavers(*PUPILS[-20:])},
        "whole",
        "",
    ),
    "parents whose children have not": (
        "parents",
        {"parents": PARENTS[:-20]},
        "partial",
        f"20 {GONE}, though not all their children are on the leavers register.",
    ),
}


def _copies(rows: Rows) -> dict[str, Copy]:
    whole = {"pupils": PUPILS, "staff": STAFF, "leavers": leavers(), **OTHERS}
    return {name: copied(name, map(asdict, held)) for name, held in (whole | rows).items()}


@pytest.mark.parametrize(("register", "rows", "state", "says"), TABLE.values(), ids=TABLE)
def test_a_register_is_held_against_the_last_time_that_it_was_whole(
    register: str, rows: Rows, state: str, says: str
) -> None:
    before, now = _copies({}), _copies(rows)

    why = shortfall(now[register], (before[register], date(2026, 11, 2)), now)

    assert (why is None) == (state == "whole"), why
    assert says in (why or "")


def test_a_second_short_week_is_still_short(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    for day, rows in ((FIRST, PUPILS), (SECOND, PUPILS[:9]), (THIRD, PUPILS[:10])):
        found = known(db, week(day), registers(day, pupils=rows))["pupils"]

    assert (found.state, found.compared_with, found.rows_before) == ("partial", FIRST, 120)


def test_a_first_run_is_held_against_what_the_school_expects(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    run_id = week(FIRST)

    less = known(db, run_id, registers(), expected={"pupils": 134})["pupils"]
    enough = known(db, run_id, registers(), expected={"pupils": 133})["pupils"]

    assert (less.state, less.why) == ("partial", "The pupils register has 120 rows: school.toml expects 134.")
    assert (enough.state, enough.why) == ("whole", "")


def test_a_register_that_is_named_and_not_read_and_one_that_is_named_no_more_are_unread(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    known(db, week(FIRST), registers(**OTHERS), named=("pupils", "staff", "leavers", *OTHERS))

    found = known(db, week(SECOND), registers("second"), named=("pupils", "staff", "leavers", "governors"))

    assert {name: one.state for name, one in found.items() if one.state != "whole"} == {
        "governors": "unread",
        "parents": "unread",
        "photographs": "unread",
        "accounts": "unread",
    }
    assert found["governors"].why == "The governors register was not read in this run."
    assert found["parents"].why == (
        "The parents register, which earlier runs read, is not named in school.toml any more."
    )


def word(sha256: str, rows: int, compared_with: str | None, register: str = "pupils") -> Acceptance:
    at = datetime(2026, 11, 9, 8, tzinfo=UTC)
    return Acceptance(register, sha256, rows, compared_with, "headteacher", "Year 11 has left.", at)


def test_what_was_accepted_is_whole_and_the_next_week_is_held_against_it(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    known(db, week(FIRST), registers())
    run_id = week(SECOND)
    short = known(db, run_id, registers("cut", pupils=PUPILS[:100]))["pupils"]
    accepted = [word("cut", short.rows, short.compared_with)]

    again = known(db, run_id, registers("cut", pupils=PUPILS[:100]), accepted=accepted)["pupils"]
    same = known(db, week(THIRD), registers("new bytes", pupils=PUPILS[:99]), accepted=accepted)["pupils"]
    shorter = known(db, week(FOURTH), registers("cut again", pupils=PUPILS[:50]), accepted=accepted)["pupils"]

    assert (again.state, again.accepted_by, again.why) == ("whole", "headteacher", short.why)
    assert (same.state, same.compared_with, same.rows_before) == ("whole", SECOND, 100)
    assert (shorter.state, shorter.compared_with, shorter.rows_before) == ("partial", THIRD, 99)


def test_an_acceptance_after_the_run_lets_the_next_week_be_held_against_what_that_run_read(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    known(db, week(FIRST), registers())
    known(db, week(SECOND), registers("cut", pupils=PUPILS[:100]))

    found = known(db, week(THIRD), registers("new", pupils=PUPILS[:100]), accepted=[word("cut", 100, FIRST)])["pupils"]

    assert (found.state, found.compared_with) == ("whole", SECOND)


def test_the_same_short_file_after_a_whole_one_is_another_change(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    accepted = [word("cut", 100, FIRST)]
    weeks = ((FIRST, "first", PUPILS), (SECOND, "cut", PUPILS[:100]), (THIRD, "third", PUPILS))
    for day, sha256, rows in weeks:
        known(db, week(day), registers(sha256, pupils=rows), accepted=accepted)

    found = known(db, week(FOURTH), registers("cut", pupils=PUPILS[:100]), accepted=accepted)["pupils"]

    assert (found.state, found.compared_with) == ("partial", THIRD)


def test_a_register_that_the_school_keeps_no_more_can_be_accepted(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    known(db, week(FIRST), registers())
    accepted = [word("", 0, FIRST, "leavers")]

    found = [
        known(db, week(day), registers(day)[:-1], named=("pupils", "staff"), accepted=accepted)["leavers"]
        for day in (SECOND, THIRD)
    ]

    assert [(one.state, one.accepted_by, one.is_short) for one in found] == [("unread", "headteacher", False)] * 2


def test_the_view_gives_the_run_at_hand_and_the_published_copy_every_run(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    known(db, week(FIRST), registers())
    known(db, week(SECOND), registers("cut", pupils=PUPILS[:9]))

    assert db.sql("select register, state from core.register_states order by 1").fetchall() == [
        ("leavers", "whole"),
        ("pupils", "partial"),
        ("staff", "whole"),
    ]
    assert db.sql(
        "select run_id, state from published.register_states where register = 'pupils' order by 1"
    ).fetchall() == [
        (FIRST, "whole"),
        (SECOND, "partial"),
    ]
    assert not any("Quite-Else" in why for (why,) in db.sql("select why from published.register_states").fetchall())


def lost(db: duckdb.DuckDBPyConnection) -> list[str]:
    return [ident for (ident,) in db.sql("select person_id from core.lost_people order by 1").fetchall()]


def test_who_is_on_no_register_any_more_and_has_not_left_is_lost_until_somebody_accepts_it(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    gone, left = PUPILS[-3:-1], PUPILS[-1]
    there = [replace(one, person_id=one.person_id.lstrip("0") or "0") for one in PUPILS[:-3]]
    rows: Rows = {"pupils": there, "leavers": leavers(left), "parents": PARENTS[:-1]}
    known(db, week(FIRST), registers(parents=PARENTS))

    whole = known(db, week(SECOND), registers("second", **rows))
    second = lost(db)
    known(db, week(THIRD), registers("third", **rows))
    third = lost(db)
    known(db, week(FOURTH), registers("cut", **(rows | {"pupils": there[:50]})), accepted=[word("cut", 50, THIRD)])

    assert {one.state for one in whole.values()} == {"whole"}
    assert second == third == [one.person_id for one in gone]
    assert lost(db) == []
