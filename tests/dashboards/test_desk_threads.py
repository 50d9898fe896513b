"""What people write to each other about a case, and what whoever gets a task is shown of it."""

import json
from collections.abc import Iterator
from html import unescape

import duckdb
import httpx
import pytest
from sqlalchemy import delete, text

from flows.notify.message import waiting
from tests.dashboards.copies import EDITION, RUN, add, evidence
from tests.dashboards.desks import NOON, ROLES, Served, field_of, served
from tests.dashboards.ordinary import STAFF, ordinary
from tests.dashboards.test_desk import form, of_pupil, refs
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.decisions import Answer, Decision, kept
from warehouse.casebook.people.desk_tables import ACCESS_LOG

LEAD, DSL, DPO, HEAD, CHAIR, TECHNICIAN = ROLES[:6]
POST = "5a" * 32
GOVERNOR = "6b" * 32
LISTED, LIKELY, DECLARED = "7c" * 32, "8d" * 32, "9e" * 32
COLLEAGUE = "Ambrose Netherfold"
LINK = "https://x.com/i/web/status/800123"


def week() -> duckdb.DuckDBPyConnection:
    """Return the ordinary week, with a task of each role that reads no cases."""
    db = ordinary()
    post = STAFF | {"subject_kind": "post", "reason": "The post of 12 Nov 2026 may tell of a colleague's health."}
    add(db, "exceptions", fingerprint=POST, **post, evidence={"link": LINK, "quote": "NOBODY-ELSE-READS-IT"})
    chair = {"concerns": "governor", "owner_role": CHAIR, "check_id": "governor_follower", "clause": "c4-3"}
    told = {"reason": "An account that may belong to a governor follows @OusterlyVale.", "due_on": "2026-11-30"}
    add(db, "exceptions", fingerprint=GOVERNOR, **chair, **told, evidence={"link": "https://x.com/i/user/700031"})
    lists = {"concerns": "account", "owner_role": HEAD, "check_id": "account_register", "subject_kind": "account"}
    add(db, "exceptions", fingerprint=LISTED, **lists, reason="The register of accounts does not give its owner.")
    for case, band in ((LIKELY, "likely"), (DECLARED, "declared")):
        shown = evidence("@a", "A", case[:6], band=band)
        about = json.dumps({"person": "hash-ST1"})
        add(db, "exceptions", fingerprint=case, subject_id=case[:6], **STAFF, evidence=shown, about=about)
        match = {"platform": "x", "actor_id": case[:6], "person_id": "ST1", "role": "staff", "band": band}
        add(db, "matches", **match, probability=0.9, is_best=True)
    return db


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(week(), tmp_path_factory.mktemp("threads") / "desk", has_school=True) as desk:
        yield desk


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    with served(week(), tmp_path / "desk") as desk:
        yield desk


def say(client: httpx.Client, ref: str, note: str) -> httpx.Response:
    csrf = field_of(client.get("/account").text, "csrf")
    return client.post(f"/case/{ref}/say", data={"csrf": csrf, "note": note})


def task(client: httpx.Client, case: str, kind: str, note: str = "") -> httpx.Response:
    page = client.get("/").text
    fields = {name: field_of(page[page.index(f"/task/{case[:16]}/answer") :], name) for name in ("csrf", "sequence")}
    return client.post(f"/task/{case[:16]}/answer", data={**fields, "edition": EDITION, "kind": kind, "note": note})


def forget(here: Served) -> None:
    with here.desk.book.engine.begin() as connection:
        connection.execute(text("delete from decisions"))
        connection.execute(delete(ACCESS_LOG))


def test_people_write_to_each_other_about_a_case_and_it_answers_nothing(fresh: Served) -> None:
    lead, dsl = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(lead)
    read_before = form(dsl, ref)

    assert say(lead, ref, "Is she in your form?").status_code == 303
    assert "Is she in your form?" in dsl.get(f"/case/{ref}").text
    assert all("1 case with a new message" in reader.get("/").text for reader in (dsl, fresh.signed_in(DPO)))
    assert "new message" not in lead.get("/").text
    unread = dsl.post(f"/case/{ref}/mark", data={**read_before, "kind": "assigned", "to_role": LEAD, "note": "So."})
    assert (unread.status_code, "Since you opened it, this case was answered or written about" in unread.text) == (
        409,
        True,
    )
    assert say(dsl, ref, "No, in the other one.").status_code == 303
    assert "1 case with a new message" in lead.get("/").text
    assert {decision for decision, *_ in fresh.desk.decisions.by_case().values()} == {None}
    assert ref in lead.get("/").text


