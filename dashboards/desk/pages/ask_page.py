"""The Data Protection Officer's questions at the desk: those kept ready, one of one's own, and what there is to ask.

Every answer is asked for by a form, and so is every file: each is a question of its own, with its purpose in the log.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import duckdb
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from dashboards.ask import AskError
from dashboards.ask.asking import TABLES, Asker, QuestionDesk
from dashboards.ask.named import named_question, named_questions
from dashboards.ask.process import Answered, AskedQuestion
from dashboards.ask.reasons import checked_purpose, whom_of
from dashboards.ask.render import Form
from dashboards.desk.access.school_pages import ensure_names_nobody_here
from dashboards.desk.school.rendering import render

QUESTIONS_AT_ONCE = 2
ROWS_OF_A_PAGE = 100
_VALUE = "value."
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_COLUMNS = (
    "select table_name, column_name, lower(data_type) from duckdb_columns() "
    "where database_name = 'kept' and schema_name = 'published' order by table_name, column_index"
)


@dataclass(frozen=True, slots=True)
class AskedForm:
    """What a form asks: the question's name or its SQL, the values that it takes, why, and from which row on."""

    named: str
    sql: str
    values: Mapping[str, str]
    purpose: str
    skip: int = 0

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "AskedForm":
        """Return what the fields of a form say."""
        values = {name.removeprefix(_VALUE): text for name, text in form.items() if name.startswith(_VALUE) and text}
        skip = form.get("skip", "0")
        rows = int(skip) if skip.isascii() and skip.isdecimal() and len(skip) < len("10000000") else 0
        return cls(form.get("named", ""), form.get("sql", ""), values, form.get("purpose", ""), rows)

    def question(self, form: Form) -> AskedQuestion:
        """Return the question; AskError, in one sentence, where the form asks none."""
        if self.named:
            known = named_question(self.named)
            return AskedQuestion(known.sql, form, known.bound(self.values), self.skip, ROWS_OF_A_PAGE)
        if not self.sql.strip():
            raise AskError("Write one SELECT, or choose one of the questions that are kept ready.")
        return AskedQuestion(self.sql, form, {}, self.skip, ROWS_OF_A_PAGE)


def questions(request: Request) -> Response:
    """Return the page with every question that is kept ready, and a box for one's own."""
    return _page(request, AskedForm(request.query_params.get("named", ""), "", {}, ""))


async def ask(request: Request) -> Response:
    """Answer a question, and show its first rows, or those after the ones that were shown."""
    asked = AskedForm.of(request.state.form)
    try:
        body, rows = await _answered(request, asked, "page")
    except AskError as error:
        page = await to_thread.run_sync(partial(_page, request, asked, problem=str(error)))
        page.status_code = 409
        return page
    shown = json.loads(body)
    more = asked.skip + len(shown["rows"])
    return await to_thread.run_sync(partial(_page, request, asked, shown=shown, rows=rows, more=more))


async def answer_file(request: Request) -> Response:
    """Answer a question with a file; AskError, in one sentence, where there is no answer."""
    form = request.state.form.get("form", "")
    if form not in _KINDS:
        raise AskError(f"A file is one of {', '.join(_KINDS)}.")
    body, _ = await _answered(request, AskedForm.of(request.state.form), cast("Form", form))
    headers = {"content-disposition": f'attachment; filename="answer.{form}"'}
    return Response(body, media_type=_KINDS[form], headers=headers)


async def _answered(request: Request, asked: AskedForm, form: Form) -> tuple[bytes, int]:
    """Return the answer and how many rows it has; a question that finds too many others under way is not asked."""
    limiter: CapacityLimiter = request.app.state.questions
    if limiter.available_tokens < 1:
        raise AskError("Other questions are being answered at the moment; ask again in half a minute.")
    desk, person = request.app.state.desk, request.state.session.person
    asker = Asker(f"desk person {person.number}", person.number, person.role)
    question_desk = QuestionDesk(desk.book, desk.published, desk.key, desk.clock)
    question = asked.question(form)

    def put() -> Answered:
        ensure_names_nobody_here(request, checked_purpose(asked.purpose), ids=whom_of(question.parameters))
        return question_desk.ask(question, purpose=asked.purpose, asker=asker)

    answered = await to_thread.run_sync(put, limiter=limiter)
    return answered.body, answered.rows


def _page(request: Request, asked: AskedForm, **answer: Any) -> Response:
    given = {"problem": None, "shown": None, "rows": 0, "more": 0, **answer}
    return render(
        request,
        "ask.html",
        asked=asked,
        questions=named_questions(),
        tables=_tables(request),
        forms=tuple(_KINDS),
        **given,
    )


def _tables(request: Request) -> dict[str, list[tuple[str, str]]]:
    """Return the columns, with their kinds, of every table that may be asked, by its whole name."""
    there = {f"casebook.{table.name}": list(table.kinds.items()) for table in TABLES}
    return {**request.app.state.desk.read_once(_published_columns), **there}


def _published_columns(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in db.execute(_COLUMNS).fetchall():
        tables.setdefault(f"published.{table}", []).append((column, kind))
    return tables
