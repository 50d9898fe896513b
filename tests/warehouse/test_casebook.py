"""Decisions are added, never changed; the newest stands. On SQLite and on PostgreSQL alike."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from policies.attestations import Attested
from policies.decisions import StandingDecision
from tests.casebooks import CASEBOOK_KEY, decide, erase_cases, hold
from tests.warehouse.conftest import beside
from warehouse.casebook.casebook import Casebook, CasebookError

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_the_newest_decision_stands_and_the_older_is_kept(book):
    decide(book, "f", "mistaken", until=date(2027, 8, 31), by_role="lead", note="a namesake", at=NOON)
    decide(book, "f", "confirmed", until=None, by_role="lead", note="she said so", at=NOON)

    assert book.decisions.standing() == {"f": StandingDecision("confirmed", None, "lead", NOON)}
    with book.engine.connect() as connection:
        assert connection.execute(text("select count(*) from decisions")).scalar() == 2


def test_another_schools_decisions_are_not_seen(book):
    decide(book, "f", "allowed", until=None, by_role="lead", note="-", at=NOON)
    other = beside(book, "elsewhere")

    assert other.decisions.standing() == {}
    other.close()


def test_a_question_is_written_down_before_and_after_it_is_answered(book):
    number = book.log_query(by_user="dpo", purpose="subject access request", sql="select 1", at=NOON)
    book.close_query(number, rows=1, problem=None)

    with book.engine.connect() as connection:
        rows = connection.execute(text("select by_user, purpose, sql, rows, problem from query_log")).all()
    assert rows == [("dpo", "subject access request", "select 1", 1, None)]


def test_a_hold_counts_until_its_day(book):
    hold(book, platform="x", subject_id="7", reason="police request", until=date(2026, 12, 1))

    assert book.held(date(2026, 12, 1)) == {("x", "7")}
    assert book.held(date(2026, 12, 2)) == frozenset()


def test_what_was_forgotten_is_remembered_by_hash_only(book):
    book.add_tombstone(platform="x", subject_sha256="ab", on=date(2026, 11, 2))
    decide(book, "f" * 64, "mistaken", until=None, by_role="lead", note="-", at=NOON)

    assert book.tombstones() == {"ab"}
    assert erase_cases(book, "f" * 64) == 1
    assert book.decisions.standing() == {}


def test_a_casebook_that_cannot_be_opened_says_what_to_check(tmp_path):
    with pytest.raises(CasebookError, match="Check CASEBOOK_URL"):
        Casebook(f"sqlite:///{tmp_path}/no/such/folder/c.sqlite", "s", CASEBOOK_KEY)


def attested(clause, *, day, until=date(2027, 11, 1)):
    return Attested(clause, "a" * 64, "headteacher", "The training record.", until, day)


def test_attestations_are_added_and_none_is_changed(book):
    book.attest(attested("4-train", day=NOON))
    book.attest(attested("4-train", day=NOON + timedelta(days=1), until=date(2026, 12, 1)))

    assert [(one.clause, one.until, one.at) for one in book.attestations()] == [
        ("4-train", date(2027, 11, 1), NOON),
        ("4-train", date(2026, 12, 1), NOON + timedelta(days=1)),
    ]
    assert book.attestations()[0] == attested("4-train", day=NOON)


def test_a_time_of_another_zone_is_kept_as_the_same_moment(book):
    book.attest(attested("4-train", day=NOON.astimezone(ZoneInfo("Asia/Tokyo"))))

    assert book.attestations()[0].at == NOON


def test_another_schools_attestations_are_not_seen(book):
    book.attest(attested("4-train", day=NOON))
    other = beside(book, "elsewhere")

    assert other.attestations() == ()
    other.close()


def test_the_newest_label_of_a_pair_stands_and_another_schools_are_not_seen(book):
    pair = ("x", "7", "P1")
    book.label(pair, "skip", NOON)
    book.label(pair, "yes", NOON)
    book.label(("x", "8", "P1"), "no", NOON)
    other = beside(book, "elsewhere")

    assert book.labels() == {pair: "yes", ("x", "8", "P1"): "no"}
    assert other.labels() == {}
    other.close()
