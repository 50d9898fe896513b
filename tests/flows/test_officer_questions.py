"""The questions of a Data Protection Officer, held against a run's own warehouse, by command and at the desk.

It alone compares the kept questions with what was planted in the world that a real run read, not with a drawn copy.
"""

from contextlib import ExitStack
from datetime import date

import anyio
import httpx
import pytest

from dashboards.ask.named import named_questions
from dashboards.desk.app import make_app
from flows.desk.school import opened_desk, school_desk
from tests.casebooks import DPO, decide, hash_quickly
from tests.dashboards.desks import field_of
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import FAR, PUPIL, SCHOOL, TEACHER
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Acceptance
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.holds import Holds
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_secrets import DeskSessions
from warehouse.casebook.subject_requests import SubjectRequests
from warehouse.store.open import opened

WHY = "Quarterly review of the audit"
HOST = "127.0.0.1:8377"
# What each question takes, and what must stand in its answer: of the world that was served, or of what was done.
TRUTHS = {
    "who-was-reported": ({}, (PUPIL,)),
    "tied-to-a-person": ({"person": "P1"}, (PUPIL, "likely")),
    "everything-on-a-handle": ({"handle": "@rosie_t"}, (PUPIL,)),
    "everything-on-a-post": ({"post": "100"}, ("100",)),
    "everything-on-a-photograph": ({"photograph": "M1"}, ("posted",)),
    "photographs-of-a-pupil": ({"person": "P2"}, ()),
    "what-changed-since": ({"since": "2026-10-01"}, ("new", PUPIL)),
    "why-it-is-gone": ({"subject": PUPIL}, ("new",)),
    "what-is-open-and-late": ({}, ("pupil_follower",)),
    "matches-to-confirm": ({}, ("P1", PUPIL)),
    "texts-nobody-has-read": ({}, ()),
    "what-could-not-be-seen": ({}, ()),
    "what-each-clause-rests-on": ({}, ("pupil_follower",)),
    "overdue-for-deletion": ({"on": "2027-06-01"}, ("youtube",)),
    "what-is-held": ({}, (TEACHER, "A claim")),
    "erasures-and-deletions": ({}, (TEACHER,)),
    "decisions-with-history": ({}, ("mistaken", "A cousin")),
    "challenges-and-answers": ({}, ("parent",)),
    "requests-and-their-days": ({}, ("P1", "2026-12-02")),
    "who-attested-what": ({}, ("pupils", "headteacher")),
    "register-changes": ({}, ("pupils",)),
    "who-looked-at": ({"of": PUPIL}, ("dsl",)),
    "who-asked-what": ({}, ("A parent asked",)),
    "who-uses-the-desk": ({}, ("office.dpo", "safe.dsl")),
    "costs-by-month": ({}, ("2026-11", "youtube")),
}
OF_ITSELF = {"who-asked-what", "who-looked-at", "tied-to-a-person", "who-uses-the-desk"}  # what asks changes the answer


def done_with(here, case):
    """Let people decide, challenge, hold, ask, accept and look."""
    with here.context().casebook() as book:
        at, people = here.context().now(), DeskPeople(book)
        for name, role in (("office.dpo", "dpo"), ("safe.dsl", "dsl")):
            people.take_invitation(people.invite(name, role, at), "four quiet old horses", at)
        decide(book, case, "mistaken", by_role="dsl", note="A cousin of hers.", at=at)
        day = date(2026, 11, 2)
        Challenges(book).open(case, received_on=day, raised_by="parent", ground="No.", by=DPO, at=at)
        Holds(book).add(kind="x", subject_id=TEACHER, reason="A claim.", by=DPO, until=FAR)
        about = ("person", "P1")
        SubjectRequests(book).receive("access", received_on=day, about=about, note="", by=DPO, at=at, today=at.date())
        book.accept(Acceptance("pupils", "a" * 64, 2, None, "headteacher", "A new year.", at))
        asked = book.log_query(by_user="dpo", purpose="A parent asked", sql="select 1", at=at)
        book.close_query(asked, rows=1, problem=None)
        AccessLog(book).write(person=people.people()[1], action="case", subject=case, at=at)


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """Return the answer to each question at the desk, and what asks by command."""
    with pytest.MonkeyPatch.context() as patch, audited_village(tmp_path_factory.mktemp("dpo") / "home") as here:
        hash_quickly(patch)
        with opened(here.places.warehouse, here.context().key, read_only=True) as db:
            sql = "select fingerprint from outcome.exceptions where subject_id = ? and check_id = 'pupil_follower'"
            [(case,)] = db.execute(sql, [PUPIL]).fetchall()
        done_with(here, case)
        yield at_the_desk(here), here


def at_the_desk(here):
    with ExitStack() as stack:
        desk = opened_desk(stack, here.settings, here.places, here.context().school)
        app = make_app(desk, hosts={HOST}, names=lambda: (), school=school_desk(here.settings, SCHOOL, desk.book))
        [dpo] = [one for one in DeskPeople(desk.book).people() if one.role == "dpo"]
        with desk.book.engine.begin() as connection:
            secret = DeskSessions(desk.book).begin(connection, dpo.number, "dpo", here.context().now())

        async def asked():
            answers = {}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HOST}") as browser:
                browser.cookies.set(f"desk-{app.state.school_mark}", secret)
                csrf = field_of((await browser.get("/ask")).text, "csrf")
                for name, (values, _) in TRUTHS.items():
                    fields = {"csrf": csrf, "purpose": WHY, "named": name, "form": "csv"}
                    given = {f"value.{value}": text for value, text in values.items()}
                    answers[name] = await browser.post("/ask/file", data=fields | given)
            return answers

        return anyio.run(asked)


def test_every_kept_question_is_asked_here():
    assert {question.name for question in named_questions()} == set(TRUTHS)


@pytest.mark.parametrize("name", TRUTHS)
def test_the_answer_is_right_by_both_doors(answered, name):
    desk, here = answered
    values, words = TRUTHS[name]
    given = [word for value, text in values.items() for word in (f"--{value}", text)]
    command = audit("ask", SCHOOL, "--named", name, *given, "--purpose", WHY, "--format", "csv", **here.environment)

    assert (desk[name].status_code, command.code) == (200, 0), command.said
    for answer in (desk[name].text, command.out):
        assert [word for word in words if word not in answer] == []
        assert words or len(answer.splitlines()) <= 1 or name == "what-could-not-be-seen"
    assert name in OF_ITSELF or desk[name].text.splitlines() == command.out.splitlines()


def test_who_was_reported_is_whom_the_run_s_own_exceptions_are_about(answered):
    desk, here = answered
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        subjects = db.execute("select distinct subject_id from outcome.exceptions").fetchall()

    assert [ident for (ident,) in subjects if ident not in desk["who-was-reported"].text] == []
