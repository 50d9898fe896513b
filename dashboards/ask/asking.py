"""Ask in somebody's name: the question is in the casebook before it is answered, and what came of it after."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Column, Table, select

from dashboards.ask import AskError
from dashboards.ask.messages import QuestionLimits
from dashboards.ask.process import Answered, AnsweringProcess, AskedQuestion
from dashboards.ask.reasons import checked_purpose
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_tables import ACCESS_LOG, PEOPLE
from warehouse.casebook.tables import (
    ACCEPTANCES,
    AGE_DELETIONS,
    ATTESTATIONS,
    CHALLENGES,
    DECISIONS,
    ERASURES,
    HOLDS,
    LABELS,
    QUERIES,
    QUERY_ANSWERS,
    REGISTER_CHANGES,
    REQUESTS,
    TOMBSTONES,
)
from warehouse.catalogue.tags import withheld_columns

_KINDS = {"INTEGER": "bigint", "BOOLEAN": "boolean", "DATE": "date", "DATETIME": "timestamptz"}
_NAMED = {"at": "done_at"}  # a word of SQL's own


@dataclass(frozen=True, slots=True)
class CasebookTable:
    """One table of schema `casebook`, by its name there; nothing that lets anybody in may be read of it."""

    name: str
    table: Table

    @property
    def read(self) -> tuple[Column[object], ...]:
        """The columns that may be read: all but the school's id and what the catalogue withholds."""
        withheld = withheld_columns(f"casebook.{self.table.name}") | {"school"}
        return tuple(column for column in self.table.columns if column.name not in withheld)

    @property
    def kinds(self) -> Mapping[str, str]:
        """The DuckDB type of each column."""
        kinds = {column.name: str(column.type).partition("(")[0] for column in self.read}
        return {_NAMED.get(name, name): _KINDS.get(kind, "varchar") for name, kind in kinds.items()}


TABLES = tuple(
    CasebookTable(name, table)
    for name, table in {
        "decisions": DECISIONS,
        "attestations": ATTESTATIONS,
        "acceptances": ACCEPTANCES,
        "register_changes": REGISTER_CHANGES,
        "holds": HOLDS,
        "challenges": CHALLENGES,
        "requests": REQUESTS,
        "erasures": ERASURES,
        "certificates": AGE_DELETIONS,
        "tombstones": TOMBSTONES,
        "labels": LABELS,
        "questions": QUERIES,
        "answers": QUERY_ANSWERS,
        "access_log": ACCESS_LOG,
        "people": PEOPLE,
    }.items()
)


def casebook_rows(book: Casebook, names: Collection[str]) -> dict[str, list[dict[str, str | None]]]:
    """Return this school's rows of these tables of schema `casebook`, every value as text."""
    return {table.name: _rows(book, table) for table in TABLES if table.name in names}


def _rows(book: Casebook, table: CasebookTable) -> list[dict[str, str | None]]:
    query = select(*table.read).where(table.table.c.school == book.school).order_by(table.table.c.number)
    with book.engine.connect() as connection:
        return [_as_text(tuple(table.kinds), tuple(row)) for row in connection.execute(query)]


def _as_text(names: Sequence[str], values: Sequence[object]) -> dict[str, str | None]:
    return {name: None if value is None else _text(value) for name, value in zip(names, values, strict=True)}


def _text(value: object) -> str:
    if isinstance(value, datetime):  # SQLite gives it back without its zone, which is UTC
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


_NO_TEXT = "The question has a character that is none, such as half of one; type it anew."


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the person who is signed in at the desk, by number and role, or the system's user."""

    user: str
    person: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionDesk:
    """Takes questions to one school's published copy, and writes them down."""

    book: Casebook
    published: Path
    key: str = field(repr=False)
    clock: Callable[[], datetime]
    limits: QuestionLimits = field(default_factory=QuestionLimits)

    def ask(self, question: AskedQuestion, *, purpose: str, asker: Asker) -> Answered:
        """Return the answer to a question; AskError, in one sentence, where there is none. Both are logged."""
        number = self.book.log_query(
            by_user=asker.user,
            purpose=checked_purpose(purpose),
            sql=as_it_can_be_kept(question.sql),
            at=self.clock(),
            person=asker.person,
            role=asker.role,
            parameters=json.dumps(dict(question.parameters), sort_keys=True) if question.parameters else None,
        )
        try:
            answered = self._process().answer(question) if _is_text(question) else Answered(problem=_NO_TEXT)
        except BaseException as error:
            self.book.close_query(number, rows=None, problem=f"It was not answered ({type(error).__name__}).")
            raise
        rows = None if answered.problem else answered.rows
        self.book.close_query(number, rows=rows, problem=answered.problem, tables=answered.tables)
        if answered.problem:
            raise AskError(answered.problem)
        return answered

    def _process(self) -> AnsweringProcess:
        kinds = {table.name: table.kinds for table in TABLES}
        return AnsweringProcess(
            self.published, self.key, kinds, lambda names: casebook_rows(self.book, names), self.limits
        )


def as_it_can_be_kept(sql: str) -> str:
    """Return the question as any casebook can keep it: what is no character, and the zero byte, as its number."""
    return sql.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _is_text(question: AskedQuestion) -> bool:
    said = [question.sql, *(value for value in question.parameters.values() if value is not None)]
    return all(as_it_can_be_kept(text) == text for text in said)