@pytest.mark.parametrize("who", [HEAD, CHAIR, TECHNICIAN])
def test_nobody_writes_about_a_case_that_is_neither_theirs_to_read_nor_their_task(here: Served, who: str) -> None:
    assert say(here.signed_in(who), of_pupil(here.signed_in(LEAD)), "What is it?").status_code in {403, 409}
    assert here.desk.decisions.by_case() == {}


def test_a_message_that_names_somebody_of_the_registers_is_refused(here: Served) -> None:
    lead = here.signed_in(LEAD)
    refused = say(lead, of_pupil(lead), "So says SOMEBODY  Quite-Else-3.")

    assert (refused.status_code, "What you wrote names somebody" in refused.text) == (409, True)
    assert here.desk.decisions.by_case() == {}


def test_a_message_takes_no_answer_back_and_is_taken_back_by_none() -> None:
    def row(sequence: int, answer: str) -> Decision:
        return Decision("ab" * 32, sequence, RUN, answer, 1, LEAD, "So.", NOON)

    rows = [row(1, "done"), row(2, "said"), row(3, "undone"), row(4, "said")]
    assert (kept(rows[:2]), kept(rows)) == (rows[:1], [])


def test_a_task_about_no_person_says_at_once_which_one(here: Served) -> None:
    page = unescape(here.signed_in(HEAD).get("/").text)

    assert "The register of accounts does not give its owner." in page
    assert "ask for case" not in page


def test_a_task_shows_which_post_on_a_press_that_is_logged_and_no_stranger_s_words(here: Served) -> None:
    head = here.signed_in(HEAD)
    home, shown = unescape(head.get("/").text), unescape(head.get(f"/task/{POST[:16]}").text)

    assert LINK not in home
    assert f'href="/task/{POST[:16]}"' in home
    assert f'href="{LINK}"' in shown
    assert "The post of 12 Nov 2026 may tell of a colleague's health." in shown
    assert "Staff do not follow the school's accounts from private accounts" in shown, "the policy's line"
    assert "NOBODY-ELSE-READS-IT" not in shown
    assert [(row.action, row.subject) for row in AccessLog(here.desk.book).rows()][-1] == ("task", POST)


def test_a_chair_of_governors_is_shown_the_account_and_asked_nothing_through_the_chair(here: Served) -> None:
    shown = unescape(here.signed_in(CHAIR).get(f"/task/{GOVERNOR[:16]}").text)

    assert 'href="https://x.com/i/user/700031"' in shown
    assert here.signed_in(HEAD).get(f"/task/{GOVERNOR[:16]}").status_code == 404


@pytest.mark.parametrize(
    ("case", "said", "about", "is_named"),
    [
        (LIKELY, (), "hash-ST1", False),
        (LIKELY, ("proposed",), "hash-ST1", False),
        (LIKELY, ("confirmed", "undone"), "hash-ST1", False),
        (LIKELY, ("confirmed",), "hash-ST2", False),
        (LIKELY, ("confirmed", "assigned"), "hash-ST1", True),
        (DECLARED, (), "hash-ST1", True),
        (DECLARED, ("planned",), "hash-ST1", True),
        (DECLARED, ("mistaken",), "hash-ST2", True),
        (LIKELY, ("planned",), "hash-ST1", False),
        (DECLARED, ("mistaken", "assigned"), "hash-ST1", False),
    ],
)
def test_a_task_names_a_colleague_only_where_it_was_confirmed_or_is_declared(
    here: Served, case: str, said: tuple[Answer, ...], about: str, *, is_named: bool
) -> None:
    kept_about = json.dumps({"person": about})
    for number, answer in enumerate(said, 1):
        row = Decision(case, number, "2026-11-09", answer, 1, LEAD, "So.", NOON, to_role=HEAD, about=kept_about)
        here.desk.decisions.add(row)
    try:
        shown = here.signed_in(HEAD).get(f"/task/{case[:16]}").text
        logged = {row.action for row in AccessLog(here.desk.book).rows() if row.subject == case}
    finally:
        forget(here)

    assert (COLLEAGUE in shown, "Nobody has confirmed whose it is" in shown) == (is_named, not is_named)
    assert ("shown whom - to see to a task" in logged) == is_named


