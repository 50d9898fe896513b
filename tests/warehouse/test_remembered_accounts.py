"""A declaration goes with the person from register to register, and ends by a register's own word, or an erasure."""

from typing import Any

import pytest

from connectors.records import Person
from tests.warehouse.rows import registers_read
from warehouse.privacy.erase import erase_rows
from warehouse.privacy.subject_patterns import Subject
from warehouse.store.load import load

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16")
Stood = tuple[Person, str, bool]  # a row, how its register stood, and whether that has the column


def stood(
    account: str | None, register: str = "pupils", *, state: str = "whole", has_column: bool = True, **more: Any
) -> Stood:
    row = {"register": register, "person_id": "P2", "given_names": "Zoe", "surname": "Marsh", "x_account": account}
    return Person(**{**row, **more}), state, has_column


@pytest.fixture
def accounts(db, week):
    """Let these rows be read week by week, and return the accounts of everybody on a register in the last."""

    def read(*rows: Stood, met: dict[int, tuple[str, str]] | None = None) -> list[tuple[str | None, bool]]:
        for day, number, (person, state, has_column) in zip(WEEKS, range(3), rows, strict=False):
            run_id = week(day)
            load(db, run_id=run_id, source="registers", records=[person])
            registers_read(db, run_id)
            db.execute(
                "insert into raw.register_states (run_id, register, state, why, rows) values (?, ?, ?, '', 1)",
                [run_id, person.register, state],
            )
            db.execute(
                "insert into raw.register_columns (run_id, source, register, file_name, column_name, state) "
                "values (?, 'registers', ?, 'f.csv', 'x_account', ?)",
                [run_id, person.register, "recognised" if has_column else "missing"],
            )
            if met and number in met:
                db.execute(
                    "insert into raw.matches (run_id, platform, actor_id, role, person_id, band, probability, reasons, "
                    "is_best) values (?, 'x', ?, ?, 'P2', 'declared', 1, '[]', true)",
                    [run_id, *met[number]],
                )
        return known(db)

    return read


def known(db):
    return db.execute("select x_account, x_is_remembered from core.people").fetchall()


NOTHING = [(None, False)]


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ([stood("@a"), stood(None, "leavers", has_column=False)], [("@a", True)]),
        ([stood("@a"), stood(None, "leavers")], [("@a", True)]),
        ([stood("@a"), stood(None, has_column=False)], [("@a", True)]),
        ([stood("@a"), stood(None, state="partial")], [("@a", True)]),
        ([stood("@a"), stood(None)], NOTHING),
        ([stood("@a"), stood(None), stood(None, "leavers", has_column=False)], NOTHING),
        ([stood("@a"), stood(None), stood("@a")], [("@a", False)]),
        ([stood("@a"), stood("@b"), stood(None, "leavers", has_column=False)], [("@b", True)]),
        ([stood("@a"), stood("@b", "leavers"), stood(None, "leavers")], NOTHING),
        ([stood("@a"), stood(None, "leavers", person_id=" p2")], [("@a", True)]),
        ([stood("@a"), stood(None, "leavers", given_names="Zo? M")], [("@a", True)]),
        ([stood("@a"), stood(None, "leavers", given_names="Tom", surname="Reed")], NOTHING),
        ([stood("@a", "staff"), stood(None, "parents")], [("@a", True)]),
        ([stood("@a", "staff"), stood(None, "parents", given_names="Tom")], NOTHING),
        ([stood("@a", "staff"), stood(None, "parents", given_names=None)], NOTHING),
    ],
    ids=[
        "the other register has no column",
        "the other register has the column and never filled it",
        "the register lost its column",
        "the register came short",
        "the cell was emptied",
        "the cell was emptied before the person moved",
        "the cell was emptied and filled again",
        "another account was declared before the person moved",
        "emptied where it was declared last",
        "the id is spelt otherwise",
        "the letters are spoiled",
        "the id is somebody else's now",
        "of the staff and a parent",
        "a parent of the same number and surname",
        "a parent of the same number, with a surname alone",
    ],
)
def test_a_declaration_goes_with_the_person(accounts, rows, known):
    assert accounts(*rows) == known


MOVED = (stood("@a"), stood(None, "leavers", has_column=False), stood(None, "leavers", has_column=False))


def test_a_declaration_is_kept_by_the_runs_that_met_it_when_the_register_s_own_row_is_over_its_clock(db, accounts):
    accounts(*MOVED, met={0: ("7", "pupil"), 1: ("7", "leaver")})
    db.execute("delete from raw.people where run_id = ?", [WEEKS[0]])

    assert known(db) == [("7", True)]


def test_a_declaration_is_erased_with_the_person(db, accounts):
    assert accounts(*MOVED, met={0: ("7", "pupil")}) == [("7", True)]

    erase_rows(db, Subject(person_ids=frozenset({"P2"})))
    load(db, run_id=WEEKS[2], source="registers", records=[MOVED[2][0]])

    assert known(db) == NOTHING


def test_a_declared_handle_stays_with_the_account_that_bore_it_first_until_another_is_declared(db, accounts):
    accounts(stood("@a"), stood("a"), stood("@A"), met={0: ("7", "pupil"), 1: ("7", "pupil")})
    sql = "select x_account, x_known_id from core.people"
    assert db.execute(sql).fetchall() == [("@A", "7")]

    db.execute("update raw.people set x_account = '@b' where run_id = ?", [WEEKS[2]])
    assert db.execute(sql).fetchall() == [("@b", None)]


def test_the_account_of_one_platform_is_remembered_and_the_other_s_is_declared(db, accounts):
    accounts(stood("@a", youtube_account="UC1"), stood("@a"))

    assert db.execute(
        "select x_account, x_is_remembered, youtube_account, youtube_is_remembered from core.people"
    ).fetchall() == [("@a", False, "UC1", True)]


def test_an_account_cell_that_could_not_be_read_ends_no_declaration(db, accounts):
    accounts(stood("@a"), stood(None), stood(None))
    assert known(db) == NOTHING
    db.execute("update raw.register_columns set heading = 'X account'")
    tell = "insert into raw.register_problems values (?, 'registers', 'pupils', 'f.csv', ?, ?, 'w', ?)"

    db.execute(tell, [WEEKS[1], 4, "X account", None])
    db.execute(tell, [WEEKS[2], 4, "X account", "person_id"])
    assert known(db) == NOTHING

    db.execute("update raw.register_problems set doubts = 'person_id'")
    assert known(db) == [("@a", True)]
