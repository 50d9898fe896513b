"""Requests by command and at the desk: one record for both, and what a pack or an erasure does stands on it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.home.settings import Settings
from flows.notify.message import answer_lines
from flows.privacy.own_casebook import open_requests, record_on
from policies.roles import LEAD, DoneBy
from tests.dashboards.desks import KEY, NOON, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, village
from warehouse.casebook.subject_requests import SubjectRequests
from warehouse.store.places import Places


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with village(tmp_path_factory.mktemp("requests") / "home", has_warehouse=True) as made:
        yield made


def requests(here, *words):
    return audit("requests", SCHOOL, *words, **here.environment)


def test_a_request_is_received_searched_extended_answered_and_closed_by_command(here):
    add = ("add", "--kind", "access", "--received", "2026-11-02", "--person", "P1", "--note", "All that is held.")
    made = requests(here, *add)
    record_on(
        here.context(),
        open_requests(here.context(), ("person", "p1")),
        "searched",
        "A pack of 3 entries.",
        DoneBy("dpo"),
    )
    early = requests(here, "record", "1", "closed")
    ended = [requests(here, "record", "1", step, "--note", "By post.") for step in ("identity", "sent", "closed")]
    listed = requests(here, "list")

    assert (made.code, made.out) == (0, "Request 1: subject access request. Answer it by Wednesday 2 December 2026.\n")
    assert (early.code, "what came of it" in early.err) == (2, True)
    assert [answer.code for answer in ended] == [0, 0, 0], ended
    assert "1  subject access request, received 2026-11-02. Closed." in listed.out
    assert "searched, by the Data Protection Officer (role claimed, not signed in)  A pack of 3 entries." in listed.out
    assert open_requests(here.context(), ("person", "P1")) == ()


def test_what_was_done_for_a_request_that_was_closed_meanwhile_is_said_and_does_not_fail(here, capsys):
    with here.context().casebook() as book:
        asked = SubjectRequests(book)
        by, at = DoneBy("dpo"), here.context().now()
        day = at.date()
        one = asked.receive("erasure", received_on=day, about=("person", "P9"), note="", by=by, at=at, today=day)
        for step in ("done", "closed"):
            asked.record(one.number, step, note="", by=by, at=at)

    record_on(here.context(), [one.number], "done", "Erased: certificate 1.", by)

    assert f"not recorded on request {one.number}: Request {one.number} is closed." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "--kind", "wish", "--received", "2026-11-02"), "of which kind"),
        (("add", "--kind", "access", "--received", "2046-11-02"), "still to come"),
        (("add", "--kind", "access", "--received", "2026-11-02", "--note", "Rosalind Thistlewood asks"), "name"),
        (("record", "99", "sent"), "no request 99"),
    ],
    ids=["kind", "day", "name", "number"],
)
def test_what_cannot_be_recorded_is_one_sentence(here, words, says):
    answer = requests(here, *words)

    assert (answer.code, says in answer.err, "Rosalind" in answer.said) == (2, True, False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as made:
        yield made


def test_the_data_protection_officer_sees_what_is_due_and_records_each_step_at_the_desk(desk: Served) -> None:
    dpo = desk.signed_in("dpo")
    assert "No request waits." in dpo.get("/requests").text
    csrf = {"csrf": field_of(dpo.get("/requests").text, "csrf")}
    new = {"kind": "complaint", "received": "2026-11-10", "whom": "person", "id": "P1", "note": "About a case."}

    assert dpo.post("/requests", data=csrf | new).status_code == 303
    assert "1 request waits for an answer; the next is due on" in dpo.get("/requests").text
    assert dpo.post("/requests/1", data=csrf | {"step": "acknowledged", "note": "By letter."}).status_code == 303
    refused = dpo.post("/requests/1", data=csrf | {"step": "closed", "note": ""})
    assert (refused.status_code, "what came of it" in refused.text) == (409, True)
    [one] = SubjectRequests(desk.desk.book).all()
    assert [step.step for step in one.steps] == ["received", "acknowledged"]
    assert "recorded a step of a request" in dpo.get("/log").text
    assert desk.signed_in("dsl").get("/requests").status_code == 403


def test_no_casebook_is_opened_for_a_role_that_answers_nothing(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, key=KEY, casebook_key="another", clock=lambda: NOON)

    assert answer_lines(settings, Places(tmp_path, SCHOOL), "headteacher", NOON.date()) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("received", "steps", "waits", "is_late"),
    [
        ("2026-10-01", (), 1, True),
        ("2026-11-09", (), 1, False),
        ("2026-10-01", ("extended",), 1, False),
        ("2026-10-01", ("sent",), 0, False),  # answered: all that is left is to close it
        ("2026-10-01", ("sent", "closed"), 0, False),
    ],
)
def test_what_waits_for_an_answer_is_told_wherever_the_officer_looks(
    here, tmp_path, received, steps, waits, is_late
) -> None:
    by, today, soon = DoneBy("dpo"), NOON.date(), datetime(2026, 10, 2, 12, tzinfo=UTC)
    with served(ordinary(), tmp_path / "desk", has_school=True) as desk, here.context().casebook() as book:
        for asked in (SubjectRequests(desk.desk.book), SubjectRequests(book)):
            day = date.fromisoformat(received)
            one = asked.receive("access", received_on=day, about=None, note="", by=by, at=NOON, today=today)
            for step in steps:
                one = asked.record(one.number, step, note="By post.", by=by, at=soon)
        dpo = desk.signed_in("dpo")
        home, page, leads = (
            who.get(path).text for who, path in ((dpo, "/"), (dpo, "/requests"), (desk.signed_in(LEAD), "/"))
        )
        told, untold = (answer_lines(here.settings, here.places, role, today) for role in ("dpo", LEAD))
        listed = requests(here, "list").out
        if waits:
            asked.record(one.number, "done", note="", by=by, at=NOON)

    assert ("Requests to answer" in home, "Requests to answer" in leads) == (bool(waits), False)
    assert ("1 request is late." in home) == is_late
    assert ("1 request waits for an answer" in page) == bool(waits)
    assert one.standing(today) in page
    assert ("Late: it was due on Sun 1 Nov 2026." in page) == is_late
    answered = "Answered on Fri 2 Oct 2026, and to be closed."
    assert (
        (answered in page)
        == (f"{one.number}  subject access request, received {received}. {answered}" in listed)
        == (steps == ("sent",))
    )
    assert told == (f"1 request about data waits for an answer{', 1 of them late' if is_late else ''}.",) * waits
    assert untold == ()
