"""The page of one's own sign-in: the second factor, the password, and where else one is signed in."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pyotp
import pytest

from dashboards.desk.access import account
from tests.casebooks import hash_quickly
from tests.dashboards.desks import NOON, PASSWORD, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.people.desk_command import CommandSignIn
from warehouse.casebook.people.desk_own import NOT_PROVED

LEAD, DSL = ROLES[:2]
NEW = "seven loud young ponies"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    times = [NOON]
    with served(ordinary(), tmp_path / "desk", clock=lambda: times[-1]) as here:
        here.times = times
        yield here


def sent(browser: httpx.Client, path: str, **fields: str) -> httpx.Response:
    return browser.post(path, data={"csrf": field_of(browser.get("/account").text, "csrf"), **fields})


def said(answer: httpx.Response) -> str:
    found = re.search(r'<p[^>]* role="alert">(.*?)</p>', answer.text)
    return found[1] if found else ""


def with_second_factor(desk: Served, browser: httpx.Client) -> pyotp.TOTP:
    """Set a second factor as a person does, and let its first code grow old."""
    page = browser.get("/account/second-factor").text
    totp = pyotp.TOTP(field_of(page, "secret"))
    sent(browser, "/account/second-factor", secret=totp.secret, password=PASSWORD, code=totp.at(desk.times[-1]))
    desk.times.append(desk.times[-1] + timedelta(minutes=2))
    return totp


def actions(desk: Served) -> list[str]:
    return [row.action for row in AccessLog(desk.desk.book).rows() if row.action != "took invitation"]


def test_a_second_factor_is_set_by_the_code_that_the_telephone_shows(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(LEAD)
    page = browser.get("/account/second-factor").text
    totp = pyotp.TOTP(field_of(page, "secret"))

    letters = re.search(r'class="letters">([A-Z2-7 ]+)<', page)
    assert letters is not None
    assert letters[1].replace(" ", "") == totp.secret
    assert ("<svg" in page, "style=" in page) == (True, False)
    wrong = sent(browser, "/account/second-factor", secret=totp.secret, password=PASSWORD, code="000000")
    assert (wrong.status_code, field_of(wrong.text, "secret")) == (400, totp.secret)
    assert not desk.people.people()[0].has_second_factor
    right = sent(browser, "/account/second-factor", secret=totp.secret, password=PASSWORD, code=totp.at(NOON))
    assert right.headers["location"] == "/account?done=second-factor"
    assert "Your second factor is set." in browser.get(right.headers["location"]).text
    assert desk.people.people()[0].has_second_factor
    assert actions(desk)[-1] == "set second factor"


def test_a_secret_that_was_not_made_here_is_refused(desk: Served) -> None:
    answer = sent(
        desk.signed_in_at_the_door(LEAD), "/account/second-factor", secret="AAAA", password=PASSWORD, code="000000"
    )

    assert (answer.status_code, "That is no second factor of this desk" in answer.text) == (409, True)


def test_a_second_factor_goes_only_with_the_password_and_a_code(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(LEAD)
    totp = with_second_factor(desk, browser)
    now = desk.times[-1]

    for password, code in (("wrong", totp.at(now)), (PASSWORD, "000000"), (PASSWORD, "")):
        assert said(sent(browser, "/account/second-factor/away", password=password, code=code)) == NOT_PROVED
    assert desk.people.people()[0].has_second_factor
    sent(browser, "/account/second-factor/away", password=PASSWORD, code=totp.at(now))
    assert not desk.people.people()[0].has_second_factor
    assert actions(desk)[-1] == "took second factor away"


def test_another_password_needs_the_old_one_and_ends_every_other_session(desk: Served) -> None:
    browser, other = desk.signed_in_at_the_door(LEAD), desk.signed_in_at_the_door(LEAD)

    wrong = sent(browser, "/account/password", password="wrong", new=NEW, again=NEW)
    short = sent(browser, "/account/password", password=PASSWORD, new="short", again="short")
    unlike = sent(browser, "/account/password", password=PASSWORD, new=NEW, again=PASSWORD)
    assert [said(answer) for answer in (wrong, unlike)] == [NOT_PROVED, account.NOT_THE_SAME]
    assert said(short).startswith("A password has at least 12 characters")
    assert other.get("/account").status_code == 200
    right = sent(browser, "/account/password", password=PASSWORD, new=NEW, again=NEW)

    assert right.headers["location"] == "/account?done=password"
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 303)
    assert desk.people.sign_in(LEAD, NEW, None, NOON)
    assert "changed password" in actions(desk)


def test_a_password_cannot_be_guessed_at_a_desk_that_was_left_open(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(LEAD)
    for _ in range(5):
        sent(browser, "/account/password", password="wrong", new=NEW, again=NEW)

    assert said(sent(browser, "/account/password", password=PASSWORD, new=NEW, again=NEW)) == NOT_PROVED
    assert "locked out" in actions(desk)


def test_one_sees_one_s_own_sessions_and_ends_the_others(desk: Served) -> None:
    browser, other, dsl = (
        desk.signed_in_at_the_door(LEAD),
        desk.signed_in_at_the_door(LEAD),
        desk.signed_in_at_the_door(DSL),
    )

    assert browser.get("/account").text.count("<li>Since ") == 2
    assert "End all others" not in dsl.get("/account").text
    sent(browser, "/account/sessions")

    assert [one.get("/account").status_code for one in (browser, other, dsl)] == [200, 303, 200]
    assert actions(desk)[-1] == "ended other sessions"


@pytest.mark.parametrize("path", ["password", "second-factor", "second-factor/away", "sessions"])
def test_nothing_is_changed_by_a_form_of_another_s(desk: Served, path: str) -> None:
    lead, dsl = desk.signed_in_at_the_door(LEAD), desk.signed_in_at_the_door(DSL)
    theirs = {"csrf": field_of(dsl.get("/account").text, "csrf"), "password": PASSWORD, "new": NEW, "again": NEW}

    assert lead.post(f"/account/{path}", data=theirs).status_code == 403
    assert actions(desk) == ["signed in", "signed in"]


def test_a_code_for_one_command_takes_the_password_is_shown_once_and_is_logged(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(DSL)
    wrong = sent(browser, "/account/code", command="hold", password="another one altogether", code="")
    unknown = sent(browser, "/account/code", command="run", password=PASSWORD, code="")
    given = sent(browser, "/account/code", command="hold", password=PASSWORD, code="")

    assert (wrong.status_code, said(wrong)) == (400, NOT_PROVED)
    assert (unknown.status_code, given.status_code) == (400, 200)
    code = re.search(r"<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}), to record or end a hold</b>", given.text)
    assert code is not None
    assert code[1] not in browser.get("/account").text
    assert actions(desk)[-1] == "gave a code for one command"
    door = CommandSignIn(desk.desk.book, desk.desk.key)
    [person] = [one for one in desk.people.people() if one.role == DSL]
    assert door.proved(person.sign_in_name, code[1], "", "hold", NOON) == person
