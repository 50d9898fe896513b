"""One school's rows out of a casebook and into another, or the same: seals and chains hold, and no other row moves.

On SQLite and on PostgreSQL alike, and from the one to the other.
"""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from policies.retention import RetentionSchedule
from tests.casebooks import CASEBOOK_KEY, decide, hold
from tests.warehouse.conftest import SCHOOL, beside
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.decisions import Decision
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_secrets import DeskSessions
from warehouse.casebook.people.desk_tables import INVITATIONS, SESSIONS
from warehouse.casebook.put_back import put_back
from warehouse.casebook.register_changes import RegisterChange, RegisterChanges
from warehouse.casebook.school_rows import rows_from_json, rows_json, rows_of_school, standing_still
from warehouse.casebook.tables import TABLES
from warehouse.casebook.verify import wrong_rows
from warehouse.privacy.age_deletions import AgeDeletions
from warehouse.privacy.erasing import erase_from
from warehouse.privacy.over_age import CasebookDay
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.store.load import Deleted

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CASE = "c" * 64


def lived_in(book):
    """Let a school have rows of nearly every kind: some changed by an erasure, the oldest gone for their age."""
    people = DeskPeople(book, key="k" * 48)
    for name in ("lead", "dpo"):
        people.invite(name, "dpo", NOON)
    lead, dpo = people.people()
    with book.engine.begin() as connection:
        DeskSessions(book).begin(connection, lead.number, lead.role, NOON)
    for days in (-400, -1, 0, 1):
        at = NOON + timedelta(days=days)
        AccessLog(book).write(person=dpo, action="case", subject="a" * 8, at=at)
        number = book.log_query(
            by_user=f"desk person {dpo.number}", purpose="Zoe Marsh" if days == 0 else "Request", sql="select 1", at=at,
            person=dpo.number, role="dpo",
        )  # fmt: skip
        book.close_query(number, rows=1, problem=None)
    decide(book, CASE, "confirmed", until=None, by_role="dpo", note="-", at=NOON)
    decide(book, "d" * 64, "allowed", until=date(2027, 1, 1), by_role="dpo", note="Äh", at=NOON)
    book.decisions.add(Decision("e" * 64, 1, "2026-11-02", "mistaken", lead.number, "dpo", "So.", NOON))
    given = {"to_role": "dpo", "to_person": lead.number}
    book.decisions.add(Decision("9" * 64, 1, "2026-11-02", "assigned", lead.number, "dpo", "So.", NOON, **given))
    change = RegisterChange("staff", "declared", "s-1", "a" * 64, "b" * 64, lead.number, "dpo", "Said so.", NOON)
    with RegisterChanges(book).writing(change):
        pass
    hold(book, platform="x", subject_id="7", reason="police", until=date(2026, 12, 1))
    subject = Subject(names=frozenset({"zoe marsh"}), hashes=frozenset({CASE}))
    erase_from(book, SubjectMatcher(subject), token=f"t-{book.school}", at=NOON)
    day = CasebookDay(today=NOON.date(), schedule=RetentionSchedule(), known=frozenset())
    AgeDeletions(book).delete(day, certificate_id="C1", before=Deleted(), tags_sha256="t" * 64, at=NOON)


@pytest.fixture
def casebook_url(casebook_of):
    return casebook_of(lived_in)


def rows(book):
    with standing_still(book.engine) as connection:
        return rows_from_json(rows_json(rows_of_school(connection, book.school)))


def without_entries(said):
    return {name: table for name, table in said.items() if name != "chain"}


def entries(said):
    return [{name: value for name, value in row.items() if name not in {"number", "salt"}} for row in said["chain"]]


def back(book, said):
    with book.engine.begin() as connection:
        return put_back(connection, book.school, said)


def goes_on(book):
    """Write one row of each chain and a decision more, and look that everything holds."""
    [person, *_] = DeskPeople(book, key="k" * 48).people()
    AccessLog(book).write(person=person, action="case", subject="b" * 8, at=NOON)
    book.close_query(book.log_query(by_user="x", purpose="-", sql="-", at=NOON), rows=1, problem=None)
    decide(book, "f" * 64, "mistaken", until=None, by_role="dpo", note="-", at=NOON)
    assert wrong_rows(book) == {}


