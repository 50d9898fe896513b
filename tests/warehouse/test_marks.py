"""What is done about a case at the desk: marks in their order, each with its decision, wholly there or not at all.

On SQLite and on PostgreSQL alike.
"""

import os
import random
import signal
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.casebooks import CASEBOOK_KEY, erase_cases
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.decisions import Decision
from warehouse.casebook.marks import Mark, MarkedMeanwhileError, Marks
from warehouse.casebook.seals import must_be_whole

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MARK = Mark("f" * 64, 1, "2026-11-16", "mistaken", 1, "dsl", "A namesake.", NOON, until=date(2027, 8, 31))
KILLS = 20


def book_in(url: str) -> Casebook:
    return Casebook(url, "ousterly-vale", CASEBOOK_KEY)


def test_a_mark_that_decides_is_a_decision_until_it_is_undone(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        marks = Marks(book)
        marks.add(MARK)
        assert book.standing() == {MARK.fingerprint: Decision("mistaken", MARK.until, "dsl", NOON)}
        marks.add(replace(MARK, sequence=2, kind="undone", until=None, note="Taken back."))

        assert book.standing() == {}
        assert [mark.kind for mark in marks.of(MARK.fingerprint)] == ["mistaken", "undone"]
        assert marks.standing() == {MARK.fingerprint: (None, 2)}


def test_undoing_brings_back_what_was_marked_before_and_ends_no_other_decision(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        marks = Marks(book)
        for sequence, kind in enumerate(("confirmed", "done", "undone", "mistaken", "undone"), start=1):
            marks.add(replace(MARK, sequence=sequence, kind=kind, until=None))  # type: ignore[arg-type]

        assert [decision.verdict for decision in book.standing().values()] == ["confirmed"]
        standing, how_many = marks.standing()[MARK.fingerprint]
        assert (standing and standing.kind, how_many) == ("confirmed", 5)


@pytest.mark.parametrize("kind", ["done", "proposed", "assigned"])
def test_a_mark_that_decides_nothing_leaves_decisions_alone(casebook_url: str, kind) -> None:
    with closing(book_in(casebook_url)) as book:
        Marks(book).add(replace(MARK, kind=kind))

        assert book.standing() == {}


def test_two_marks_of_one_place_in_the_order_cannot_be(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        Marks(book).add(MARK)
        with pytest.raises(MarkedMeanwhileError, match="Somebody else decided"):
            Marks(book).add(replace(MARK, kind="confirmed"))

        assert [decision.verdict for decision in book.standing().values()] == ["mistaken"]
        with book.engine.connect() as connection:
            must_be_whole(connection, book.school)


def test_another_school_s_marks_are_its_own(casebook_url: str) -> None:
    with (
        closing(book_in(casebook_url)) as book,
        closing(Casebook(casebook_url, "hill-view", CASEBOOK_KEY)) as other,
    ):
        Marks(book).add(MARK)

        assert (Marks(other).standing(), other.standing()) == ({}, {})


def test_killed_in_the_middle_a_mark_and_its_decision_are_there_or_neither(casebook_url: str) -> None:
    book_in(casebook_url).close()
    chance = random.Random(20_261_116)
    for number in range(KILLS):
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            book = book_in(casebook_url)
            for sequence in range(1, 10_000):
                Marks(book).add(replace(MARK, fingerprint=f"{number:064}", sequence=sequence))
                os.write(begins, b".")
            os._exit(0)
        os.read(begun, 1)  # the first mark is there, and others follow
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(begins)

    with closing(book_in(casebook_url)) as book, book.engine.connect() as connection:
        must_be_whole(connection, book.school)
        counts = [
            connection.exec_driver_sql(f"select fingerprint, count(*) from {table} group by 1 order by 1").all()
            for table in ("desk_marks", "decisions")
        ]
    assert counts[0] == counts[1]
    assert len(counts[0]) == KILLS


def test_what_is_forgotten_of_a_case_is_forgotten_of_its_marks_too(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        other = replace(MARK, fingerprint="e" * 64)
        for mark in (MARK, other):
            Marks(book).add(mark)

        assert erase_cases(book, MARK.fingerprint) == 1
        assert (list(Marks(book).standing()), list(book.standing())) == ([other.fingerprint], [other.fingerprint])
        with book.engine.connect() as connection:
            must_be_whole(connection, book.school)
