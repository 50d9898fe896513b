"""Requests as cases: by when each is to be answered, what may be recorded, and that they go by a clock of their own."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from policies.requests import answer_due
from policies.roles import DoneBy
from tests.casebooks import CASEBOOK_KEY
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.subject_requests import RequestError, SubjectRequests
from warehouse.casebook.verify import ensure_whole

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
TODAY = date(2026, 11, 16)
DPO = DoneBy("dpo", 3)


@pytest.mark.parametrize(
    ("received", "is_extended", "due"),
    [
        ("2026-11-16", False, "2026-12-16"),
        ("2026-12-20", False, "2027-01-20"),  # over the holidays: nothing pauses it
        ("2027-01-31", False, "2027-02-28"),
        ("2028-01-31", False, "2028-02-29"),
        ("2026-11-30", True, "2027-02-28"),
        ("2026-10-15", True, "2027-01-15"),
    ],
)
def test_a_request_is_due_after_one_calendar_month_or_three(received: str, is_extended: bool, due: str) -> None:
    assert answer_due(date.fromisoformat(received), is_extended=is_extended) == date.fromisoformat(due)


def received(requests: SubjectRequests, kind: str = "access", on: date = TODAY) -> int:
    made = requests.receive(kind, received_on=on, about=("person", "0007"), note="", by=DPO, at=NOON, today=TODAY)
    return made.number


def test_a_request_goes_its_way_step_by_step_and_is_whole(casebook_url: str) -> None:
    with closing(Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)) as book:
        requests = SubjectRequests(book)
        number = received(requests)
        received(requests, on=TODAY - timedelta(days=9))
        assert [each.number for each in requests.all()] == [number + 1, number]
        assert [each.number for each in requests.open_about([("person", "7")])] == [number + 1, number]
        for step in ("identity", "searched", "sent", "closed"):
            requests.record(number, step, note="Seen.", by=DPO, at=NOON)

        one = requests.one(number)
        assert [step.step for step in one.steps] == ["received", "identity", "searched", "sent", "closed"]
        assert (one.is_open, one.due_on, one.is_late(date(2027, 1, 1))) == (False, date(2026, 12, 16), False)
        with book.engine.connect() as connection:
            ensure_whole(connection, "ousterly-vale")


@pytest.mark.parametrize(
    ("before", "step", "note", "says"),
    [
        ((), "closed", "", "what came of it"),
        ((), "refused", " ", "Say why"),
        ((), "extended", "", "Say why"),
        (("extended",), "extended", "Again.", "extended once"),
        (("done", "closed"), "sent", "", "is closed"),
        ((), "forgotten", "", "which step"),
    ],
)
def test_what_cannot_be_recorded_is_one_sentence(casebook_url: str, before, step, note, says) -> None:
    with closing(Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)) as book:
        requests = SubjectRequests(book)
        number = received(requests)
        for each in before:
            requests.record(number, each, note="Many records.", by=DPO, at=NOON)
        with pytest.raises(RequestError, match=says):
            requests.record(number, step, note=note, by=DPO, at=NOON)
        with pytest.raises(RequestError, match="no request"):
            requests.record(number + 1, "sent", note="", by=DPO, at=NOON)


def test_a_complaint_is_acknowledged_first_and_an_extension_moves_the_day(casebook_url: str) -> None:
    with closing(Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)) as book:
        requests = SubjectRequests(book)
        number = received(requests, "complaint", date(2026, 10, 31))
        assert requests.one(number).due_on == date(2026, 11, 30)
        requests.record(number, "acknowledged", note="", by=DPO, at=NOON)
        assert requests.record(number, "extended", note="Many records.", by=DPO, at=NOON).due_on == date(2027, 1, 31)
        assert requests.one(number).is_late(date(2027, 2, 1))


def test_a_request_of_tomorrow_or_of_no_kind_is_none(casebook_url: str) -> None:
    with closing(Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)) as book:
        for kind, on in (("access", TODAY + timedelta(days=1)), ("wish", TODAY)):
            with pytest.raises(RequestError):
                received(SubjectRequests(book), kind, on)
