"""A challenge: opened once, answered once within thirty days, and corrected in the same step where it is upheld.

On SQLite and on PostgreSQL alike.
"""

import os
import random
import signal
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from policies.decisions import StandingDecision, plain_reference
from policies.roles import DoneBy
from tests.casebooks import CASEBOOK_KEY, decide, erase_cases
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import ChallengeError, Challenges
from warehouse.casebook.verify import ensure_whole
from warehouse.exceptions.published_cases import finished_runs, in_any_run

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CASE = "6b3981c5" + "0" * 56
OTHER = "7c" * 32
TOLD = date(2026, 11, 10)
BY = DoneBy("dpo", 3)
KILLS = 10


def book_in(url: str) -> Casebook:
    return Casebook(url, "ousterly-vale", CASEBOOK_KEY)


def challenged(book: Casebook, case: str = CASE, *, received_on: date = TOLD) -> Challenges:
    challenges = Challenges(book)
    challenges.open(case, received_on=received_on, raised_by="parent", ground="A cousin's account.", by=BY, at=NOON)
    return challenges


def test_a_challenge_is_to_be_answered_thirty_days_after_the_school_was_told(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        [challenge] = challenged(book).waiting()

    assert (challenge.reference, challenge.answer_by, challenge.opened_by) == ("6b3981c5", date(2026, 12, 10), "dpo")
    assert not challenge.is_late(date(2026, 12, 10))
    assert challenge.is_late(date(2026, 12, 11))


def test_one_that_is_upheld_is_a_mistaken_case_for_good(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        decide(book, CASE, "confirmed", until=None, by_role="dsl", note="Thought so.", at=NOON - timedelta(days=9))
        challenges = challenged(book)
        challenges.answer(CASE, is_upheld=True, reason="It is the cousin's.", by=BY, at=NOON)

        assert book.decisions.standing() == {CASE: StandingDecision("mistaken", None, "dpo", NOON)}
        assert [challenge.reason for challenge in challenges.upheld()] == ["It is the cousin's."]
        assert challenges.waiting() == ()
        with book.engine.connect() as connection:
            ensure_whole(connection, book.school)


def test_one_that_is_not_upheld_decides_nothing_and_may_be_challenged_again(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        challenges = challenged(book)
        challenges.answer(CASE, is_upheld=False, reason="The profile names the class.", by=BY, at=NOON)
        assert (book.decisions.standing(), challenges.upheld()) == ({}, ())
        challenged(book, received_on=date(2026, 11, 15))

        first, second = challenges.of(CASE)
        assert (first.answer, first.answered_by, second.is_open) == ("not_upheld", "dpo", True)


def test_what_is_open_is_not_opened_twice_and_what_is_not_open_is_not_answered(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        challenges = challenged(book)
        with pytest.raises(ChallengeError, match="challenged already: answer that first, by 2026-12-10"):
            challenged(book)
        challenges.answer(CASE, is_upheld=False, reason="No.", by=BY, at=NOON)

        with pytest.raises(ChallengeError, match="No challenge of this case waits"):
            challenges.answer(CASE, is_upheld=True, reason="Yes.", by=BY, at=NOON)
        with pytest.raises(ChallengeError, match="No challenge of this case waits"):
            challenges.answer(OTHER, is_upheld=True, reason="Yes.", by=BY, at=NOON)
        assert book.decisions.standing() == {}


def test_what_is_due_first_comes_first_and_one_school_sees_none_of_another(casebook_url: str) -> None:
    with (
        closing(book_in(casebook_url)) as book,
        closing(Casebook(casebook_url, "hill-view", CASEBOOK_KEY)) as other,
    ):
        challenged(book)
        challenges = challenged(book, OTHER, received_on=date(2026, 11, 2))

        assert [challenge.fingerprint for challenge in challenges.waiting()] == [OTHER, CASE]
        assert Challenges(other).all() == ()


def test_challenges_of_a_case_that_is_forgotten_go_with_its_decisions(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        challenges = challenged(book)
        challenges.answer(CASE, is_upheld=True, reason="Yes.", by=BY, at=NOON)

        assert erase_cases(book, CASE) == 1
        assert challenges.all() == ()
        with book.engine.connect() as connection:
            ensure_whole(connection, book.school)


def test_a_step_that_was_changed_afterwards_is_noticed(casebook_url: str) -> None:
    with closing(book_in(casebook_url)) as book:
        challenged(book)
        with book.engine.begin() as connection:
            connection.exec_driver_sql("update challenges set received_on = '2026-11-20'")

        with book.engine.connect() as connection, pytest.raises(Exception, match="1 of challenges"):
            ensure_whole(connection, book.school)


def test_an_answer_that_is_killed_is_wholly_there_or_not_at_all(casebook_url: str) -> None:
    random.seed(11)
    for number in range(KILLS):
        case = f"{number:064x}"
        with closing(book_in(casebook_url)) as book:
            challenged(book, case)
        child = os.fork()
        if child == 0:
            with closing(book_in(casebook_url)) as book:
                Challenges(book).answer(case, is_upheld=True, reason="Yes.", by=BY, at=NOON)
            os._exit(0)
        time.sleep(random.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with closing(book_in(casebook_url)) as book:
            [challenge] = Challenges(book).of(case)

            assert challenge.is_upheld == (case in book.decisions.standing())


@pytest.mark.parametrize("spoken", ["6b3981c5", "6B39-81C5", " 6b39 81c5 "])
def test_a_reference_may_be_spoken_in_any_way(spoken: str) -> None:
    assert plain_reference(spoken) == "6b3981c5"


def test_a_case_is_found_in_whichever_run_it_was() -> None:
    with duckdb.connect() as db:
        db.execute("create schema published")
        db.execute("create table published.exceptions (run_id text, fingerprint text, check_id text)")
        db.execute("create table published.unread_texts (run_id text, fingerprint text, check_id text)")
        db.execute("create table published.runs (run_id text, finished_at timestamptz)")
        db.execute(f"insert into published.exceptions values ('2026-10-05', '{CASE}', 'pupil_follower')")
        db.execute(f"insert into published.unread_texts values ('2026-10-12', '{OTHER}', 'pupil_named')")
        db.execute("insert into published.runs values ('2026-10-05', '2026-10-05 06:10:00+00'), ('2026-10-12', null)")

        assert in_any_run(db, "6b3981c5") == [(CASE, "pupil_follower")]
        assert in_any_run(db, "7c7c7c7c") == [(OTHER, "pupil_named")]
        assert finished_runs(db) == {"2026-10-05": datetime(2026, 10, 5, 6, 10, tzinfo=UTC)}
