"""`audit desk` says who may use the desk, and each change of it is written down."""

import re
from contextlib import closing

import pyotp
import pytest
from sqlalchemy import text

from flows.home.process import os_user
from flows.home.settings import system_clock
from tests.casebooks import key_of, rows_of
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople, SignInError
from warehouse.store.places import Places

LEAD = "enterprise_and_technology_lead"
LINK = re.compile(r"http://127\.0\.0\.1:8377/invitation/([A-Za-z0-9_-]{43})\n")


@pytest.fixture
def home(tmp_path):
    write_home(tmp_path)
    return tmp_path


def desk(home, word, *words):
    return audit("desk", word, SCHOOL, *words, AUDIT_HOME=str(home))


def opened(home):
    places = Places(home, SCHOOL)
    return closing(Casebook(f"sqlite:///{places.casebook}", SCHOOL, key_of(places)))


def test_the_link_is_printed_once_and_good_for_a_password(home):
    answer = desk(home, "invite", "lead", "--role", LEAD)

    link = LINK.match(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out[link.end() :] == (
        "Give this link to the Enterprise and Technology Lead yourself: it sets a password once, within three days, on "
        "this machine. They sign in as lead. The link is not shown again.\n"
    )
    with opened(home) as book:
        people, now = DeskPeople(book), system_clock()
        people.take_invitation(link[1], "four quiet old horses", now)
        assert people.session(people.sign_in("lead", "four quiet old horses", None, now), now)
        assert link[1] not in str(list(rows_of(book.engine.raw_connection().cursor())))


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
    assert removed.out.startswith("Done: signed out, and let in no more. ")
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
        (os_user(), "who may use the desk: person 1", command)
        for command in (
            f"audit desk invite {SCHOOL} --role {LEAD}",
            f"audit desk role {SCHOOL} --role dsl",
            f"audit desk remove {SCHOOL}",
        )
    ]


OPENID = """
[desk]
address = "https://desk.ousterly-vale.example"
proxy = true

[desk.openid]
issuer = "https://accounts.google.com"
client_id = "the-desk"
label = "Google"
hosted_domain = "ousterly-vale.example"
"""

ENTRA = f"""
[desk.openid]
issuer = "https://login.microsoftonline.com/{"1" * 8}-1111-1111-1111-{"1" * 12}/v2.0"
client_id = "the-desk"
label = "Microsoft"
"""


def with_settings(home, more):
    path = Places(home, SCHOOL).settings
    path.write_text(path.read_text() + more)


def test_the_link_has_the_address_that_people_open_or_the_port_that_is_given(home):
    assert "http://127.0.0.1:9001/invitation/" in desk(home, "invite", "lead", "--role", LEAD, "--port", "9001").out
    with_settings(home, OPENID)

    answer = desk(home, "invite", "lead", "--role", LEAD, "--email", "lead@ousterly-vale.example")

    assert answer.out.startswith("https://desk.ousterly-vale.example/invitation/")
    assert "on this machine" not in answer.out
    assert answer.out.endswith("Or they sign in with Google within three days; then nobody needs the link.\n")
    with opened(home) as book, book.engine.connect() as connection:
        assert (
            connection.execute(text("select invited_email from desk_people")).scalar() == "lead@ousterly-vale.example"
        )
        assert "@" not in str(connection.execute(text("select sql from query_log")).scalars().all())


def test_an_account_s_id_is_bound_at_once_and_the_list_says_so(home):
    with_settings(home, OPENID)
    desk(home, "invite", "lead", "--role", LEAD, "--subject", "1234567890")

    assert desk(home, "people").out.split()[-2:] == ["school", "account"]
    refused = desk(home, "invite", "dsl", "--role", "dsl", "--subject", "1234567890")
    assert (refused.code, refused.err) == (2, "This account is another person's at the desk. Choose another one.\n")
    assert "dsl" not in desk(home, "people").out


@pytest.mark.parametrize(
    ("settings", "words", "sentence"),
    [
        ("", ("--email", "a@b.example"), "--email and --subject are for a school with [desk.openid] in school.toml."),
        (OPENID, ("--email", "a@b.example", "--subject", "1"), "Give --email or --subject, not both."),
        (OPENID, ("--email", "nobody"), "The e-mail address is none, or has letters that no school's has."),
        (ENTRA, ("--email", "a@b.example"), "Microsoft verifies no e-mail address. Give --subject with the person's"),
    ],
    ids=["no provider", "both", "no address", "microsoft"],
)  # fmt: skip
def test_an_account_that_could_not_be_told_from_another_is_refused(home, settings, words, sentence):
    with_settings(home, settings)
    answer = desk(home, "invite", "lead", "--role", LEAD, *words)

    assert (answer.code, answer.err.startswith(sentence)) == (2, True), answer.err
    assert desk(home, "people").out.startswith("Nobody yet.")


def test_whoever_was_locked_out_tries_again_at_once_and_a_lost_telephone_is_forgotten(home):
    token = LINK.match(desk(home, "invite", "lead", "--role", LEAD).out)[1]
    with opened(home) as book:
        people, now = DeskPeople(book, key="k" * 48), system_clock()
        people.take_invitation(token, "four quiet old horses", now)
        own, [person] = OwnSignIn(book, "k" * 48), people.people()
        totp = pyotp.TOTP(pyotp.parse_uri(own.begin_second_factor(person)).secret)
        own.confirm_second_factor(person, totp.secret, totp.at(now), now)
        for _ in range(5):
            with pytest.raises(SignInError):
                people.sign_in("lead", "wrong", None, now)
        with pytest.raises(SignInError):
            people.right_password("lead", "four quiet old horses", now)

        assert desk(home, "unlock", "lead").out == "Done: they may try again at once.\n"
        assert people.right_password("lead", "four quiet old horses", now).needs_code
        answer = desk(home, "reset-second-factor", "lead")
        assert answer.out.startswith("Done: signed out; the password alone lets them in")
        assert people.sign_in("lead", "four quiet old horses", None, now)
        with book.engine.connect() as connection:
            logged = connection.execute(text("select sql from query_log order by number")).scalars().all()
    assert logged[1:] == [f"audit desk unlock {SCHOOL}", f"audit desk reset-second-factor {SCHOOL}"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("unlock", "nobody"), "Nobody of this name uses the desk. `audit desk people` lists who does."),
        (("reset-second-factor", "nobody"), "Nobody of this name uses the desk. `audit desk people` lists who does."),
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
