"""Requests of people about their data, each a case of its own: received, every step on the way, and closed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from engines.roll_ids import fold_roll_id
from policies.dates import short_date
from policies.errors import UserError
from policies.requests import (
    ACKNOWLEDGED,
    CLOSED,
    ENDS,
    EXTENDED,
    KINDS,
    RECEIVED,
    STEPS,
    acknowledgement_due,
    answer_due,
)
from policies.roles import DoneBy
from warehouse.casebook import alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_sealed
from warehouse.casebook.holds import PERSON
from warehouse.casebook.rows import all_rows
from warehouse.casebook.tables import REQUESTS


class RequestError(UserError):
    """The request cannot be recorded so; one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One thing that was done about a request; `step` is a word of policies.requests.STEPS, or `received`."""

    step: str
    by_role: str
    note: str
    made_at: datetime
    by_person: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """One request; `about` is a platform, `person` or `photograph` with an id, or None where nobody knows it yet."""

    number: int
    kind: str
    received_on: date
    about: tuple[str, str] | None
    steps: tuple[RequestStep, ...]

    def has(self, *steps: str) -> bool:
        """Say whether one of these steps is recorded."""
        return any(each.step in steps for each in self.steps)

    @property
    def is_open(self) -> bool:
        """Whether it is not closed yet."""
        return not self.has(CLOSED)

    @property
    def waits(self) -> bool:
        """Whether whoever asked waits for an answer: nothing came of it yet."""
        return self.is_open and not self.has(*ENDS)

    @property
    def due_on(self) -> date:
        """The next day that counts: to acknowledge a complaint that is not, otherwise to answer."""
        answered = answer_due(self.received_on, is_extended=self.has(EXTENDED))
        acknowledged = acknowledgement_due(self.kind, self.received_on)
        waits = acknowledged is not None and not self.has(ACKNOWLEDGED, *ENDS)
        return min(answered, acknowledged) if waits and acknowledged else answered

    def is_late(self, today: date) -> bool:
        """Say whether it waits for an answer after its day."""
        return self.waits and self.due_on < today

    def standing(self, today: date) -> str:
        """Say in a sentence how it stands: by when it is due, that it was answered, or that it is closed."""
        if not self.waits:
            answered = max(step.made_at for step in self.steps if step.step in ENDS)
            return f"Answered on {short_date(answered.date())}, and to be closed." if self.is_open else "Closed."
        return f"{'Late: it was due' if self.is_late(today) else 'Due'} on {short_date(self.due_on)}."


class SubjectRequests:
    """Reads and writes the requests of one school's casebook."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def all(self) -> tuple[SubjectRequest, ...]:
        """Return every request by its day: those that wait for an answer first, and those that are closed last."""
        steps: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for row in all_rows(self._book.engine, REQUESTS, self._book.school):
            steps[row.of_request or row.number].append(row)
        made = (_request(rows) for rows in steps.values() if rows[0].step == RECEIVED)
        return tuple(sorted(made, key=lambda each: (not each.waits, not each.is_open, each.due_on, each.number)))

    def waiting(self) -> tuple[SubjectRequest, ...]:
        """Return the requests that wait for an answer, the one that is due first coming first."""
        return tuple(each for each in self.all() if each.waits)

    def receive(
        self,
        kind: str,
        *,
        received_on: date,
        about: tuple[str, str] | None,
        note: str,
        by: DoneBy,
        at: datetime,
        today: date,
    ) -> SubjectRequest:
        """Write down a request; RequestError for a kind that is none, and for a day to come."""
        if kind not in KINDS:
            raise RequestError(f"Say of which kind the request is: {', '.join(KINDS)}.")
        if received_on > today:
            raise RequestError(
                "The day on which the request came is still to come. Give the day on which it was received."
            )
        platform, subject_id = about or (None, None)
        row = {"step": RECEIVED, "kind": kind, "received_on": received_on}
        with alone.alone(self._book.engine, alone.REQUESTS) as connection:
            about_whom = {"platform": platform, "subject_id": subject_id}
            number = self._write(connection, row | about_whom, note, by, at)
        return self.one(number)

    def record(self, number: int, step: str, *, note: str, by: DoneBy, at: datetime) -> SubjectRequest:
        """Write down a step of an open request; RequestError where it cannot be, in one sentence."""
        if step not in STEPS:
            raise RequestError(f"Say which step it is: {', '.join(STEPS)}.")
        with alone.alone(self._book.engine, alone.REQUESTS) as connection:
            one = self.one(number)
            if not one.is_open:
                raise RequestError(f"Request {number} is closed. Record a new one.")
            if step == EXTENDED and (one.has(EXTENDED) or one.is_late(at.date())):
                raise RequestError(
                    "A request is extended once, and within its month. Answer it, and say why it is late."
                )
            if step == CLOSED and not one.has(*ENDS):
                raise RequestError(f"Record first what came of it: {', '.join(ENDS)}.")
            if step in {EXTENDED, "refused"} and not note.strip():
                raise RequestError("Say why: whoever asked is told it.")
            self._write(connection, {"of_request": number, "step": step}, note, by, at)
        return self.one(number)

    def one(self, number: int) -> SubjectRequest:
        """Return the request of this number; RequestError where there is none."""
        for each in self.all():
            if each.number == number:
                return each
        raise RequestError(f"There is no request {number}. The list shows what there is.")

    def open_about(self, abouts: Sequence[tuple[str, str]]) -> tuple[SubjectRequest, ...]:
        """Return the open requests about one of these subjects; of a person case and zeros of the id do not count."""
        wanted = {_folded(about) for about in abouts}
        return tuple(each for each in self.all() if each.is_open and each.about and _folded(each.about) in wanted)

    def _write(self, connection: Connection, row: dict[str, object], note: str, by: DoneBy, at: datetime) -> int:
        who = {"by_person": by.person, "by_user": by.user, "by_role": by.role, "note": note, "made_at": at}
        return add_sealed(connection, REQUESTS, {"school": self._book.school, **row, **who})


def _folded(about: tuple[str, str]) -> tuple[str, str]:
    return (about[0], fold_roll_id(about[1])) if about[0] == PERSON else about


def _request(rows: Sequence[Row[Any]]) -> SubjectRequest:
    first = rows[0]
    about = None if first.platform is None or first.subject_id is None else (first.platform, first.subject_id)
    steps = tuple(RequestStep(row.step, row.by_role, row.note, row.made_at, row.by_person) for row in rows)
    return SubjectRequest(first.number, first.kind, first.received_on, about, steps)
