"""The Data Protection Officer asks at the desk: kept questions and their own, in part, as files, all logged."""

import concurrent.futures
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import openpyxl
import polars as pl
import pytest

from dashboards.ask.named import named_questions
from tests.casebooks import looked_into
from tests.dashboards.copies import add, copy
from tests.dashboards.desks import Served, field_of, served

SQL = "select range as n from range(250)"
PURPOSE = "Subject access request 2026-14"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    db = copy()
    add(db, "exceptions", fingerprint="f" * 64, reason="<script>alert(1)</script>\u202e", subject_id="=1+1")
    with served(db, tmp_path_factory.mktemp("desk") / "home", has_school=True) as made:
        yield made


@pytest.fixture(scope="module")
def dpo(here: Served) -> httpx.Client:
    return here.signed_in("dpo")


def post(client: httpx.Client, path: str = "/ask", **fields: str) -> httpx.Response:
    csrf = field_of(client.get("/ask").text, "csrf")
    return client.post(path, data={"csrf": csrf, "purpose": PURPOSE, **fields})


def logged(here: Served) -> list[tuple[object, ...]]:
    with closing(looked_into(Path(str(here.desk.book.engine.url.database)))) as book:
        return book.execute("select by_user, role, purpose, sql, rows from query_log order by number").fetchall()


def test_the_page_has_every_kept_question_with_its_form_and_every_table(dpo: httpx.Client) -> None:
    page = dpo.get("/ask")

    assert all(question.title in page.text.replace("&#39;", "'") for question in named_questions())
    assert "published.exceptions" in page.text
    assert "casebook.access_log" in page.text
    assert "password_hash" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_an_answer_is_shown_by_the_page_and_each_part_is_a_question_in_the_log(here: Served, dpo: httpx.Client) -> None:
    before = len(logged(here))
    first = post(dpo, sql=SQL)
    last = post(dpo, sql=SQL, skip="200")

    assert (first.status_code, last.status_code) == (200, 200)
    assert "250 rows; shown are 1 to 100" in first.text
    assert "250 rows; shown are 201 to 250" in last.text
    assert "The next rows" in first.text
    assert "The next rows" not in last.text
    rows = logged(here)[before:]
    assert [row[1:] for row in rows] == [("dpo", PURPOSE, SQL, 250)] * 2
    assert str(rows[0][0]).startswith("desk person ")


def test_what_strangers_wrote_does_no_harm_on_the_page(dpo: httpx.Client) -> None:
    text = post(dpo, sql="select reason from published.exceptions").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\u202e" not in text


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_is_asked_for_and_logged_again(here: Served, dpo: httpx.Client, form: str) -> None:
    before = len(logged(here))
    answer = post(dpo, "/ask/file", sql="select subject_id, 1850000000000000001 as id from exceptions", form=form)

    assert answer.headers["content-disposition"] == f'attachment; filename="answer.{form}"'
    body = io.BytesIO(answer.content)
    if form == "csv":
        assert answer.content.decode("utf-8-sig") == "subject_id,id\r\n'=1+1,1850000000000000001\r\n"
    elif form == "xlsx":
        assert [cell.value for cell in openpyxl.load_workbook(body).active[2]] == ["'=1+1", "1850000000000000001"]
    else:
        assert pl.read_parquet(body)["id"].to_list() == [1850000000000000001]
    assert len(logged(here)) == before + 1


def test_a_kept_question_is_asked_with_its_values(dpo: httpx.Client) -> None:
    answer = post(dpo, **{"named": "who-was-reported", "value.since": "2026-09-01"})
    missing = post(dpo, named="tied-to-a-person")
    wrong = post(dpo, **{"named": "who-was-reported", "value.since": "last week"})

    assert "1 row" in answer.text
    assert (missing.status_code, "needs --person" in missing.text) == (409, True)
    assert (wrong.status_code, "takes a day such as 2026-09-01" in wrong.text) == (409, True)


@pytest.mark.parametrize("purpose", ["", "\u200b" * 9, "\u3164" * 9, "12345678 !!", "why"])
def test_without_a_purpose_in_words_nothing_is_asked(here: Served, dpo: httpx.Client, purpose: str) -> None:
    before = len(logged(here))
    answer = post(dpo, sql=SQL, purpose=purpose)

    assert (answer.status_code, "Say in a few words why you ask" in answer.text) == (409, True)
    assert len(logged(here)) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"sql": SQL, "purpose": "Mr Netherfold and Orla Pennhallow ask"},
        {"named": "tied-to-a-person", "value.person": "4101", "purpose": "Request of 4101"},
    ],
    ids=["a-name-of-the-registers", "the-id-that-is-asked-for"],
)
def test_a_purpose_that_names_somebody_is_refused_and_never_kept(
    here: Served, dpo: httpx.Client, fields: dict[str, str]
) -> None:
    before = len(logged(here))
    page, file = post(dpo, **fields), post(dpo, "/ask/file", form="csv", **fields)

    for answer in (page, file):
        assert (answer.status_code, "names somebody, and it is kept" in answer.text) == (409, True)
    assert len(logged(here)) == before


def test_what_is_refused_is_said_on_the_page_and_is_in_the_log(here: Served, dpo: httpx.Client) -> None:
    answer = post(dpo, sql="select * from read_text('/etc/passwd')")

    assert (answer.status_code, "may not be used" in answer.text) == (409, True)
    assert "read_text(&#39;/etc/passwd&#39;)" in answer.text
    assert logged(here)[-1][4] is None


def test_only_so_many_questions_are_answered_at_once_and_the_desk_goes_on(here: Served) -> None:
    browsers = [here.signed_in("dpo") for _ in range(8)]
    slow = "select levenshtein(repeat('a', 60000), repeat('b', 60000))"
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda client: post(client, sql=slow), browsers))

    refused = [answer for answer in answers if "Other questions are being answered" in answer.text]
    assert refused
    assert len(answers) - len(refused) >= 1
    assert browsers[0].get("/").status_code == 200
    assert Path(str(here.desk.published)).exists()
