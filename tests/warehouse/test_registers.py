"""A register that shrinks is partial, and a person reads why, in figures; the table is the whole of the rules."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from connectors.records import Person, Record
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

NAMES = [
    f"{one}{two}" for one in ("Ab", "Ced", "Efir", "Gwen", "Iol", "Kest") for two in ("an", "on", "is", "ulf", "eth")
]
BORN = [date(2014, 1 + number % 12, 1 + number % 27) for number in range(30)]
WHO = [  # thirty pupils with a name and a birthday of their own; the first has an account, the last two accents
    Person(
        register="pupils", person_id=f"{number:04}", given_names=NAMES[number], surname=f"{NAMES[-number - 1]}ton",
        date_of_birth=BORN[number], year_group="7", x_account="h0" if number == 0 else None,
    )
    for number in range(28)
] + [
    Person(register="pupils", person_id="0028", given_names="Siân", surname="Môrlais", date_of_birth=BORN[28]),
    Person(register="pupils", person_id="0029", given_names="René", surname="O\u2019Dwyer", date_of_birth=BORN[29]),
]  # fmt: skip
NAMES_ALONE = [replace(one, register="staff", date_of_birth=None, year_group=None) for one in WHO]


def columns_from(rows: Sequence[Person], *columns: str, at: Sequence[int], of: Sequence[int]) -> list[Person]:
    """Return the rows with these columns, in the places `at`, as the rows in the places `of` have them."""
    moved = {place: {name: getattr(rows[other], name) for name in columns} for place, other in zip(at, of, strict=True)}
    return [replace(one, **moved.get(place, {})) for place, one in enumerate(rows)]


def misread(codec: str, *, of: Sequence[int] = (28, 29), wrong: str = "cp1252") -> list[Person]:
    def again(text: str | None) -> str:
        return (text or "").encode(codec, "replace").decode(wrong, "replace")

    return [
        replace(one, given_names=again(one.given_names), surname=again(one.surname)) if place in of else one
        for place, one in enumerate(WHO)
    ]


def with_row(place: int, **cells: object) -> list[Person]:
    return [replace(one, **cells) if at == place else one for at, one in enumerate(WHO)]  # type: ignore[arg-type]


ALL, SORTED = range(30), sorted(range(30), key=lambda place: WHO[place].surname or "")
ELSE, MOVED = "somebody else now", "says something else now in"
# What became of thirty pupils (or members of staff), whether the register is whole, and what is said.
IDENTITIES: dict[str, tuple[list[Person], str]] = {
    "the names of three rows, a row further down": (
        columns_from(WHO, "given_names", "surname", at=(0, 1, 2), of=(2, 0, 1)), f"given names {MOVED} 3 of 30 rows"
    ),
    "the surnames sorted by themselves": (columns_from(WHO, "surname", at=ALL, of=SORTED), f"column surname {MOVED} "),
    "two surnames that changed places": (columns_from(WHO, "surname", at=(3, 4), of=(4, 3)), f"{MOVED} 2 of 30 rows"),
    "birthdays a row further down": (
        columns_from(WHO, "date_of_birth", at=range(1, 30), of=range(29)), f"the column date of birth {MOVED} 29 of 30"
    ),
    "another child under an id": (
        with_row(0, given_names="Zella", surname="Wykeham", date_of_birth=date(2013, 5, 5), x_account="new"),
        f"under 1 of the ids that it had then stands {ELSE}",
    ),
    "another child under an id, whose account stayed in its cell": (
        with_row(0, given_names="Zella", surname="Wykeham", date_of_birth=date(2013, 5, 5)), ELSE
    ),
    "UTF-8 read as cp1252": (misread("utf-8"), "the letters of 2 names are spoiled now"),
    "UTF-8 read as cp1252, one row": (misread("utf-8", of=(28,)), "the letters of 1 name are spoiled now"),
    "question marks": (misread("ascii"), "the letters of 2 names are spoiled now"),
    "cp1252 read as UTF-8": (misread("cp1252", wrong="utf-8"), "the letters of 2 names are spoiled now"),
    "accents lost with their letters": (with_row(28, given_names="Sin"), "the letters of 1 name are spoiled now"),
    "four chosen names in one week": (
        [replace(one, given_names=f"Chosen{place}") if place < 4 else one for place, one in enumerate(WHO)],
        f"the column given names {MOVED} 4 of 30 rows",
    ),
    "a new school year": ([replace(one, year_group="8", class_name="8C") for one in WHO], ""),
    "a marriage": (with_row(5, surname="Wykeham"), ""),
    "a chosen name": (with_row(5, given_names="Zella"), ""),
    "an adoption, with a new forename": (with_row(5, given_names="Zella", surname="Wykeham"), ""),
    "brothers and sisters who take another name": (
        [replace(one, surname="Wykeham") if one.surname == WHO[5].surname else one for one in WHO], ""
    ),
    "a birthday put right": (with_row(5, date_of_birth=date(2014, 2, 3)), ""),
    "a new account": (with_row(0, x_account="other"), ""),
    "accents put right": (with_row(28, given_names="Sian"), ""),
    "another apostrophe": (with_row(29, surname="O'Dwyer"), ""),
    "one accent instead of another": (with_row(29, given_names="Renè"), ""),
    "names in capitals": ([replace(one, surname=str(one.surname).upper()) for one in WHO], ""),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "says"), IDENTITIES.values(), ids=IDENTITIES)
def test_an_id_that_stays_and_stands_for_somebody_else_makes_the_register_partial(
    rows: list[Person], says: str
) -> None:
    then, now = (copied("pupils", map(asdict, list(each))) for each in (WHO, rows))

    why = shortfall(now, (then, date(2026, 11, 2)), {"pupils": now})

    assert (why is None) == (not says), why
    assert says in (why or "")


def test_without_birthdays_another_name_under_an_id_is_somebody_else_unless_the_account_stayed() -> None:
    then = copied("staff", map(asdict, NAMES_ALONE))
    for place, is_another in ((1, True), (0, False)):
        named = [
            replace(one, given_names="Zella", surname="Wykeham") if at == place else one
            for at, one in enumerate(NAMES_ALONE)
        ]
        now = copied("staff", map(asdict, named))
        assert (ELSE in (shortfall(now, (then, date(2026, 11, 2)), {}) or "")) == is_another


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
    "a refusal for X that is blank now, among others": (
        "pupils",
        {
            "pupils": [
                replace(one, picture_consent="website=given") if one.person_id == "0003" else one for one in PUPILS
            ]
        },
        "partial",
        "1 refusal in the column picture consent is blank now.",
    ),
    "a refusal that is one for each channel now": (
        "pupils",
        {"pupils": changed(PUPILS, picture_consent="x=withdrawn;youtube=withdrawn;website=given")},
        "whole",
        "",
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
