"""Ask in somebody's name: the question is in the casebook before it is answered, and what came of it after."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dashboards.ask.casebook_tables import TABLES, casebook_rows
from dashboards.ask.limits import QuestionLimits
from dashboards.ask.problems import AskError
from dashboards.ask.process import Answered, AnsweringProcess, AskedQuestion
from dashboards.ask.purpose import checked_purpose
from warehouse.casebook.casebook import Casebook

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
