"""The desk's doors over real HTTP: who gets a session, who gets a sentence, and what no other page can do."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import anyio
import httpx
import pyotp
import pytest
from anyio import CapacityLimiter
from starlette.requests import Request

from dashboards.desk import app
from dashboards.desk.access import auth_forms, sign_in, tries
from tests.casebooks import hash_quickly
from tests.dashboards.desks import NOON, PASSWORD, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_person import SignInError
from warehouse.casebook.people.desk_secrets import NOT_GOOD, sha256_of
from warehouse.casebook.people.desk_sign_in import NOT_RIGHT, TriedFrom

LEAD, DSL = ROLES[:2]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("doors")) as here:
        yield here


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A desk whose clock stands where the test puts it."""
    times = [NOON]
    with served(ordinary(), tmp_path / "desk", clock=lambda: times[-1]) as here:
        here.times = times
        yield here


def send(browser, path, *, at=None, headers=None, **fields):
    """Open a page and send its form, with what stands hidden in it."""
    page = html.unescape(browser.get(path, headers=headers).text)
    hidden = {name: field_of(page, name) for name in ("csrf", "next") if f'name="{name}"' in page}
    return browser.post(at or path, data={**hidden, **fields}, headers=headers)


def sent_in(browser, name=LEAD, password=PASSWORD, path="/sign-in", **headers):
    return send(browser, path, at="/sign-in", headers=headers, sign_in_name=name, password=password)


def said(response):
    found = re.search(r'<p[^>]* role="alert">(.*?)</p>', response.text)
    return response.status_code, found and found[1]


def session_cookie(desk: Served) -> str:
    return f"desk-{sha256_of(desk.desk.school_id)[:8]}"


def with_second_factor(desk: Served, name: str = LEAD) -> pyotp.TOTP:
    own = OwnSignIn(desk.desk.book, desk.desk.key)
    [person] = [person for person in desk.people.people() if person.sign_in_name == name]
    totp = pyotp.TOTP(pyotp.parse_uri(own.begin_second_factor(person)).secret)
    own.confirm_second_factor(person, totp.secret, totp.at(NOON - timedelta(minutes=5)), NOON - timedelta(minutes=5))
    return totp


def test_who_is_right_gets_a_session_of_this_browser_and_goes_to_the_cases(desk: Served) -> None:
    browser = desk.browser()
    answer = sent_in(browser)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(
        rf"{session_cookie(desk)}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict",
        answer.headers.get_list("set-cookie")[0],
    )
    assert browser.get("/").status_code == 200
    assert browser.get("/sign-in").headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [(LEAD, "four quiet old horse"), ("nobody", PASSWORD), ("", "")])
def test_who_is_not_right_reads_one_sentence_and_gets_no_session(desk: Served, name: str, password: str) -> None:
    browser = desk.browser()
    answer = sent_in(browser, name, password)

    assert said(answer) == (401, NOT_RIGHT)
    assert session_cookie(desk) not in browser.cookies
    assert password not in answer.text or not password


def test_a_form_without_its_cookie_or_of_another_site_is_refused(desk: Served) -> None:
    browser = desk.browser()
    fields = {"sign_in_name": LEAD, "password": PASSWORD}
    refused = (403, auth_forms.OUT_OF_DATE)

    assert said(browser.post("/sign-in", data=fields)) == refused
    csrf = field_of(browser.get("/sign-in").text, "csrf")
    assert said(desk.browser().post("/sign-in", data={**fields, "csrf": csrf})) == refused
    for site in ("cross-site", "same-site", "none"):
        assert sent_in(browser, **{"sec-fetch-site": site}).status_code == 403
    assert session_cookie(desk) not in browser.cookies
    assert sent_in(browser, **{"sec-fetch-site": "same-origin"}).status_code == 303