def test_whoever_has_a_task_asks_and_the_lead_s_answer_stands_with_it(fresh: Served) -> None:
    head, lead = fresh.signed_in(HEAD), fresh.signed_in(LEAD)

    assert task(head, POST, "ask", "Which of the two posts?").status_code == 303
    assert "1 case with a new message" in lead.get("/").text
    assert "Which of the two posts?" in lead.get(f"/case/{POST[:16]}").text
    say(lead, POST[:16], "The newer one.")
    assert "The newer one." in head.get("/").text
    assert f"/task/{POST[:16]}/answer" in head.get("/").text, "it is theirs still"
    lead.get("/")  # and has it open no more
    assert task(head, POST, "back", "It is not so.").status_code == 303
    assert f"/case/{POST[:16]}" in lead.get("/").text


def test_what_was_given_to_somebody_stands_first_on_their_page(fresh: Served) -> None:
    lead, dsl = fresh.signed_in(LEAD), fresh.signed_in(DSL)
    ref = of_pupil(lead)

    lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "kind": "assigned", "to_role": DSL, "note": "For you."})

    assert "1 case was given to you" in dsl.get("/").text
    assert "given to you" not in lead.get("/").text


def test_the_role_that_is_given_something_is_told_once_and_nobody_of_their_own(tmp_path) -> None:
    told: list[str] = []
    with served(week(), tmp_path / "desk", tell=told.append) as desk:
        lead, head = desk.signed_in(LEAD), desk.signed_in(HEAD)
        two = of_two(lead)
        ticks = {f"also.{ref}": f"{form(lead, ref)['sequence']} " for ref in two}
        fields = {**form(lead, two[0]), "kind": "assigned", "note": "For you."}
        lead.post("/cases/mark", data={**fields, **ticks, "to_role": DSL})
        lead.get("/")
        task(head, POST, "back", "It is not so.")
        lead.post(f"/case/{POST[:16]}/mark", data={**form(lead, POST[:16]), **fields, "sequence": "1", "to_role": LEAD})
    assert told == [DSL, LEAD]


def of_two(client: httpx.Client) -> list[str]:
    """Return two cases that name a pupil when they are confirmed."""
    return refs(client, check="pupil_follower")[:2]


@pytest.mark.parametrize(
    ("to", "is_taken", "is_told"),
    [("second", True, True), (LEAD, True, False), (DSL, True, True), (HEAD, False, False), ("nobody", False, False)],
)
def test_a_case_is_given_to_one_person_who_finds_it_as_theirs_and_hears_of_it(tmp_path, to, is_taken, is_told) -> None:
    told: list[str] = []
    with served(week(), tmp_path / "desk", tell=told.append) as desk:
        numbers = {person.sign_in_name: person for person in desk.people.people()}
        role, number = (numbers[to].role, numbers[to].number) if to in numbers else (LEAD, 99)
        lead = desk.signed_in(LEAD)
        ref = of_pupil(lead)
        given = {**form(lead, ref), "kind": "assigned", "to_role": f"{role} {number}", "note": "For you."}
        answer = lead.post(f"/case/{ref}/mark", data=given)
        clears = ("second", LEAD, DSL)
        yours = {name for name in clears if f"/case/{ref}" in desk.signed_in(name).get("/cases?show=mine").text}
        waits = {name for name in clears if f"/case/{ref}" in desk.signed_in(name).get("/").text}
        history = lead.get(f"/case/{ref}").text

    assert answer.status_code == (303 if is_taken else 409)
    assert (yours, told) == ({to} if is_taken else set(), [role] if is_told else [])
    assert waits == ({to} if is_taken else {"second", LEAD})
    assert ("Given to one person, the" in history) == is_told
    assert ("Taken on by the" in history) == (to == LEAD)


def test_what_was_given_to_one_who_left_is_their_role_s_again_and_is_never_lost(fresh: Served) -> None:
    lead, other = fresh.signed_in(LEAD), fresh.signed_in("second")
    ref = of_pupil(lead)
    [second] = [person for person in fresh.people.people() if person.sign_in_name == "second"]
    lead.post(
        f"/case/{ref}/mark",
        data={**form(lead, ref), "kind": "assigned", "to_role": f"{LEAD} {second.number}", "note": "For you."},
    )
    assert (f"/case/{ref}" in lead.get("/").text, f"/case/{ref}" in other.get("/").text) == (False, True)
    before = waiting(fresh.desk, LEAD)

    fresh.people.deactivate("second", NOON)

    assert f"/case/{ref}" in lead.get("/").text
    assert waiting(fresh.desk, LEAD) == before, "the Monday message counts it for the role in either case"
