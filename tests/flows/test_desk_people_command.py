"""`audit desk` says who may use the desk, and each change of it is written down."""

import getpass
import re
from contextlib import closing

import pytest
from sqlalchemy import text

from flows.settings import system_clock
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_people import DeskPeople
from warehouse.places import Places

LEAD = "enterprise_and_technology_lead"
LINK = re.compile(r"http://127\.0\.0\.1:8377/invitation/([A-Za-z0-9_-]{43})\n")


@pytest.fixture
def home(tmp_path):
    write_home(tmp_path)
    return tmp_path


def desk(home, word, *words):
    return audit("desk", word, SCHOOL, *words, AUDIT_HOME=str(home))


def opened(home):
    return closing(Casebook(f"sqlite:///{Places(home, SCHOOL).casebook}", SCHOOL))


def test_the_link_is_printed_once_and_good_for_a_password(home):
    answer = desk(home, "invite", "lead", "--role", LEAD)

    link = LINK.match(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out[link.end() :] == (
        "Give this link to the Enterprise and Technology Lead yourself: it sets a password once, within three days, on "
        "this machine. It is not shown again.\n"
    )
    with opened(home) as book:
        people, now = DeskPeople(book), system_clock()
        people.take_invitation(link[1], "four quiet old horses", now)
        assert people.session(people.sign_in("lead", "four quiet old horses", None, now), now)
        assert link[1] not in "\n".join(book.engine.raw_connection().iterdump())


def test_the_list_says_how_each_person_stands(home):
    assert desk(home, "people").out == f"Nobody yet. Begin with: audit desk invite {SCHOOL} NAME --role {LEAD}\n"
    token = LINK.match(desk(home, "invite", "Lead", "--role", LEAD).out)[1]
    desk(home, "invite", "office", "--role", "it_technician")
    desk(home, "invite", "gone", "--role", "dsl")
    with opened(home) as book:
        DeskPeople(book).take_invitation(token, "four quiet old horses", system_clock())

    changed = desk(home, "role", "lead", "--role", "dpo")
    removed = desk(home, "remove", "gone")

    assert changed.out == "Done: now Data Protection Officer. They sign in again.\n"
    assert removed.out == "Done: signed out, and let in no more. The password and the second factor are deleted.\n"
    assert [line.split(maxsplit=2) for line in desk(home, "people").out.splitlines()] == [
        ["1", "lead", f"{'Data Protection Officer':30}  password"],
        ["2", "office", f"{'IT technician':30}  invited"],
        ["3", "gone", f"{'Designated Safeguarding Lead':30}  removed"],
    ]


def test_who_changed_it_is_written_down_by_number(home):
    desk(home, "invite", "lead", "--role", LEAD)
    desk(home, "role", "lead", "--role", "dsl")
    desk(home, "remove", "lead")

    with opened(home) as book, book.engine.connect() as connection:
        rows = connection.execute(text("select by_user, purpose, sql from query_log order by number")).all()
    assert rows == [
        (getpass.getuser(), "who may use the desk: person 1", command)
        for command in (
            f"audit desk invite {SCHOOL} --role {LEAD}",
            f"audit desk role {SCHOOL} --role dsl",
            f"audit desk remove {SCHOOL}",
        )
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("invite", "lead", "--role", "parents"), "The desk has these roles: headteacher, "),
        (("invite", "two words", "--role", LEAD), "A sign-in name has 2 to 64 small letters, "),
        (("role", "nobody", "--role", LEAD), "Nobody of this name uses the desk. `audit desk people` lists who does."),
        (("remove", "nobody"), "Nobody of this name uses the desk. `audit desk people` lists who does."),
        (("invite", "lead"), "Missing option '--role'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(home, words, sentence):
    answer = desk(home, *words)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(sentence)


def test_a_school_that_is_not_there_is_refused_and_gets_no_casebook(home):
    answer = audit("desk", "people", "ousterly-vail", AUDIT_HOME=str(home))

    assert (answer.code, answer.err.startswith("There is no school 'ousterly-vail' in ")) == (2, True)
    assert not Places(home, SCHOOL).casebook.exists()
