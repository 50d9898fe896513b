"""What is kept in memory of decisions and marks is what the casebook says, whatever was written or deleted since."""

from datetime import UTC, date, datetime, timedelta

from tests.casebooks import erase_cases
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.marks import Mark, MarkKind, Marks
from warehouse.casebook.standing_decisions import StandingDecisions
from warehouse.casebook.standing_marks import StandingMarks

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

FIRST = "a" * 64


def decide(book: Casebook, fingerprint: str, verdict: str, minutes: int = 0) -> None:
    at = NOON + timedelta(minutes=minutes)
    book.decide(fingerprint, verdict, until=None, by_role="dsl", note="seen", at=at)  # type: ignore[arg-type]


def mark(fingerprint: str, sequence: int, kind: MarkKind) -> Mark:
    until = date(2027, 7, 1) if kind == "allowed" else None
    return Mark(fingerprint, sequence, "2026-11-23", kind, 7, "dsl", "seen", NOON + timedelta(minutes=sequence), until)


def test_decisions_written_since_are_added_and_withdrawn_ones_leave(book: Casebook) -> None:
    kept = StandingDecisions(book)
    assert kept.now() == {}
    for step, (fingerprint, verdict) in enumerate(
        [(FIRST, "confirmed"), ("bb", "mistaken"), (FIRST, "allowed"), ("bb", "withdrawn"), ("cc", "mistaken")]
    ):
        decide(book, fingerprint, verdict, step)
        assert kept.now() == book.standing()

    assert set(kept.now()) == {FIRST, "cc"}
    assert kept.now() is kept.now()


def test_decisions_that_were_deleted_are_gone_also_where_others_came(book: Casebook) -> None:
    kept = StandingDecisions(book)
    for fingerprint in (FIRST, "bb"):
        decide(book, fingerprint, "mistaken")
    kept.now()
    erase_cases(book, FIRST)
    decide(book, "cc", "mistaken")

    assert set(kept.now()) == {"bb", "cc"}


def test_marks_written_since_are_added_and_undone_ones_count_no_more(book: Casebook) -> None:
    marks = Marks(book)
    kept = StandingMarks(marks)
    assert kept.now() == {}
    for made in (
        mark(FIRST, 1, "confirmed"),
        mark("bb", 1, "done"),
        mark(FIRST, 2, "undone"),
        mark("cc", 1, "allowed"),
    ):
        marks.add(made)
        assert kept.now() == marks.standing()

    assert kept.now()[FIRST].mark is None
    assert kept.now()["cc"].mark == mark("cc", 1, "allowed")
    assert kept.now() is kept.now()


def test_marks_that_were_deleted_are_gone_also_where_others_came(book: Casebook) -> None:
    marks = Marks(book)
    kept = StandingMarks(marks)
    marks.add(mark(FIRST, 1, "done"))
    marks.add(mark("bb", 1, "done"))
    kept.now()
    erase_cases(book, FIRST)
    marks.add(mark("cc", 1, "done"))

    assert kept.now() == marks.standing()
    assert set(kept.now()) == {"bb", "cc"}
