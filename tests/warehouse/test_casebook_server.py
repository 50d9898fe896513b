"""The casebook where two write at once, its server is killed, a lock is kept, or the server has another time zone."""

import os
import time
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from tests.casebooks import CASEBOOK_KEY, DPO, decide
from tests.warehouse.conftest import SCHOOL, beside
from tests.warehouse.postgresql import done, postgresql, restarted
from tests.warehouse.test_put_back import goes_on, lived_in, rows
from warehouse.casebook import alone
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.chain import enter, entries_of
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.decisions import DecidedMeanwhileError, Decision
from warehouse.casebook.errors import ABSENT, IN_USE, LOST, CasebookAwayError
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.tables import TABLES
from warehouse.casebook.verify import wrong_rows

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MARK = Decision("f" * 64, 1, "2026-11-16", "mistaken", 1, "dsl", "A namesake.", NOON, until=date(2027, 8, 31))
DSL = DeskPerson(1, "dsl", "dsl", is_active=True, has_password=True, has_second_factor=False, has_provider=False)
TIMES = 8


def writes(url, who):
    """Write rows of several kinds, and try to be the first to decide each case."""
    first = 0
    with closing(Casebook(url, SCHOOL, CASEBOOK_KEY)) as book:
        for number in range(TIMES):
            case = f"{number:064x}"
            asked = book.log_query(by_user=who, purpose="Request", sql="select 1", at=NOON)
            book.close_query(asked, rows=1, problem=None)
            AccessLog(book).write(person=DSL, action="case", subject=case, at=NOON)
            try:
                book.decisions.add(Decision(case, 1, "2026-11-16", "mistaken", 1, "dsl", who, NOON))
                first += 1
            except DecidedMeanwhileError:
                continue
            Challenges(book).open(
                case,
                received_on=NOON.date(),
                raised_by="parent",
                ground="No.",
                by=DPO,
                at=NOON,
            )
    return first


def test_two_processes_at_once_decide_each_case_once_and_every_chain_holds(casebook_url):
    children = []
    for who in ("one", "two"):
        child = os.fork()
        if child == 0:
            os._exit(writes(casebook_url, who))
        children.append(child)
    firsts = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    with closing(Casebook(casebook_url, SCHOOL, CASEBOOK_KEY)) as book:
        assert sum(firsts) == TIMES == len(book.decisions.standing()) == len(Challenges(book).all())
        assert wrong_rows(book) == {}
        with book.engine.connect() as connection:
            counts = {
                name: connection.execute(text(f"select count(*), count(distinct number) from {name}")).one()
                for name in ("query_log", "query_answers", "desk_access_log")
            }
    assert set(counts.values()) == {(2 * TIMES, 2 * TIMES)}


@pytest.fixture
def own_server():
    with postgresql() as url:
        yield url


def test_a_server_that_is_killed_in_the_middle_of_decisions_leaves_each_wholly_there_or_not_at_all(own_server):
    with closing(Casebook(own_server, SCHOOL)) as book:
        for kill in range(3):
            begun, begins = os.pipe()
            child = os.fork()
            if child == 0:
                os._exit(_decides_until_the_server_goes(own_server, kill, begins))
            os.read(begun, 1)
            time.sleep(0.05 * kill)
            restarted(own_server)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
            os.close(begun)
            os.close(begins)

            assert wrong_rows(book) == {}  # by connections from before the server went
            assert count(book, "decisions") >= kill


def count(book, table):
    with book.engine.connect() as connection:
        return connection.execute(text(f"select count(*) from {table}")).scalar()


def _decides_until_the_server_goes(url, kill, begins):
    """Return 0 if what was said is that the server went, or, to whoever was between two decisions, is not there."""
    try:
        book = Casebook(url, SCHOOL)
        for sequence in range(1, 10_000):
            book.decisions.add(Decision(f"{kill:064}", sequence, "2026-11-16", "mistaken", 1, "dsl", "-", NOON))
            os.write(begins, b".")
    except CasebookError as error:
        return 0 if error.sentence in {LOST, ABSENT} else 2
    return 1


def test_a_server_that_is_not_there_is_told_in_a_sentence(own_server):
    with closing(Casebook(own_server, SCHOOL)) as book:
        restarted(own_server, is_started=False)

        with pytest.raises(CasebookAwayError) as told:
            decide(book, "f" * 64, "mistaken", until=None, by_role="dpo", note="-", at=NOON)

        assert told.value.sentence == ABSENT
        restarted(own_server)
        decide(book, "f" * 64, "mistaken", until=None, by_role="dpo", note="-", at=NOON)
        assert list(book.decisions.standing()) == ["f" * 64]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_whoever_waits_for_a_lock_that_is_not_given_back_is_told_so_and_nothing_is_written(casebook_url):
    impatient = f"{casebook_url}&options=-c lock_timeout=200ms"
    with (
        closing(Casebook(casebook_url, SCHOOL)) as holder,
        closing(Casebook(impatient, SCHOOL)) as waiting,
        holder.engine.begin() as connection,
    ):
        connection.execute(text("lock table decisions in exclusive mode"))

        with pytest.raises(CasebookError) as told:
            waiting.decisions.add(MARK)

        assert told.value.sentence == IN_USE
        assert waiting.decisions.standing() == {}


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_an_entry_waits_for_the_chain_of_its_own_school_and_for_no_other_s(casebook_url):
    impatient = f"{casebook_url}&options=-c lock_timeout=200ms"
    with (
        closing(Casebook(casebook_url, SCHOOL)) as holder,
        closing(Casebook(impatient, SCHOOL)) as waiting,
        closing(Casebook(impatient, "another-school")) as other,
    ):
        with alone.alone(holder.engine, chain_of=SCHOOL) as connection:
            enter(connection, SCHOOL, "written", "holds", "1", b"held")
            other.decisions.add(MARK)
            with pytest.raises(CasebookError):
                waiting.decisions.add(MARK)
            with alone.writing(waiting.engine) as free:  # another purpose of the same number is another lock
                alone.lock(free, alone.CHAIN_OF_ALL)
        waiting.decisions.add(MARK)

        assert (len(other.decisions.standing()), len(waiting.decisions.standing())) == (1, 1)
        with waiting.engine.connect() as connection:
            assert [entry.position for entry in entries_of(connection, SCHOOL)] == [1, 2]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_server_in_another_time_zone_says_the_same(casebook_of):
    url = casebook_of(lived_in)
    with closing(Casebook(url, SCHOOL)) as book:
        before = rows(book)
        name = book.engine.url.database
        done(url, f"alter database {name} set timezone = 'Pacific/Auckland'")
        with closing(beside(book, SCHOOL)) as again:
            with again.engine.connect() as connection:
                assert connection.execute(text("show timezone")).scalar() == "Pacific/Auckland"

            assert rows(again) == before
            assert wrong_rows(again) == {}
            goes_on(again)
            assert wrong_rows(book) == {}


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_no_number_is_given_twice_when_the_newest_row_is_gone(book):
    numbers = [book.log_query(by_user="x", purpose="-", sql="-", at=NOON) for _ in range(2)]
    with book.engine.begin() as connection:
        for table in reversed(TABLES.sorted_tables):
            connection.execute(table.delete())

    assert book.log_query(by_user="x", purpose="-", sql="-", at=NOON) == numbers[-1] + 1
