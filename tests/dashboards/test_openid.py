"""Signing in with an account of the school's provider: who is let in, and that no lie of anybody's lets another in."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from connectors.openid import OpenIdClient, identity_of
from dashboards.desk.access import auth_forms
from policies.desk import GOOGLE, InvitedAccount, OpenIdError, OpenIdSettings
from tests.casebooks import hash_quickly
from tests.dashboards.desks import NOON, PASSWORD, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.providers import CLIENT, SECRET, TOKEN_LIES, Liar, certified, liar
from tests.flows.receiving import free_port
from warehouse.casebook.people.desk_openid import ANOTHER_S, NOBODY_S
from warehouse.casebook.people.desk_tables import PEOPLE, SESSIONS

LEAD, DSL, DPO = ROLES[:3]
ADDRESS = "lead@ousterly-vale.example"
TENANT, OBJECT = "11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture(scope="module")
def provider() -> Iterator[Liar]:
    with liar() as lying:
        yield lying


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, provider: Liar) -> Iterator[Served]:
    """A desk where the DSL signs in with an account, and the Lead's address is invited."""
    settings = OpenIdSettings(issuer=provider.issuer, client_id=CLIENT, label="Vale accounts")
    client = OpenIdClient(settings, SECRET, clock=lambda: NOON, seconds=2.0)
    with served(ordinary(), tmp_path_factory.mktemp("openid"), provider=client) as here:
        invite(here, provider, DSL, subject="id-of-dsl")
        invite(here, provider, LEAD, email=ADDRESS)
        yield here


def invite(desk: Served, provider: Liar, name: str, **account: str) -> str:
    return desk.people.invite(name, name, NOON, account=InvitedAccount(provider.issuer, **account))


def left(browser: httpx.Client, path: str = "/sign-in/openid") -> str:
    """Leave for the provider, and return the address by which it sends the browser back."""
    there = browser.get(path)
    with httpx.Client() as elsewhere:
        return elsewhere.get(there.headers["location"]).headers["location"]


def came_back(browser: httpx.Client, path: str = "/sign-in/openid") -> httpx.Response:
    return browser.get(left(browser, path), headers={"sec-fetch-site": "cross-site"})


def said(answer: httpx.Response) -> str:
    found = re.search(r'<p[^>]* role="alert">(.*?)</p>', answer.text)
    return html.unescape(found[1]) if found else ""


def kept(desk: Served) -> list[Any]:
    """Return everything that is kept of people and of sessions that were begun."""
    with desk.desk.book.engine.connect() as connection:
        return [connection.execute(select(table)).all() for table in (PEOPLE, SESSIONS)]


def is_in(browser: httpx.Client) -> bool:
    return browser.get("/account").status_code == 200


def test_whose_account_it_is_comes_in_by_a_page_of_the_desk_s_own_and_to_where_they_wanted(
    desk: Served, provider: Liar
) -> None:
    provider.honest(sub="id-of-dsl")
    browser = desk.browser()
    asked = parse_qs(urlsplit(browser.get("/sign-in/openid?next=%2Fcases").headers["location"]).query)
    answer = came_back(browser, "/sign-in/openid?next=%2Fcases")

    assert (answer.status_code, answer.headers["refresh"]) == (200, "0; url=/cases")
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email profile"]
    assert browser.get("/cases").status_code == 200
    assert "You can sign in with Vale accounts" in browser.get("/account").text


def test_the_transaction_s_cookie_alone_comes_along_from_the_provider_and_is_gone_after(
    desk: Served, provider: Liar
) -> None:
    provider.honest(sub="id-of-dsl")
    browser = desk.browser()
    leaving = browser.get("/sign-in/openid").headers["set-cookie"]
    coming = came_back(browser).headers.get_list("set-cookie")

    assert re.fullmatch(r"desk-openid-\w+=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", leaving)
    assert any(re.match(r"desk-\w{8}=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", one) for one in coming)
    assert any(one.startswith("desk-openid-") and "Max-Age=0" in one for one in coming)