def test_signing_out_needs_the_sessions_own_form_and_ends_it(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(LEAD)
    secret, csrf = browser.cookies[session_cookie(desk)], field_of(browser.get("/").text, "csrf")

    assert said(browser.post("/sign-out", data={"csrf": "0" * 64})) == (403, auth_forms.OUT_OF_DATE)
    assert browser.get("/").status_code == 200
    answer = browser.post("/sign-out", data={"csrf": csrf})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert session_cookie(desk) not in browser.cookies
    again = desk.browser().get("/", headers={"cookie": f"{session_cookie(desk)}={secret}"})
    assert again.headers["location"] == "/sign-in"
    assert browser.post("/sign-out").headers["location"] == "/sign-in"


def test_an_invitation_is_looked_at_without_being_used_and_taken_once(desk: Served) -> None:
    browser = desk.browser()
    path = f"/invitation/{desk.people.invite('new', 'dsl', NOON)}"
    page = browser.get(path)

    assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
    browser.cookies.clear()
    assert said(browser.post(path, data={"password": PASSWORD, "again": PASSWORD})) == (403, auth_forms.OUT_OF_DATE)
    assert said(send(browser, path, password=PASSWORD, again="another")) == (400, sign_in.NOT_THE_SAME)
    assert said(send(browser, path, password="short", again="short"))[0] == 400
    answer = send(browser, path, password=PASSWORD, again=PASSWORD)
    assert (answer.status_code, "Sign in as <b><bdi>new</bdi></b>" in answer.text) == (200, True)
    assert 'value="new"' in answer.text.split('name="sign_in_name"')[1].split(">")[0]
    assert said(browser.post(path, data={"password": PASSWORD, "again": PASSWORD})) == (403, NOT_GOOD)
    assert sent_in(browser, "new").status_code == 303


def test_an_invitation_says_the_name_and_one_that_is_not_good_any_more_is_as_one_that_never_was(desk: Served) -> None:
    replaced = f"/invitation/{desk.people.invite('other', 'dsl', NOON)}"
    good = f"/invitation/{desk.people.invite('other', 'dsl', NOON)}"

    first, *closed = (desk.browser().get(path) for path in (good, replaced, f"/invitation/{'A' * 43}"))

    assert 'value="other"' in first.text
    assert [said(page) for page in closed] == [(403, NOT_GOOD)] * 2
    assert (closed[0].text, "<form" in closed[0].text, "other" in closed[0].text) == (closed[1].text, False, False)


def test_a_code_is_asked_for_only_after_the_password_and_of_whom_has_one(fresh: Served) -> None:
    totp = with_second_factor(fresh)
    browser = fresh.browser()

    assert "figures" not in browser.get("/sign-in").text
    wrong, nobody = (sent_in(browser, name, "four quiet old cows") for name in (LEAD, DSL))
    assert said(wrong) == said(nobody) == (401, NOT_RIGHT)
    asked = sent_in(browser, path="/sign-in?next=%2Fcases")
    assert (asked.status_code, 'name="code"' in asked.text, PASSWORD in asked.text) == (200, True, False)
    assert browser.get("/").headers["location"] == "/sign-in"
    again = browser.post("/sign-in/code", data={"csrf": field_of(asked.text, "csrf"), "code": "000000"})
    assert said(again) == (401, NOT_RIGHT)
    code = {"csrf": field_of(again.text, "csrf"), "code": totp.at(NOON)}
    answer = browser.post("/sign-in/code", data=code)

    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
    assert browser.get("/cases").status_code == 200
    assert browser.post("/sign-in/code", data=code).status_code == 403


def test_a_code_is_worth_nothing_in_another_browser_or_after_ten_minutes(fresh: Served) -> None:
    totp = with_second_factor(fresh)
    browser, other = fresh.browser(), fresh.browser()
    asked = sent_in(browser)

    csrf = field_of(other.get("/sign-in").text, "csrf")
    assert other.post("/sign-in/code", data={"csrf": csrf, "code": totp.at(NOON)}).status_code == 403
    fresh.times.append(NOON + app.LONGEST)
    late = {"csrf": field_of(asked.text, "csrf"), "code": totp.at(fresh.times[-1])}
    assert said(browser.post("/sign-in/code", data=late)) == (403, auth_forms.OUT_OF_DATE)


def test_codes_cannot_be_tried_for_ever_by_giving_the_password_again(fresh: Served) -> None:
    totp = with_second_factor(fresh)
    for _ in range(5):
        asked = sent_in(browser := fresh.browser())
        browser.post("/sign-in/code", data={"csrf": field_of(asked.text, "csrf"), "code": "000000"})

    assert said(sent_in(fresh.browser())) == (401, NOT_RIGHT)
    fresh.people.unlock(LEAD, NOON)
    asked = sent_in(browser := fresh.browser())
    right = {"csrf": field_of(asked.text, "csrf"), "code": totp.at(NOON)}
    assert browser.post("/sign-in/code", data=right).status_code == 303


def test_what_is_waited_for_is_bounded_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST", 2)
    wait = app.Pending[str]()
    first, second, third = (wait.put(word, NOON) for word in ("one", "two", "three"))

    assert [wait.take(secret, NOON) for secret in (first, second, third, third)] == [None, "two", "three", None]


def test_no_address_pushes_out_what_another_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST", 30)
    monkeypatch.setattr(app, "MOST_OF_ONE", 20)
    wait = app.Pending[str]()
    secret = wait.put("the DSL's", NOON, "10.0.0.1")
    for number in range(1_000):
        wait.put("anybody's", NOON, f"10.0.0.{2 + number % 3}")

    assert wait.take(secret, NOON) == "the DSL's"


def test_whoever_guesses_shuts_out_themselves_and_not_the_browser_that_signed_in_before(fresh: Served) -> None:
    known = fresh.signed_in_at_the_door(LEAD)
    known.cookies.delete(session_cookie(fresh))
    for _ in range(6):
        sent_in(fresh.browser(), password="four quiet old cows")

    assert said(sent_in(fresh.browser())) == (401, NOT_RIGHT)
    assert sent_in(known).status_code == 303
    known.cookies.delete(session_cookie(fresh))
    for _ in range(6):
        sent_in(known, password="four quiet old cows")
    assert said(sent_in(known)) == (401, NOT_RIGHT)


def test_a_full_line_of_strangers_holds_up_nobody_from_elsewhere() -> None:
    state = SimpleNamespace(in_line=Counter({"10.0.0.9": tries.MOST_OF_ONE}), proving=CapacityLimiter(1))
    request = cast(Request, SimpleNamespace(app=SimpleNamespace(state=state)))

    async def tried(where: str) -> str:
        return await tries.proved(request, TriedFrom(where), lambda: "right")

    with pytest.raises(SignInError):
        anyio.run(tried, "10.0.0.9")
    assert anyio.run(tried, "10.0.0.1") == "right"
    assert state.in_line == {"10.0.0.9": tries.MOST_OF_ONE}


def test_a_link_keeps_its_place_through_the_sign_in(desk: Served) -> None:
    browser = desk.browser()
    led = browser.get("/cases?owner=dsl&q=a%20b")

    assert led.status_code == 303
    assert led.headers["location"] == "/sign-in?next=%2Fcases%3Fowner%3Ddsl%26q%3Da%2520b"
    answer = sent_in(browser, path=led.headers["location"])
    assert answer.headers["location"] == "/cases?owner=dsl&q=a%20b"
    assert browser.get(led.headers["location"]).headers["location"] == "/cases?owner=dsl&q=a%20b"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/", "https:evil.example",
        "/%2f%2fevil.example", "/%5cevil.example", "/cases//evil.example", "/cases/../sign-out", "/./cases",
        "/cases\r\nset-cookie: a=b", "/cases#//evil.example", "/cases?a=\r\nb", " /cases", "/case/\u0430bc",
        "/sign-out", "/sign-in", "/style.css", "/invitation/none", "/case/x/mark", "javascript:alert(1)", "/nowhere",
        "@evil.example", "/cases?" + "a" * 600, "",
    ],
)  # fmt: skip
def test_no_link_leads_to_anywhere_but_a_page_of_the_desk_s_own(desk: Served, elsewhere: str) -> None:
    browser = desk.browser()
    page = browser.get("/sign-in", params={"next": elsewhere})

    assert field_of(page.text, "next") == "/"
    fields = {"csrf": field_of(page.text, "csrf"), "sign_in_name": LEAD, "password": PASSWORD, "next": elsewhere}
    assert browser.post("/sign-in", data=fields).headers["location"] == "/"
    assert browser.get("/sign-in", params={"next": elsewhere}).headers["location"] == "/"


