"""Every form of the desk, made of its table: forged, foreign, replayed and outlived ones are refused and do nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from dashboards.desk.access.access_control import DeskPage
from dashboards.desk.access.typed import TypedForms
from dashboards.desk.pages.routes import PAGES
from tests.dashboards.desks import NOON, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import refs
from tests.flows.village import drawn

LEAD = ROLES[0]
FORMS = [page for page in PAGES if page.method == "POST" and page.roles]
FOREIGN = ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"})


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def case(here: Served) -> str:
    return refs(here.signed_in(LEAD))[0]


def role_of(page: DeskPage) -> str:
    """Return a role that may send this form."""
    assert page.roles
    return LEAD if LEAD in page.roles else min(page.roles)


def sent(client: httpx.Client, page: DeskPage, case: str, csrf: str, **options: Any) -> httpx.Response:
    path = page.path.replace("{ref}", case).replace("{register}", "pupils").replace("{number:int}", "1")
    path = path.replace("{step}", "school")
    file = {"files": {"file": ("a.jpg", drawn(3))}} if page.most_file else {}
    return client.post(path, data={"csrf": csrf, "note": "So.", "choice": "5", "sequence": "0"}, **file, **options)


def kept(here: Served) -> list[object]:
    """Return all that a form could have changed: the folder, the marks, the decisions, the people, and the log."""
    folder = here.desk.published.parent / "ousterly-vale"
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    book = here.desk.book
    with book.engine.connect() as connection:
        log = connection.exec_driver_sql("select count(*) from desk_access_log").scalar()
    return [
        files,
        here.desk.decisions.by_case(),
        book.decisions.standing(),
        book.attestations(),
        here.people.people(),
        log,
    ]


def token(client: httpx.Client) -> str:
    return field_of(client.get("/account").text, "csrf")


@pytest.mark.parametrize("page", FORMS, ids=lambda page: page.path)
def test_a_forged_or_foreign_form_does_nothing(here: Served, case: str, page: DeskPage) -> None:
    client, stranger = here.signed_in(role_of(page)), here.signed_in("second" if role_of(page) == LEAD else LEAD)
    own, theirs, before = token(client), token(stranger), kept(here)

    forged = [sent(client, page, case, csrf).status_code for csrf in ("", "0" * 64, theirs, own[:-1], "\u00e9" * 64)]
    foreign = [sent(client, page, case, own, headers=headers).status_code for headers in FOREIGN]
    elsewhere = sent(client, page, case, own, headers={"host": "elsewhere.example"}).status_code

    assert (forged, foreign, elsewhere) == ([403] * 5, [403] * 3, 421)
    assert kept(here) == before


@pytest.mark.parametrize("page", FORMS, ids=lambda page: page.path)
def test_a_form_does_not_outlive_its_session(here: Served, case: str, page: DeskPage) -> None:
    client = here.signed_in(role_of(page))
    own = token(client)
    cookie = dict(client.cookies)
    client.post("/sign-out", data={"csrf": own})
    client.cookies.update(cookie)
    before = kept(here)

    replayed = sent(client, page, case, own)

    assert (replayed.status_code, replayed.headers["location"]) == (303, "/sign-in")
    assert kept(here) == before


def test_what_was_typed_when_a_session_had_run_out_is_there_again_after_signing_in(tmp_path) -> None:
    later = [NOON]
    with served(ordinary(), tmp_path / "desk", clock=lambda: later[-1]) as desk:
        lead = desk.signed_in(LEAD)
        ref = refs(lead)[0]
        own = {"csrf": token(lead), "kind": "assigned", "to_role": "dsl", "note": "She knows the family."}
        later.append(NOON + timedelta(hours=9))

        sent = lead.post(f"/case/{ref}/mark", data=own)
        forged = lead.post(f"/case/{ref}/mark", data={**own, "csrf": "none", "note": "Not mine."})
        second = desk.signed_in("second")
        other = second.get(f"/case/{ref}").text
        second.get("/")
        again = desk.signed_in(LEAD).get(f"/case/{ref}").text

        assert sent.headers["location"] == f"/sign-in?next=%2Fcase%2F{ref}"
        assert forged.headers["location"] == "/sign-in"
        assert desk.desk.decisions.by_case() == {}
    assert "She knows the family." not in other
    assert "She knows the family.</textarea>" in again
    assert '<option value="dsl" selected>' in again
    assert "You were signed out before this was kept." in again
    assert "Not mine." not in again


def test_whoever_is_given_another_role_with_a_case_open_answers_it_no_more(tmp_path) -> None:
    with served(ordinary(), tmp_path / "desk") as desk:
        client = desk.signed_in("second")
        ref = refs(client)[0]
        page = client.get(f"/case/{ref}").text
        mark = page[page.index("/mark") :]
        fields = {name: field_of(mark, name) for name in ("csrf", "sequence", "decided", "edition")}
        desk.people.change_role("second", "headteacher", NOON)

        answer = client.post(f"/case/{ref}/mark", data={**fields, "choice": "5"})

        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert desk.desk.decisions.by_case() == {}


def test_what_was_typed_is_let_go_of_after_an_hour_whoever_comes_next():
    typed, noon = TypedForms(), datetime(2026, 11, 3, 12, tzinfo=UTC)
    typed.keep(1, "a", {"note": "Of a child."}, noon)
    typed.keep(2, "b", {"note": "Of another."}, noon + timedelta(minutes=30))
    assert typed.of(1, "a", noon + timedelta(minutes=59)) == {"note": "Of a child."}

    assert typed.of(3, "c", noon + timedelta(hours=1)) == {}
    assert "Of a child." not in str(typed._by_person)
    typed.keep(3, "c", {}, noon + timedelta(hours=2))
    assert "Of another." not in str(typed._by_person)
