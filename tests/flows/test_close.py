"""A school is ended by one command: a certificate in counts, and nothing else of it anywhere, its key neither."""

import io
import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from flows.notify.missed import missed
from flows.notify.state import NotifyState, write_state
from policies.roles import DoneBy
from tests.casebooks import key_of
from tests.flows.calling import audit
from tests.flows.village import FAR, SCHOOL, village
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.holds import Holds
from warehouse.casebook.subject_requests import SubjectRequests

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def asked(book):
    return SubjectRequests(book).receive(
        "access", received_on=NOON.date(), about=("person", "P1"), note="", by=DoneBy("dpo"), at=NOON, today=NOON.date()
    )


@pytest.fixture
def here(tmp_path):
    with village(tmp_path / "home", has_warehouse=True) as made:
        with made.context().casebook() as book:
            asked(book)
        yield made


def test_a_school_that_is_closed_leaves_a_certificate_in_counts_and_no_key(here):
    key, context = here.places.key.read_bytes(), here.context()
    other = Casebook(f"sqlite:///{here.places.casebook}", "other", key_of(here.places))
    asked(other)

    answer = audit("close", SCHOOL, "--yes", **here.environment)

    assert answer.code == 0, answer.said
    said = json.loads((here.settings.home / "closed" / f"{SCHOOL}.json").read_text())
    assert (said["by_role"], said["counts"]["casebook requests"]) == ("dpo", 1)
    assert not here.places.folder.exists()
    assert not any(key in path.read_bytes() for path in here.settings.home.rglob("*") if path.is_file())
    with context.casebook() as book:
        assert SubjectRequests(book).all() == ()
    assert len(SubjectRequests(other).all()) == 1
    other.close()
    again = audit("close", SCHOOL, "--yes", **here.environment)
    assert (again.code, "Nothing of" in again.err) == (2, True)


def test_a_hold_keeps_a_school_from_being_closed_and_nobody_s_silence_closes_it(here, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    silent = audit("close", SCHOOL, **here.environment)
    with here.context().casebook() as book:
        Holds(book).add(kind="photograph", subject_id="M1", reason="Asked.", by=DoneBy("dpo"), until=FAR)
    held = audit("close", SCHOOL, "--yes", **here.environment)

    assert (silent.code, "nobody confirmed it" in silent.err) == (2, True)
    assert (held.code, "Hold 1 stands until" in held.err) == (2, True)
    assert here.places.key.exists()
    assert here.places.folder.exists()


@pytest.mark.parametrize(("today", "stopped"), [("2026-11-30", False), ("2027-03-01", True)])
def test_a_school_that_has_stopped_is_told_once_that_its_data_run_out_and_how_to_end_it(tmp_path, today, stopped):
    with village(tmp_path / "home") as here:
        write_state(here.places, NotifyState(scheduled_on=date(2026, 11, 2)))
        day = date.fromisoformat(today)
        teller = SimpleNamespace(
            places=here.places, settings=here.settings, today=lambda: day, last_day=lambda: date(2026, 11, 2)
        )

        miss = missed(teller)

    assert miss is not None
    assert (f"audit close {SCHOOL}" in miss.sentence, miss.what.startswith("stopped")) == (stopped, stopped)
