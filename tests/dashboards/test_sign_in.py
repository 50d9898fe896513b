"""The desk's doors over real HTTP: who gets a session, who gets a sentence, and what no other page can do."""

import re
import threading
import time
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest
import uvicorn
from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from dashboards.desk import sign_in
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_invitations import NOT_GOOD
from warehouse.casebook.desk_people import DeskPeople
from warehouse.casebook.desk_sign_in import NOT_RIGHT

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "four quiet old horses"
LEAD = "enterprise_and_technology_lead"
LAYOUT = "<title>{% block title %}{% endblock %}</title><main>{% block main %}{% endblock %}</main>"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


async def home(request: Request) -> PlainTextResponse:
    session = await sign_in.session_of(request)
    return PlainTextResponse(session.csrf if session else "nobody")


def application(people: DeskPeople) -> Starlette:
    """Return the doors alone, in a layout of the test's own."""
    pages = PackageLoader("dashboards.desk", "templates")
    engine = Environment(loader=ChoiceLoader([DictLoader({"desk_layout.html": LAYOUT}), pages]), autoescape=True)
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/sign-in", sign_in.sign_in_page),
            Route("/sign-in", sign_in.sign_in, methods=["POST"]),
            Route("/sign-out", sign_in.sign_out, methods=["POST"]),
            Route("/invitation/{token}", sign_in.invitation_page),
            Route("/invitation/{token}", sign_in.take_invitation, methods=["POST"]),
        ]
    )
    app.state.people = people
    app.state.clock = lambda: NOON
    app.state.render = lambda _, template, **values: HTMLResponse(engine.get_template(template).render(**values))
    return app


@pytest.fixture
def people(tmp_path):
    with closing(Casebook(f"sqlite:///{tmp_path}/casebook.sqlite", "ousterly-vale")) as book:
        made = DeskPeople(book)
        made.take_invitation(made.invite("lead", LEAD, NOON), PASSWORD, NOON)
        yield made


@pytest.fixture
def browser(people):
    """A client with cookies of its own, at a real server; the server believes the proxy on this machine."""
    config = uvicorn.Config(application(people), port=0, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        yield client
    server.should_exit = True
    thread.join()


def csrf_of(browser, path, **headers):
    return CSRF.search(browser.get(path, headers=headers).text)[1]


def send(browser, path, *, at=None, headers=None, **fields):
    """Open a page and send its form."""
    csrf = csrf_of(browser, path, **(headers or {}))
    return browser.post(at or path, data={"csrf": csrf, **fields}, headers=headers)


def sent_in(browser, name="lead", password=PASSWORD, **headers):
    return send(browser, "/sign-in", headers=headers, sign_in_name=name, password=password, code="")


def said(response):
    found = re.search(r'<p role="alert">(.*?)</p>', response.text)
    return response.status_code, found and found[1]


def test_who_is_right_gets_a_session_of_this_browser_and_goes_to_the_cases(browser):
    answer = sent_in(browser)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("desk=")]
    assert re.fullmatch(r"desk=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", cookie)
    assert browser.get("/").text != "nobody"
    assert browser.get("/sign-in").headers["location"] == "/"


def test_over_https_the_cookies_are_this_addresss_alone(browser):
    answer = browser.get("/sign-in", headers={"x-forwarded-proto": "https"})
    form_cookie = answer.headers["set-cookie"].partition(";")[0]
    sent = {"x-forwarded-proto": "https", "cookie": form_cookie}
    fields = {"csrf": CSRF.search(answer.text)[1], "sign_in_name": "lead", "password": PASSWORD}
    answer = httpx.post(browser.base_url.join("/sign-in"), data=fields, headers=sent)

    assert form_cookie.startswith("__Host-desk-form=")
    assert re.fullmatch(
        r"__Host-desk=[\w-]{43}; HttpOnly; Path=/; SameSite=strict; Secure", answer.headers["set-cookie"]
    )


@pytest.mark.parametrize(("name", "password"), [("lead", "four quiet old horse"), ("nobody", PASSWORD), ("", "")])
def test_who_is_not_right_reads_one_sentence_and_gets_no_session(browser, name, password):
    answer = sent_in(browser, name, password)

    assert said(answer) == (401, NOT_RIGHT)
    assert "desk" not in browser.cookies
    assert password not in answer.text or not password


def test_a_form_without_its_cookie_or_of_another_site_is_refused(browser):
    fields = {"sign_in_name": "lead", "password": PASSWORD}
    refused = (403, sign_in.OUT_OF_DATE)
    csrf = csrf_of(browser, "/sign-in")

    assert said(browser.post("/sign-in", data=fields)) == refused
    csrf = csrf_of(browser, "/sign-in")
    assert said(httpx.post(browser.base_url.join("/sign-in"), data={**fields, "csrf": csrf})) == refused
    for site in ("cross-site", "same-site"):
        assert said(sent_in(browser, **{"sec-fetch-site": site})) == refused
    assert sent_in(browser, **{"sec-fetch-site": "same-origin"}).status_code == 303


def test_signing_out_needs_the_sessions_own_form_and_ends_it(browser):
    sent_in(browser)
    secret, csrf = browser.cookies["desk"], browser.get("/").text

    assert said(browser.post("/sign-out", data={"csrf": "0" * 64})) == (403, sign_in.OUT_OF_DATE)
    assert browser.get("/").text == csrf
    answer = browser.post("/sign-out", data={"csrf": csrf})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "desk" not in browser.cookies
    assert httpx.get(browser.base_url.join("/"), headers={"cookie": f"desk={secret}"}).text == "nobody"
    assert browser.post("/sign-out").headers["location"] == "/sign-in"


def test_an_invitation_is_looked_at_without_being_used_and_taken_once(browser, people):
    path = f"/invitation/{people.invite('dsl', 'dsl', NOON)}"
    page = browser.get(path)

    assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert said(browser.post(path, data={"password": PASSWORD, "again": PASSWORD})) == (403, sign_in.OUT_OF_DATE)
    assert said(send(browser, path, password=PASSWORD, again="another")) == (400, sign_in.NOT_THE_SAME)
    assert said(send(browser, path, password="short", again="short"))[0] == 400
    answer = send(browser, path, password=PASSWORD, again=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert said(send(browser, path, password=PASSWORD, again=PASSWORD)) == (400, NOT_GOOD)
    assert sent_in(browser, "dsl").status_code == 303


def test_the_way_on_never_comes_from_the_request(browser):
    answer = send(
        browser, "/sign-in", at="/sign-in?next=https://elsewhere.example/", sign_in_name="lead", password=PASSWORD,
        next="https://elsewhere.example/", headers={"referer": "https://elsewhere.example/"},
    )  # fmt: skip

    assert answer.headers["location"] == "/"
