"""A command of a role that the desk has people for is signed in by one of them, and it stands in the record who.

It alone drives the prompts of the terminal, and proves that a code is good once, in its time, for its command.
"""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
import typer._click.termui as terminal

from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.settings import Settings
from policies.roles import DoneBy
from tests.casebooks import hash_quickly
from tests.flows.calling import audit
from tests.flows.village import SCHOOL, write_home
from warehouse.casebook.people.desk_command import NOT_PROVED, CommandSignIn, is_code
from warehouse.casebook.people.desk_credentials import secret_in
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import SignInError
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.tables import REQUESTS
from warehouse.casebook.verify import wrong_rows
from warehouse.store.places import Places

PASSWORD = "four quiet old horses"
ADD = ("add", "--kind", "access", "--received", "2026-11-02")


@dataclass(frozen=True)
class Here:
    settings: Settings

    @property
    def environment(self):
        return {"AUDIT_HOME": str(self.settings.home)}

    def context(self):
        return open_context(self.settings, SCHOOL, None)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        here = Here(Settings(home=tmp_path_factory.mktemp("signed")))
        write_home(here.settings.home)
        make_key(here.settings, Places(here.settings.home, SCHOOL))
        with here.context().casebook() as book:
            people, at = DeskPeople(book, key=here.context().key), here.context().now()
            for name, role in (("office.dpo", "dpo"), ("safe.dsl", "dsl")):
                people.take_invitation(people.invite(name, role, at), PASSWORD, at)
        yield here


@pytest.fixture
def typed(monkeypatch):
    """Let the terminal hear these lines, and nothing after them."""
    lines = []

    def hear(_prompt):
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr(terminal, "visible_prompt_func", hear)
    monkeypatch.setattr(terminal, "hidden_prompt_func", hear)
    return lines


def add(here, *more):
    return audit("requests", SCHOOL, *ADD, *more, **here.environment)


def given(here, command="request", name="office.dpo", later=timedelta()):
    with here.context().casebook() as book:
        [person] = [one for one in DeskPeople(book).people() if one.sign_in_name == name]
        return CommandSignIn(book, here.context().key).give(person, command, here.context().now() - later)


def kept(here):
    with here.context().casebook() as book, book.engine.connect() as connection:
        return [(row.by_role, row.by_person) for row in numbered_rows(connection, REQUESTS, SCHOOL)]


def test_a_role_that_the_desk_has_signs_in_by_password_or_code_and_stands_in_the_record(here, typed):
    typed += ["office.dpo", PASSWORD, ""]
    by_password = add(here)
    code = given(here)
    typed += ["office.dpo", code.lower()]
    by_code = add(here)

    assert (by_password.code, by_code.code) == (0, 0), by_code.err
    assert kept(here)[-2:] == [("dpo", 1), ("dpo", 1)]
    assert PASSWORD not in by_password.said + by_code.said
    with here.context().casebook() as book:
        assert wrong_rows(book) == {}
    listed = audit("requests", SCHOOL, "list", **here.environment).out
    assert listed.count("received, by the Data Protection Officer\n") >= 2
    assert "claimed" not in listed


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((), "has a sign-in at the desk"),
        (("office.dpo", "three loud young mules", ""), NOT_PROVED),
        (("nobody", PASSWORD, ""), NOT_PROVED),
        (("safe.dsl", PASSWORD, ""), "that of the Designated Safeguarding Lead"),
        (("office.dpo", "2345-6789-ABCD"), NOT_PROVED),
    ],
)
def test_nothing_is_written_without_the_sign_in_of_the_role(here, typed, lines, says):
    before = kept(here)
    typed += lines
    refused = add(here)

    assert refused.code == 2
    assert says in refused.err
    assert kept(here) == before


def test_a_code_is_good_once_for_ten_minutes_for_its_command_and_its_person(here, typed):
    used = given(here)
    typed += ["office.dpo", used]
    answers = [add(here)]
    old = given(here, later=timedelta(minutes=11))
    for code in (used, old):
        typed += ["office.dpo", code]
        answers.append(add(here))
    other, another_s = given(here, command="erase"), given(here, name="safe.dsl")
    for name, code in (("office.dpo", other), ("office.dpo", another_s)):
        typed += [name, code]
        answers.append(add(here))

    assert [answer.code for answer in answers] == [0, 2, 2, 2, 2]
    assert all(NOT_PROVED in answer.err for answer in answers[1:])
    with here.context().casebook() as book, pytest.raises(SignInError):
        DeskPeople(book).invited(used, here.context().now())


def test_a_role_that_nobody_of_the_desk_has_is_claimed_alone_and_the_history_says_so(here):
    made = add(here, "--by", "headteacher")

    assert made.code == 0, made.err
    assert kept(here)[-1] == ("headteacher", None)
    listed = audit("requests", SCHOOL, "list", **here.environment).out
    assert "received, by the headteacher (role claimed, not signed in)" in listed


def test_wrong_codes_are_counted_with_wrong_passwords(here):
    with here.context().casebook() as book:
        at, people = here.context().now(), CommandSignIn(book, here.context().key)
        right = people.give(DeskPeople(book).people()[1], "hold", at)
        for _ in range(6):
            with pytest.raises(SignInError):
                people.proved("safe.dsl", "2345-6789-ABCD", "", "hold", at)
        with pytest.raises(SignInError):
            people.proved("safe.dsl", right, "", "hold", at)
        later = at + timedelta(minutes=16)
        assert is_code(right)
        with pytest.raises(SignInError):  # it is over by then, and the place waits no more
            people.proved("safe.dsl", right, "", "hold", later)
        again = people.give(DeskPeople(book).people()[1], "hold", later + timedelta(hours=2))
        assert people.proved("safe.dsl", again, "", "hold", later + timedelta(hours=2)).role == "dsl"


def test_the_second_factor_is_asked_of_whoever_has_one(here, typed):
    with here.context().casebook() as book:
        people, at = DeskPeople(book, key=here.context().key), here.context().now()
        people.take_invitation(people.invite("lead", "enterprise_and_technology_lead", at), PASSWORD, at)
        own = OwnSignIn(book, here.context().key)
        totp = pyotp.TOTP(secret_in(own.begin_second_factor(people.people()[-1])))
        own.confirm_second_factor(people.people()[-1], totp.secret, totp.at(at - timedelta(seconds=30)), at)
    answers = []
    for code in ("", totp.at(at)):
        typed += ["lead", PASSWORD, code]
        answers.append(add(here, "--by", "enterprise_and_technology_lead"))

    assert [answer.code for answer in answers] == [2, 0], answers
    assert kept(here)[-1] == ("enterprise_and_technology_lead", 3)


ROOT, OTHER = {"user": "root"}, {"user": "other"}


@pytest.mark.parametrize(
    ("one", "other", "is_another", "is_same"),
    [
        ({"person": 1}, {"person": 2}, True, False),
        ({"person": 1}, {"person": 1}, False, True),
        ({"person": 1} | ROOT, {"person": 1} | OTHER, False, True),
        ({"person": 1} | ROOT, {"person": 2} | ROOT, True, False),
        ({"person": 1} | ROOT, OTHER, False, False),
        (ROOT, OTHER, True, False),
        (ROOT, ROOT, False, True),
    ],
)
def test_two_users_of_one_person_are_one_and_a_claim_is_nobody_known(one, other, is_another, is_same):
    first, second = DoneBy("dsl", **one), DoneBy("dsl", **other)

    assert (first.is_another_than(second), second.is_another_than(first)) == (is_another, is_another)
    assert first.is_same_as(second) == is_same
