"""The desk's access log cannot be changed unseen; on SQLite and on PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update

from tests.casebooks import CASEBOOK_KEY
from warehouse.casebook import chain, verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.tables import REDACTIONS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEAD = DeskPerson(
    7,
    "lead",
    "enterprise_and_technology_lead",
    is_active=True,
    has_password=True,
    has_second_factor=False,
    has_provider=False,
)
FINGERPRINT = "6b3981c5" * 8


@pytest.fixture
def log(book):
    """A log of four rows."""
    made = AccessLog(book)
    for number in range(4):
        made.write(person=LEAD, action="looked", subject=FINGERPRINT, at=NOON + timedelta(minutes=number))
    return made


def change(book, number, **values):
    with book.engine.begin() as connection:
        changed = connection.execute(update(ACCESS_LOG).where(ACCESS_LOG.c.number == number).values(**values))
        assert changed.rowcount == 1


def take_out(book, number):
    with book.engine.begin() as connection:
        assert connection.execute(delete(ACCESS_LOG).where(ACCESS_LOG.c.number == number)).rowcount == 1


def test_the_rows_say_who_did_what_when_by_number_and_role(log, book):
    rows = log.rows()

    assert [(row.person, row.role, row.action, row.subject) for row in rows] == [
        (7, "enterprise_and_technology_lead", "looked", FINGERPRINT)
    ] * 4
    assert [row.at for row in rows] == [NOON + timedelta(minutes=number) for number in range(4)]
    assert log.first_broken() is None
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, book.school)


@pytest.mark.parametrize(
    "values",
    [
        {"subject": FINGERPRINT[:-1] + "6"},
        {"action": "Looked"},
        {"person": 8},
        {"role": "dsl"},
        {"at": NOON},
    ],
    ids=lambda values: next(iter(values)),
)
def test_one_changed_byte_is_found_in_its_row_and_the_next_run_is_refused(log, book, values):
    third = log.rows()[2].number
    change(book, third, **values)

    assert log.first_broken() == third
    with book.engine.connect() as connection, pytest.raises(CasebookError, match=r"\(1 of desk_access_log\)"):
        verify.ensure_whole(connection, book.school)


@pytest.mark.parametrize("place", [0, 1, 3], ids=["the first", "one between", "the last"])
def test_a_deleted_row_is_found(log, book, place):
    gone = log.rows()[place].number
    take_out(book, gone)
    log.write(person=LEAD, action="looked", subject="", at=NOON)

    assert log.first_broken() == gone


def test_a_row_that_was_put_in_is_found(log, book):
    row = replace(log.rows()[3], action="decided")
    values = {"at": row.at, "person": row.person, "role": row.role, "action": row.action, "subject": row.subject}
    with book.engine.begin() as connection:
        made = connection.execute(ACCESS_LOG.insert().values(school=book.school, **values))
    log.write(person=LEAD, action="looked", subject="", at=NOON)

    assert log.first_broken() == made.inserted_primary_key[0]


def test_a_forged_redaction_exempts_no_row_that_says_something(log, book):
    change(book, log.rows()[1].number, person=8)
    forged = {"school": book.school, "kind": "desk_access_log", "row_number": log.rows()[1].number}
    with book.engine.begin() as connection:
        chain.add_sealed(connection, REDACTIONS, forged | {"token": "forged", "redacted_at": NOON})

    assert log.first_broken() == log.rows()[1].number


def test_rows_that_many_write_at_once_make_one_chain(book):
    log = AccessLog(book)
    url = book.engine.url.render_as_string(hide_password=False)

    def write(number):
        with closing(Casebook(url, book.school, CASEBOOK_KEY)) as other:
            AccessLog(other).write(person=LEAD, action="looked", subject=str(number), at=NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))

    assert sorted(int(row.subject) for row in log.rows()) == list(range(24))
    assert log.first_broken() is None


def test_two_schools_have_a_chain_each(log, book):
    url = book.engine.url.render_as_string(hide_password=False)
    with closing(Casebook(url, f"{book.school}-b", CASEBOOK_KEY)) as other:
        AccessLog(other).write(person=LEAD, action="looked", subject="", at=NOON)
        log.write(person=LEAD, action="looked", subject="", at=NOON)

        assert (len(AccessLog(other).rows()), len(log.rows())) == (1, 5)
        assert (AccessLog(other).first_broken(), log.first_broken()) == (None, None)


def test_a_time_of_another_zone_is_kept_as_the_same_moment(book):
    log = AccessLog(book)
    log.write(person=LEAD, action="looked", subject="", at=NOON.astimezone(ZoneInfo("Asia/Tokyo")))

    assert ([row.at for row in log.rows()], log.first_broken()) == ([NOON], None)


@pytest.mark.parametrize("subject", ["Tia Brannel", "lead@ousterly.example", "x" * 65, "a\nb", "é"])
def test_what_may_be_a_name_is_no_subject(book, subject):
    with pytest.raises(ValueError, match="a subject a fingerprint or an id"):
        AccessLog(book).write(person=LEAD, action="looked", subject=subject, at=NOON)