def test_a_link_in_a_message_elsewhere_goes_by_a_page_of_ours_so_that_the_browser_shows_its_cookie(
    desk: Served,
) -> None:
    answer = desk.browser().get("/cases", headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, answer.headers["refresh"]) == (200, "0; url=/sign-in?next=%2Fcases")
    assert 'href="/sign-in?next=%2Fcases"' in answer.text


def test_two_desks_on_one_machine_leave_each_other_s_people_signed_in(desk: Served, tmp_path: Path) -> None:
    with served(ordinary(), tmp_path / "other", school="hill-view") as other:
        browser = other.browser()
        for url in (desk.url, other.url):
            page = browser.get(f"{url}/sign-in")
            fields = {"csrf": field_of(page.text, "csrf"), "sign_in_name": LEAD, "password": PASSWORD}
            browser.post(f"{url}/sign-in", data=fields)

        assert [browser.get(f"{url}/cases").status_code for url in (desk.url, other.url)] == [200, 200]
        csrf = field_of(browser.get(f"{other.url}/cases").text, "csrf")
        browser.post(f"{other.url}/sign-out", data={"csrf": csrf})
        assert [browser.get(f"{url}/cases").status_code for url in (desk.url, other.url)] == [200, 303]


def test_over_https_cookies_are_this_address_s_alone_and_browsers_stay_with_it(tmp_path: Path) -> None:
    with served(ordinary(), tmp_path / "desk", is_https=True) as desk:
        host = desk.url.partition("://")[2]
        browser = desk.browser()
        page = browser.get("/sign-in")
        kept = {"cookie": page.headers["set-cookie"].partition(";")[0], "origin": f"https://{host}"}
        fields = {"csrf": field_of(page.text, "csrf"), "sign_in_name": LEAD, "password": PASSWORD}
        plain = desk.browser().post("/sign-in", data=fields, headers={**kept, "origin": f"http://{host}"})
        answer = desk.browser().post("/sign-in", data=fields, headers=kept)

    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert kept["cookie"].startswith("__Host-desk-form-")
    assert plain.status_code == 403
    assert re.fullmatch(
        r"__Host-desk-[0-9a-f]{8}=[\w-]{43}; HttpOnly; Path=/; SameSite=strict; Secure",
        answer.headers.get_list("set-cookie")[0],
    )


def test_what_the_lead_s_browser_keeps_is_a_secret_and_nothing_else(desk: Served) -> None:
    browser = desk.signed_in_at_the_door(LEAD)

    assert sorted(name.rpartition("-")[0] for name in browser.cookies) == ["desk", "desk-form", "desk-known"]
    assert not any(LEAD in value for value in dict(httpx.Cookies(browser.cookies)).values())