LIES: dict[str, dict[str, Any]] = {
    **TOKEN_LIES,
    "another in the answer": {"back": {"iss": "https://another.example"}},
    "another state": {"back": {"state": "0" * 64}},
    "no state": {"back": {"state": None}},
    "no code": {"back": {"code": None}},
    "an error": {"back": {"error": "access_denied", "code": None}},
    "a code of nobody's": {"back": {"code": "nobody-s"}},
    "an invited address that is not verified": {
        "who": {"sub": "id-of-nobody", "email": ADDRESS, "email_verified": False}
    },
    "an invited address that is verified in words": {
        "who": {"sub": "id-of-nobody", "email": ADDRESS, "email_verified": "true"}
    },
    "an invited address that nobody speaks of": {"who": {"sub": "id-of-nobody", "email": ADDRESS}},
    "another address": {"who": {"sub": "id-of-nobody", "email": f"x{ADDRESS}", "email_verified": True}},
    "nobody": {"who": {"sub": "id-of-nobody"}},
    "a name": {"who": {"sub": "id-of-nobody", "name": DSL, "preferred_username": DSL}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in_makes_nothing_and_is_answered_in_one_sentence(
    desk: Served, provider: Liar, lie: str
) -> None:
    provider.honest(sub="id-of-dsl")
    for name, value in LIES[lie].items():
        setattr(provider, name, value)
    browser, before = desk.browser(), kept(desk)

    answer = came_back(browser)

    assert answer.status_code in {401, 403}
    assert said(answer).count(". ") <= 1
    assert said(answer)
    assert kept(desk) == before
    assert not is_in(browser)


def test_a_way_back_is_good_once_and_in_the_browser_that_left(desk: Served, provider: Liar) -> None:
    provider.honest(sub="id-of-dsl")
    mine, other = desk.browser(), desk.browser()
    way, theirs = left(mine), left(other)

    assert said(desk.browser().get(way)) == auth_forms.OUT_OF_DATE
    assert said(other.get(way)) == auth_forms.OUT_OF_DATE  # somebody else's code, slipped in
    assert said(other.get(theirs)) == auth_forms.OUT_OF_DATE  # and their own way is used up by it
    assert mine.get(way).status_code == 200
    assert is_in(mine)
    assert said(mine.get(way)) == auth_forms.OUT_OF_DATE
    assert not is_in(other)


def test_a_code_is_worth_nothing_without_the_verifier_of_the_browser_that_left(desk: Served, provider: Liar) -> None:
    provider.honest(sub="id-of-dsl")
    stolen = parse_qs(urlsplit(left(desk.browser())).query)["code"][0]
    browser = desk.browser()
    own = left(browser)

    answer = browser.get(re.sub(r"code=[^&]+", f"code={stolen}", own))

    assert (answer.status_code, is_in(browser)) == (401, False)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://another.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
    ids=["another issuer", "a script", "nowhere"],
)
def test_nobody_is_sent_to_where_a_provider_that_is_another_s_points(desk: Served, provider: Liar, says: Any) -> None:
    provider.honest().says = says

    answer = desk.browser().get("/sign-in/openid")

    assert (answer.status_code, "location" in answer.headers) == (503, False)
    assert said(answer).startswith("What Vale accounts answered is not right")


def test_another_site_cannot_make_a_browser_leave(desk: Served, provider: Liar) -> None:
    provider.honest()
    answer = desk.browser().get("/sign-in/openid", headers={"sec-fetch-site": "cross-site"})

    assert answer.headers["location"] == "/sign-in"
    assert "set-cookie" not in answer.headers


@pytest.fixture
def fresh(tmp_path: Path, provider: Liar) -> Iterator[Served]:
    settings = OpenIdSettings(issuer=provider.issuer, client_id=CLIENT, label="Vale accounts")
    times = [NOON]
    client = OpenIdClient(settings, SECRET, clock=lambda: NOON)
    with served(ordinary(), tmp_path / "desk", provider=client, clock=lambda: times[-1]) as here:
        here.times = times
        yield here


def test_an_invited_address_finds_its_person_once_and_the_id_counts_from_then_on(fresh: Served, provider: Liar) -> None:
    token = invite(fresh, provider, LEAD, email=f" {ADDRESS.upper()} ")
    provider.honest(sub="id-of-lead", email=ADDRESS, email_verified=True)
    assert is_in(signed_in := came_then(fresh))
    assert LEAD in signed_in.get("/account").text

    provider.honest(sub="id-of-another", email=ADDRESS, email_verified=True)
    assert said(came_back(fresh.browser())) == NOBODY_S
    provider.honest(sub="id-of-lead", email="new@ousterly-vale.example", email_verified=False)
    assert is_in(came_then(fresh))
    page = fresh.browser().get(f"/invitation/{token}").text
    assert "This link was used" in page  # the link is used up with it
    [row] = [row for row in kept(fresh)[0] if row.sign_in_name == LEAD]
    assert (row.invited_email, row.provider_subject) == (None, "id-of-lead")


def test_an_invited_address_waits_three_days(fresh: Served, provider: Liar) -> None:
    invite(fresh, provider, LEAD, email=ADDRESS)
    fresh.times.append(NOON + timedelta(days=3))
    provider.honest(sub="id-of-lead", email=ADDRESS, email_verified=True)

    assert said(came_back(fresh.browser())) == NOBODY_S


def test_an_account_that_is_somebody_s_already_is_theirs_whatever_address_it_shows(
    fresh: Served, provider: Liar
) -> None:
    invite(fresh, provider, DSL, subject="id-of-dsl")
    invite(fresh, provider, LEAD, email=ADDRESS)
    provider.honest(sub="id-of-dsl", email=ADDRESS, email_verified=True)

    assert "Designated Safeguarding Lead" in came_then(fresh).get("/account").text
    assert next(row for row in kept(fresh)[0] if row.sign_in_name == LEAD).provider_subject is None


def test_an_invitation_is_taken_with_an_account_in_place_of_a_password(fresh: Served, provider: Liar) -> None:
    provider.honest(sub="id-of-new", email=None)
    token = fresh.people.invite("new", DPO, NOON)
    page = fresh.browser().get(f"/invitation/{token}").text
    browser = fresh.browser()

    answer = came_back(browser, f"/invitation/{token}/openid")

    assert f'href="/invitation/{token}/openid"' in page
    assert (answer.status_code, is_in(browser)) == (200, True)
    assert "You have no password here." in browser.get("/account").text
    assert is_in(came_then(fresh))
    other = fresh.people.invite("other", DPO, NOON)
    assert said(came_back(fresh.browser(), f"/invitation/{other}/openid")) == ANOTHER_S
    assert said(came_back(fresh.browser(), f"/invitation/{token}/openid")).startswith("This link was used")


@pytest.mark.parametrize("end", ["role", "removal"])
def test_a_session_by_an_account_ends_with_the_role_and_with_the_person(
    fresh: Served, provider: Liar, end: str
) -> None:
    invite(fresh, provider, DSL, subject="id-of-dsl")
    provider.honest(sub="id-of-dsl")
    browser = came_then(fresh)
    if end == "role":
        fresh.people.change_role(DSL, "dpo", NOON)
    else:
        fresh.people.deactivate(DSL, NOON)

    assert not is_in(browser)
    assert is_in(came_then(fresh)) == (end == "role")
    if end == "removal":
        assert next(row for row in kept(fresh)[0] if row.sign_in_name == DSL).provider_subject is None


def test_signing_out_ends_the_desk_s_own_session(fresh: Served, provider: Liar) -> None:
    invite(fresh, provider, DSL, subject="id-of-dsl")
    provider.honest(sub="id-of-dsl")
    browser = came_then(fresh)
    browser.post("/sign-out", data={"csrf": field_of(browser.get("/account").text, "csrf")})

    assert not is_in(browser)


def test_without_the_provider_a_password_still_lets_in(tmp_path: Path) -> None:
    settings = OpenIdSettings(issuer=f"http://127.0.0.1:{free_port()}", client_id=CLIENT, label="Vale accounts")
    with served(ordinary(), tmp_path, provider=OpenIdClient(settings, SECRET, clock=lambda: NOON)) as desk:
        answer = desk.browser().get("/sign-in/openid")

        assert answer.status_code == 503
        assert said(answer) == "Vale accounts does not answer. Try again later, or sign in with a password."
        assert is_in(desk.signed_in_at_the_door(LEAD))


def test_without_a_provider_there_is_no_such_door(tmp_path: Path) -> None:
    with served(ordinary(), tmp_path) as desk:
        browser = desk.browser()

        assert "openid" not in browser.get("/sign-in").text
        assert browser.get("/sign-in/openid").headers["location"] == "/sign-in"
        assert browser.get("/sign-in/openid/back?code=x&state=y").status_code == 401


def came_then(desk: Served) -> httpx.Client:
    browser = desk.browser()
    came_back(browser)
    return browser


def taken(desk: Served, token: str) -> httpx.Response:
    browser = desk.browser()
    csrf = field_of(browser.get(f"/invitation/{token}").text, "csrf")
    return browser.post(f"/invitation/{token}", data={"csrf": csrf, "password": PASSWORD, "again": PASSWORD})


GOOGLE_SETTINGS = {"issuer": GOOGLE, "client_id": CLIENT, "label": "Google", "hosted_domain": "vale.example"}
ENTRA_SETTINGS = {"issuer": ENTRA, "client_id": CLIENT, "label": "Microsoft"}


@pytest.mark.parametrize(
    ("settings", "claims", "subject", "email"),
    [
        (GOOGLE_SETTINGS, {"sub": "1", "hd": "vale.example", "email": "a@b.c", "email_verified": True}, "1", "a@b.c"),
        (GOOGLE_SETTINGS, {"sub": "1", "hd": "vale.example", "email": "a@b.c"}, "1", None),
        (GOOGLE_SETTINGS, {"sub": "1", "hd": "another.example", "email": "a@vale.example"}, None, None),
        (GOOGLE_SETTINGS, {"sub": "1", "email": "a@vale.example", "email_verified": True}, None, None),
        (ENTRA_SETTINGS, {"sub": "1", "oid": OBJECT, "tid": TENANT}, OBJECT, None),
        (ENTRA_SETTINGS, {"oid": OBJECT, "tid": TENANT, "email": "a@b.c", "email_verified": True}, OBJECT, None),
        (ENTRA_SETTINGS, {"sub": "1", "oid": OBJECT, "tid": OBJECT}, None, None),
        (ENTRA_SETTINGS, {"sub": "1", "oid": OBJECT}, None, None),
        (ENTRA_SETTINGS, {"sub": "1", "tid": TENANT}, None, None),
    ],
)
def test_who_somebody_is_at_google_and_at_entra(
    settings: dict[str, str], claims: dict[str, Any], subject: str | None, email: str | None
) -> None:
    def who() -> Any:
        return identity_of(claims, OpenIdSettings(**settings))

    if subject is None:
        with pytest.raises(OpenIdError):
            who()
    else:
        assert (who().subject, who().email) == (subject, email)


def certified_desk(tmp_path: Path, port: int) -> Any:
    settings = OpenIdSettings(issuer=f"http://localhost:{port}", client_id=CLIENT, label="Vale accounts")

    def clock() -> datetime:
        return datetime.now(UTC)

    client = OpenIdClient(settings, SECRET.replace(" ", "-"), clock=clock)
    return served(ordinary(), tmp_path / "desk", provider=client, clock=clock)


def through(elsewhere: httpx.Client, address: str, name: str) -> str:
    """Sign in at the certified provider's own pages, and return the address by which it sends the browser back."""
    answer = elsewhere.get(address)
    for fields in ({"prompt": "login", "login": f"id-of-{name}", "password": "any"}, {"prompt": "consent"}):
        page = elsewhere.get(answer.url.join(answer.headers["location"]))
        action = re.search(r'action="([^"]+)"', page.text)
        assert action is not None
        answer = elsewhere.post(action[1], data=fields)
        answer = elsewhere.get(answer.url.join(answer.headers["location"]))
    return answer.headers["location"]


def test_a_certified_provider_lets_in_whom_it_knows_and_who_is_invited(tmp_path: Path) -> None:
    port = free_port()
    with certified_desk(tmp_path, port) as desk:
        with certified(port, f"{desk.url}/sign-in/openid/back"), httpx.Client() as elsewhere:
            now = datetime.now(UTC)
            account = InvitedAccount(f"http://localhost:{port}", email=ADDRESS)
            desk.people.invite(LEAD, LEAD, now, account=account)
            browser = desk.browser()
            way = through(elsewhere, browser.get("/sign-in/openid?next=%2Fcases").headers["location"], "lead")
            answer = browser.get(way)
            with httpx.Client() as other:
                nobody = desk.browser()
                lost = nobody.get(through(other, nobody.get("/sign-in/openid").headers["location"], "nobody"))

        assert (answer.status_code, answer.headers["refresh"]) == (200, "0; url=/cases")
        assert is_in(browser)
        assert [row.provider_subject for row in kept(desk)[0] if row.sign_in_name == LEAD] == ["id-of-lead"]
        assert (lost.status_code, said(lost), is_in(nobody)) == (401, NOBODY_S, False)
