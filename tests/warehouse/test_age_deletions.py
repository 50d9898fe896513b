"""What is over its clock goes from the casebook with a certificate, and nothing else looks changed by it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, update

from policies.attestations import Attested
from policies.retention import RetentionSchedule
from tests.casebooks import DPO, decide, hold
from warehouse.casebook import chain, counters, verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Acceptance
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_tables import ACCESS_LOG, INVITATIONS, PEOPLE
from warehouse.casebook.tables import AGE_DELETIONS, CHALLENGES, QUERIES, QUERY_ANSWERS, TABLES
from warehouse.casebook.verify import wrong_rows
from warehouse.privacy.age_deletions import AgeDeletions
from warehouse.privacy.over_age import CasebookDay
from warehouse.store.load import Deleted

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
CASE = "6b" * 32


def day(days, known=(), **schedule):
    """Return the day so many days after the rows were written."""
    schedule = RetentionSchedule(**schedule)
    return CasebookDay(today=TODAY + timedelta(days=days), schedule=schedule, known=frozenset(known))


def delete(book, when, certificate_id="C1", before=None):
    counts = Deleted() if before is None else Deleted(before)
    at = NOON + (when.today - TODAY)
    return AgeDeletions(book).delete(when, certificate_id=certificate_id, before=counts, tags_sha256="t" * 64, at=at)


def look(book):
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, book.school)


def count(book, table):
    with book.engine.connect() as connection:
        return connection.execute(select(func.count()).where(table.c.school == book.school)).scalar()


def written(book):
    """Write a row of each kind, all on one day."""
    decide(book, "known", "confirmed", until=None, by_role="dsl", note="-", at=NOON)
    decide(book, "old", "mistaken", until=None, by_role="dsl", note="-", at=NOON)
    book.label(("x", "7", "P1"), "yes", NOON)
    book.attest(Attested("1", "w" * 64, "headteacher", "-", TODAY, NOON))
    book.accept(Acceptance("pupils", "s" * 64, 1, None, "headteacher", "-", NOON))
    hold(book, platform="x", subject_id="7", reason="-", until=TODAY)
    book.log_query(by_user="dpo", purpose="-", sql="select 1", at=NOON)
    book.add_tombstone(platform="x", subject_sha256="h" * 64, on=TODAY)


@pytest.mark.parametrize(
    ("table", "clock", "days"),
    [
        ("decisions", "decisions", 730),
        ("labels", "decisions", 730),
        ("attestations", "records", 1_095),
        ("acceptances", "records", 1_095),
        ("holds", "records", 1_095),
        ("query_log", "questions", 1_095),
    ],
)
def test_each_kind_of_row_goes_the_day_after_its_clock(book, table, clock, days):
    written(book)
    key = (f"casebook.{table}", clock)

    assert AgeDeletions(book).due(day(days, ["known"]))[key] == 0
    assert AgeDeletions(book).due(day(days + 1, ["known"]))[key] == 1


def test_what_goes_is_certified_in_counts_once_and_the_casebook_is_whole(book):
    written(book)
    with book.engine.connect() as connection:
        before = counters.written(connection, book.school)

    made = delete(book, day(5_000, ["known"]), before={("raw.follows", "platform"): 12})

    assert made.counts == {
        ("raw.follows", "platform"): 12,
        ("casebook.decisions", "decisions"): 1,
        ("casebook.labels", "decisions"): 1,
        ("casebook.attestations", "records"): 1,
        ("casebook.acceptances", "records"): 1,
        ("casebook.holds", "records"): 1,
        ("casebook.query_log", "questions"): 1,
    }
    assert AgeDeletions(book).certificates() == (made,)
    assert set(book.decisions.standing()) == {"known"}
    assert book.tombstones() == {"h" * 64}
    look(book)
    with book.engine.connect() as connection:
        assert counters.written(connection, book.school) == {**before, "age_deletions": 1}
    assert delete(book, day(5_000, ["known"]), "C2") is None
    assert count(book, AGE_DELETIONS) == 1


def test_a_certificate_that_stands_is_given_back_and_not_written_twice(book):
    first = delete(book, day(1), before={("raw.follows", "platform"): 1})
    written(book)

    assert delete(book, day(5_000), before={("raw.follows", "platform"): 1}) == first
    assert len(book.decisions.standing()) == 2


def test_a_decision_that_stands_until_a_day_to_come_is_kept(book):
    until = TODAY + timedelta(days=2_000)
    decide(book, "old", "allowed", until=until, by_role="dpo", note="-", at=NOON)

    assert AgeDeletions(book).due(day(2_000)) == {}
    assert AgeDeletions(book).due(day(2_001)) == {("casebook.decisions", "decisions"): 1}


@pytest.fixture
def people(book):
    """Two people, of whom one was let out, and what both did at the desk."""
    people = DeskPeople(book)
    for name in ("stays", "leaves"):
        people.invite(name, "dsl", NOON)
    log = AccessLog(book)
    for number, person in enumerate(people.people()):
        for days in (0, 100, 400):
            log.write(person=person, action="looked", subject=f"{number}", at=NOON + timedelta(days=days))
    people.deactivate("leaves", NOON)
    return people


def test_the_oldest_rows_of_the_access_log_go_and_its_chain_holds_and_goes_on(book, people):
    made = delete(book, day(366))
    log = AccessLog(book)

    assert made.counts["casebook.desk_access_log", "access_log"] == 1  # up to the first that is younger
    assert log.first_broken() is None
    log.write(person=people.people()[0], action="looked", subject="9", at=NOON + timedelta(days=500))
    assert log.first_broken() is None
    look(book)
    delete(book, day(5_000), "C2")
    assert log.rows() == ()
    log.write(person=people.people()[0], action="looked", subject="9", at=NOON + timedelta(days=5_000))
    assert log.first_broken() is None
    look(book)


@pytest.mark.usefixtures("people")
def test_a_row_of_the_log_that_was_changed_after_a_deletion_is_still_found(book):
    delete(book, day(366))
    first = AccessLog(book).rows()[0].number
    with book.engine.begin() as connection:
        connection.execute(update(ACCESS_LOG).where(ACCESS_LOG.c.number == first).values(subject="another"))

    assert AccessLog(book).first_broken() == first


def test_somebody_who_was_let_out_goes_when_no_log_names_them_any_more_and_their_invitation_before(book, people):
    assert delete(book, day(37)).counts == {("casebook.desk_invitations", "sessions"): 2}
    assert count(book, INVITATIONS) == 0
    delete(book, day(600), "C2")
    assert count(book, PEOPLE) == 2

    delete(book, day(800), "C3")

    assert [person.sign_in_name for person in people.people()] == ["stays"]


def test_every_table_of_the_casebook_is_deleted_from_or_holds_nothing_that_names_anybody():
    from warehouse.catalogue.tags import tag_of
    from warehouse.privacy.over_age import CLOCKS_OF_TABLES

    clocks = {table.name: tag_of(f"casebook.{table.name}", "school").clock for table in TABLES.tables.values()}
    deleted = {table.name: clock for table, clock in CLOCKS_OF_TABLES.items()}

    assert {name: clock for name, clock in clocks.items() if clock not in ("for_good", "no_person")} == deleted


def test_the_oldest_questions_and_their_answers_go_and_both_chains_hold_and_go_on(book):
    for days in (0, 1, 9, 10):
        number = book.log_query(by_user="dpo", purpose="A request", sql="select 1", at=NOON + timedelta(days=days))
        book.close_query(number, rows=1, problem=None, tables=("runs",))
    delete(book, day(12, questions=7))
    left = [count(book, table) for table in (QUERIES, QUERY_ANSWERS)]
    book.close_query(book.log_query(by_user="dpo", purpose="Again", sql="select 2", at=NOON), rows=0, problem=None)

    assert left == [2, 2]
    assert wrong_rows(book) == {}
    with book.engine.begin() as connection:
        connection.execute(update(QUERIES).where(QUERIES.c.school == book.school).values(purpose="Another"))
    assert "query_log" in wrong_rows(book)


def challenge(book, *, opened, answered=None, again=None):
    """Challenge a case on a day after the rows were written, and answer it, and challenge it again, on others."""
    challenges = Challenges(book)

    def by(days):
        return {"by": DPO, "at": NOON + timedelta(days=days)}

    challenges.open(CASE, received_on=TODAY, raised_by="parent", ground="-", **by(opened))
    if answered is not None:
        challenges.answer(CASE, is_upheld=False, reason="-", **by(answered))
    if again is not None:
        challenges.open(CASE, received_on=TODAY, raised_by="parent", ground="-", **by(again))


def test_while_a_challenge_waits_its_steps_and_what_was_decided_of_the_case_stay(book):
    decide(book, CASE, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
    challenge(book, opened=0)

    assert AgeDeletions(book).due(day(9_000)) == {}
    Challenges(book).answer(CASE, is_upheld=False, reason="-", by=DPO, at=NOON)
    assert AgeDeletions(book).due(day(9_000)) == {
        ("casebook.challenges", "decisions"): 2,
        ("casebook.decisions", "decisions"): 1,
    }


def test_the_steps_of_a_case_s_challenges_go_together_once_the_newest_is_over_its_clock(book):
    challenge(book, opened=0, answered=20, again=40)
    Challenges(book).answer(CASE, is_upheld=False, reason="-", by=DPO, at=NOON + timedelta(days=60))

    assert AgeDeletions(book).due(day(790)) == {}
    delete(book, day(791))

    assert Challenges(book).of(CASE) == ()
    look(book)


def test_a_challenge_is_numbered_after_the_newest_step_also_where_older_ones_are_gone(book):
    challenge(book, opened=0, answered=20)
    with book.engine.begin() as connection:
        first = select(CHALLENGES.c.number).where(CHALLENGES.c.school == book.school, CHALLENGES.c.sequence == 1)
        number = connection.execute(first).scalar()
        chain.enter_gone(connection, book.school, CHALLENGES, [number])
        connection.execute(delete_from(CHALLENGES).where(CHALLENGES.c.number == number))

    challenge(book, opened=40, answered=60)

    assert [one.answer for one in Challenges(book).of(CASE)] == ["not_upheld"]
    with book.engine.connect() as connection:
        sequences = select(CHALLENGES.c.sequence).where(CHALLENGES.c.school == book.school)
        assert sorted(connection.execute(sequences).scalars()) == [2, 3, 4]
    look(book)


def asked(book, days, **more):
    """Write down a question so many days after the others."""
    at = NOON + timedelta(days=days)
    return book.log_query(by_user="dpo", purpose="A request", sql="select 1", at=at, **more)


def test_a_question_has_a_number_that_none_before_it_had_also_when_all_were_deleted(book):
    numbers = [asked(book, 0), asked(book, 0)]
    for number in numbers:
        book.close_query(number, rows=1, problem=None)
    with book.engine.connect() as connection:
        answers = select(QUERY_ANSWERS.c.number).where(QUERY_ANSWERS.c.school == book.school)
        before = set(connection.execute(answers).scalars())
    delete(book, day(5_000))
    assert [count(book, table) for table in (QUERIES, QUERY_ANSWERS)] == [0, 0]

    again = asked(book, 5_000)
    book.close_query(again, rows=1, problem=None)

    assert again > max(numbers)
    with book.engine.connect() as connection:
        assert set(connection.execute(answers).scalars()).isdisjoint(before)
    assert wrong_rows(book) == {}


def test_an_answer_that_came_late_holds_up_others_only_as_long_as_its_question_is_kept(book):
    first, late = asked(book, 0), asked(book, 100)
    book.close_query(late, rows=1, problem=None)
    book.close_query(first, rows=1, problem=None)  # a chain goes from its beginning: it waits for the one before

    delete(book, day(50, questions=7))
    waits = [count(book, table) for table in (QUERIES, QUERY_ANSWERS)]
    verified = wrong_rows(book)
    delete(book, day(200, questions=7), "C2")

    assert (waits, verified) == ([1, 2], {})
    assert [count(book, table) for table in (QUERIES, QUERY_ANSWERS)] == [0, 0]
    asked(book, 200)
    assert wrong_rows(book) == {}