def test_rows_that_are_put_back_are_what_they_were_and_the_chains_go_on(book):
    before = rows(book)
    assert {name for name, table in before.items() if not table} <= {
        "requests",
        "acceptances", "attestations", "challenges", "erasures", "labels", "tombstones", "warehouses",
    }  # fmt: skip
    with book.engine.begin() as connection:
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())

    assert back(book, before) == 0
    assert without_entries(rows(book)) == without_entries(before)
    assert entries(rows(book))[: len(before["chain"])] == entries(before)
    assert wrong_rows(book) == {}
    goes_on(book)


def test_nobody_stays_signed_in_and_no_old_invitation_is_good(book):
    back(book, rows(book))

    with book.engine.connect() as connection:
        assert [connection.execute(select(table)).all() for table in (SESSIONS, INVITATIONS)] == [[], []]


def test_rows_written_since_go_and_another_school_s_stay(book):
    with closing(beside(book, "hill-view")) as other:
        lived_in(other)
        before, theirs = rows(book), rows(other)
        decide(book, "1" * 64, "mistaken", until=None, by_role="dpo", note="-", at=NOON)

        assert back(book, before) == 0
        assert (without_entries(rows(book)), rows(other)) == (without_entries(before), theirs)
        assert (wrong_rows(book), wrong_rows(other)) == ({}, {})
        goes_on(book)
        goes_on(other)


def test_where_another_school_has_the_numbers_all_move_together_and_every_seal_and_chain_holds(book, casebook_of):
    before = rows(book)
    elsewhere = casebook_of(lived_in, "hill-view")  # a casebook that was begun anew, so that its numbers are the same
    with (
        closing(Casebook(elsewhere, SCHOOL, CASEBOOK_KEY)) as here,
        closing(Casebook(elsewhere, "hill-view", CASEBOOK_KEY)) as other,
    ):
        theirs = rows(other)

        by = back(here, before)

        now = rows(here)
        assert by > 0
        assert {name: len(table) for name, table in without_entries(now).items()} == {
            name: len(table) for name, table in without_entries(before).items()
        }
        people = {row["number"] for row in now["desk_people"]}
        assert people == {row["number"] + by for row in before["desk_people"]}
        made = (*now["decisions"], *now["register_changes"])
        assert {row["by_person"] for row in made if row["by_person"]} <= people
        assert {row["to_person"] for row in now["decisions"]} & people, "to whom it was given moves with them"
        assert {row["person"] for row in (*now["desk_access_log"], *now["query_log"])} <= people
        assert all(row["by_user"] == f"desk person {row['person']}" for row in now["query_log"])
        assert {row["question"] for row in now["query_answers"]} == {row["number"] for row in now["query_log"]}
        assert wrong_rows(here) == {}
        assert (rows(other), wrong_rows(other)) == (theirs, {})
        goes_on(here)
        goes_on(other)
        with here.engine.begin() as connection:
            connection.exec_driver_sql(f"update query_log set purpose = 'another' where school = '{SCHOOL}'")
        assert wrong_rows(here).keys() == {"query_log"}


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_school_moves_from_sqlite_to_postgresql_and_back(book, tmp_path):
    before = rows(book)
    with closing(Casebook(f"sqlite:///{tmp_path}/other.sqlite", SCHOOL, CASEBOOK_KEY)) as other:
        back(other, before)
        assert wrong_rows(other) == {}
        goes_on(other)
        moved = rows(other)
        back(book, moved)

    assert without_entries(rows(book)) == without_entries(moved)
    assert wrong_rows(book) == {}
    goes_on(book)


def test_a_casebook_stands_still_while_its_rows_are_read(book):
    with standing_still(book.engine) as connection:
        before = rows_of_school(connection, SCHOOL)
        if book.engine.dialect.name == "postgresql":
            with closing(beside(book, SCHOOL)) as other:
                decide(other, "2" * 64, "mistaken", until=None, by_role="dpo", note="-", at=NOON)
        assert rows_of_school(connection, SCHOOL) == before
