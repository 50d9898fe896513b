"""What is decided about a case: decisions in their order, each wholly there or not at all, and what counts of them.

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
from warehouse.casebook.decisions import Answer, DecidedMeanwhileError, Decision, DecisionsNow, StandingDecision
from warehouse.casebook.verify import ensure_whole

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MISTAKEN = Decision("f" * 64, 1, "2026-11-16", "mistaken", 1, "dsl", "A namesake.", NOON, until=date(2027, 8, 31))
KILLS = 20


def book_in(url: str) -> Casebook:
    return Casebook(url, "ousterly-vale", CASEBOOK_KEY)


def test_a_decision_stands_until_it_is_undone(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        decisions = book.decisions
        decisions.add(MISTAKEN)
        assert book.decisions.standing() == {
            MISTAKEN.fingerprint: StandingDecision("mistaken", MISTAKEN.until, "dsl", NOON)
        }
        decisions.add(replace(MISTAKEN, sequence=2, answer="undone", until=None, note="Taken back."))

        assert book.decisions.standing() == {}
        assert [each.answer for each in decisions.of(MISTAKEN.fingerprint)] == ["mistaken", "undone"]
        assert decisions.by_case() == {MISTAKEN.fingerprint: (None, 2, ((1, 2),))}


def test_undoing_brings_back_what_was_decided_before(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        decisions = book.decisions
        for sequence, answer in enumerate(("confirmed", "done", "undone", "mistaken", "undone"), start=1):
            decisions.add(replace(MISTAKEN, sequence=sequence, answer=answer, until=None))  # type: ignore[arg-type]

        assert [decision.verdict for decision in book.decisions.standing().values()] == ["confirmed"]
        standing, how_many, undone = decisions.by_case()[MISTAKEN.fingerprint]
        assert (standing and standing.answer, how_many) == ("confirmed", 5)
        assert undone == ((2, 3), (4, 5))


@pytest.mark.parametrize("answer", ["done", "proposed", "assigned"])
def test_an_answer_that_no_run_heeds_leaves_what_stands_alone(casebook_url: str, answer) -> None:
    with closing(book_in(casebook_url)) as book:
        book.decisions.add(replace(MISTAKEN, answer=answer))

        assert book.decisions.standing() == {}


def test_two_decisions_of_one_place_in_the_order_cannot_be(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        book.decisions.add(MISTAKEN)
        with pytest.raises(DecidedMeanwhileError, match="answered or written about"):
            book.decisions.add(replace(MISTAKEN, answer="confirmed"))

        assert [decision.verdict for decision in book.decisions.standing().values()] == ["mistaken"]
        with book.engine.connect() as connection:
            ensure_whole(connection, book.school)


def test_another_school_s_decisions_are_its_own(casebook_url: str) -> None:
    with (
        closing(book_in(casebook_url)) as book,
        closing(Casebook(casebook_url, "hill-view", CASEBOOK_KEY)) as other,
    ):
        book.decisions.add(MISTAKEN)

        assert (other.decisions.standing(), other.decisions.by_case()) == ({}, {})


def test_killed_in_the_middle_a_decision_and_its_seal_are_there_or_neither(casebook_url: str) -> None:
    book_in(casebook_url).close()
    chance = random.Random(20_261_116)
    for number in range(KILLS):
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            book = book_in(casebook_url)
            for sequence in range(1, 10_000):
                book.decisions.add(replace(MISTAKEN, fingerprint=f"{number:064}", sequence=sequence))
                os.write(begins, b".")
            os._exit(0)
        os.read(begun, 1)  # the first mark is there, and others follow
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(begins)

    with closing(book_in(casebook_url)) as book, book.engine.connect() as connection:
        ensure_whole(connection, book.school)
        cases = connection.exec_driver_sql("select distinct fingerprint from decisions").all()
    assert len(cases) == KILLS


def test_what_is_erased_of_a_case_is_gone_and_nothing_else(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        other = replace(MISTAKEN, fingerprint="e" * 64)
        book.decisions.add(MISTAKEN, other)

        assert erase_cases(book, MISTAKEN.fingerprint) == 1
        assert (list(book.decisions.standing()), list(book.decisions.by_case())) == ([other.fingerprint],) * 2
        with book.engine.connect() as connection:
            ensure_whole(connection, book.school)


def test_several_decisions_are_written_all_or_none(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        with pytest.raises(DecidedMeanwhileError):
            book.decisions.add(replace(MISTAKEN, fingerprint="e" * 64), MISTAKEN, MISTAKEN)

        assert book.decisions.by_case() == {}


def decided(case: str, sequence: int, answer: Answer) -> Decision:
    return replace(MISTAKEN, fingerprint=case, sequence=sequence, answer=answer)


def test_what_is_written_since_is_added_to_what_is_kept_in_memory_and_what_is_undone_counts_no_more(
    casebook_url: str,
) -> None:
    with closing(book_in(casebook_url)) as book:
        now = DecisionsNow(book.decisions)
        assert now.by_case() == {}
        for made in (decided("a", 1, "confirmed"), decided("b", 1, "done"), decided("a", 2, "undone")):
            book.decisions.add(made)
            assert now.by_case() == book.decisions.by_case()

        assert now.by_case() == {"a": (None, 2, ((1, 2),)), "b": (decided("b", 1, "done"), 1, ())}
        assert now.by_case() is now.by_case()


def test_what_is_deleted_is_gone_from_memory_also_where_others_came(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        now = DecisionsNow(book.decisions)
        book.decisions.add(decided("a" * 64, 1, "done"), decided("b", 1, "done"))
        now.by_case()
        erase_cases(book, "a" * 64)
        book.decisions.add(decided("c", 1, "done"))

        assert set(now.by_case()) == {"b", "c"}
