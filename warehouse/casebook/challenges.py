"""Challenges: somebody says that a case about them is wrong; within thirty days a person answers, with a reason."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from policies.decisions import answer_by
from policies.errors import UserError
from policies.roles import DoneBy
from warehouse.casebook import alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_sealed
from warehouse.casebook.decisions import Decision, add_decisions
from warehouse.casebook.tables import CHALLENGES

ChallengeStep = Literal["opened", "upheld", "not_upheld"]


class ChallengeError(UserError):
    """The challenge cannot be opened or answered; one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge of one case, and its answer once there is one.

    `raised_by` is pupil, parent, staff or other; `answer` is upheld or not_upheld, None while it is open.
    """

    fingerprint: str
    received_on: date
    raised_by: str
    ground: str
    opened_by: str
    opened_at: datetime
    answer: str | None = None
    reason: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def reference(self) -> str:
        """By what people speak of the case: the report's ref."""
        return self.fingerprint[:8]

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.answer is None

    @property
    def is_upheld(self) -> bool:
        """Whether whoever challenged was right."""
        return self.answer == "upheld"

    @property
    def answer_by(self) -> date:
        """The last day on which it is answered in time."""
        return answer_by(self.received_on)

    def is_late(self, today: date) -> bool:
        """Say whether it is open after its day."""
        return self.is_open and self.answer_by < today


class Challenges:
    """Reads and writes the challenges of one school's casebook."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def open(
        self, fingerprint: str, *, received_on: date, raised_by: str, ground: str, by: DoneBy, at: datetime
    ) -> Challenge:
        """Write down a challenge; ChallengeError where the case has an open one already."""
        row = {"step": "opened", "received_on": received_on, "raised_by": raised_by, "note": ground}
        with alone.alone(self._book.engine, alone.CHALLENGES) as connection:
            before = self._steps(connection, fingerprint)
            if before and before[-1].step == "opened":
                day = answer_by(before[-1].received_on)
                raise ChallengeError(f"This case is challenged already: answer that first, by {day}.")
            self._write(connection, fingerprint, before, row | _who(by, at))
            return _challenges(self._steps(connection, fingerprint))[-1]

    def answer(
        self,
        fingerprint: str,
        *,
        is_upheld: bool,
        reason: str,
        by: DoneBy,
        at: datetime,
        run_id: str = "",
        about: str | None = None,
    ) -> Challenge:
        """Write down the answer, and where it is upheld the decision `mistaken`: both or neither.

        `run_id` is the newest run when it is answered, and `about` what its report says that the case is about.
        ChallengeError where no challenge of the case is open.
        """
        with alone.alone(self._book.engine, alone.CHALLENGES) as connection:
            before = self._steps(connection, fingerprint)
            if not before or before[-1].step != "opened":
                raise ChallengeError("No challenge of this case waits for an answer. See audit challenge SCHOOL list.")
            step: ChallengeStep = "upheld" if is_upheld else "not_upheld"
            self._write(connection, fingerprint, before, {"step": step, "note": reason} | _who(by, at))
            if is_upheld:
                note = f"Challenged, and the challenge was upheld: {reason}"
                add_decisions(
                    connection,
                    self._book.school,
                    Decision(
                        *(fingerprint, 0, run_id, "mistaken", by.person, by.role, note, at),
                        by_user=by.user,
                        about=about,
                    ),
                )
            return _challenges(self._steps(connection, fingerprint))[-1]

    def all(self) -> tuple[Challenge, ...]:
        """Return every challenge, the one to be answered first coming first."""
        steps: defaultdict[str, list[Row[Any]]] = defaultdict(list)
        query = select(CHALLENGES).where(CHALLENGES.c.school == self._book.school).order_by(CHALLENGES.c.sequence)
        with self._book.engine.connect() as connection:
            for row in connection.execute(query):
                steps[row.fingerprint].append(row)
        made = (challenge for rows in steps.values() for challenge in _challenges(rows))
        return tuple(sorted(made, key=lambda challenge: (challenge.received_on, challenge.opened_at)))

    def waiting(self) -> tuple[Challenge, ...]:
        """Return the challenges without an answer, the one to be answered first coming first."""
        return tuple(challenge for challenge in self.all() if challenge.is_open)

    def upheld(self) -> tuple[Challenge, ...]:
        """Return the challenges that were upheld, which correct what earlier reports said."""
        return tuple(challenge for challenge in self.all() if challenge.is_upheld)

    def has_decided(self, decision: Decision | None) -> bool:
        """Say whether a decision is the correction that a challenge which was upheld brought."""
        if decision is None:
            return False
        return any(each.is_upheld and each.answered_at == decision.decided_at for each in self.of(decision.fingerprint))

    def of(self, fingerprint: str) -> tuple[Challenge, ...]:
        """Return every challenge of one case, the oldest first."""
        with self._book.engine.connect() as connection:
            return _challenges(self._steps(connection, fingerprint))

    def _steps(self, connection: Connection, fingerprint: str) -> Sequence[Row[Any]]:
        here = (CHALLENGES.c.school == self._book.school, CHALLENGES.c.fingerprint == fingerprint)
        return connection.execute(select(CHALLENGES).where(*here).order_by(CHALLENGES.c.sequence)).all()

    def _write(
        self, connection: Connection, fingerprint: str, before: Sequence[Row[Any]], row: Mapping[str, object]
    ) -> None:
        sequence = before[-1].sequence + 1 if before else 1
        here = {"school": self._book.school, "fingerprint": fingerprint, "sequence": sequence}
        add_sealed(connection, CHALLENGES, {**here, **row})


def _who(by: DoneBy, at: datetime) -> dict[str, object]:
    return {"by_person": by.person, "by_user": by.user, "by_role": by.role, "made_at": at}


def _challenges(steps: Sequence[Row[Any]]) -> tuple[Challenge, ...]:
    """Return the challenges that a case's steps are, in their order: each is opened, and then answered or not."""
    answers = {row.sequence - 1: row for row in steps if row.step != "opened"}
    return tuple(_challenge(row, answers.get(row.sequence)) for row in steps if row.step == "opened")


def _challenge(opened: Row[Any], answered: Row[Any] | None) -> Challenge:
    return Challenge(
        fingerprint=opened.fingerprint,
        received_on=opened.received_on,
        raised_by=opened.raised_by,
        ground=opened.note,
        opened_by=opened.by_role,
        opened_at=opened.made_at,
        answer=None if answered is None else answered.step,
        reason="" if answered is None else answered.note,
        answered_by="" if answered is None else answered.by_role,
        answered_at=None if answered is None else answered.made_at,
    )


def challenged_cases(connection: Connection, school: str) -> frozenset[str]:
    """Return this school's cases whose challenge waits for its answer: what they rest on is kept."""
    steps = select(CHALLENGES.c.fingerprint, CHALLENGES.c.step).where(CHALLENGES.c.school == school)
    newest = {row.fingerprint: row.step for row in connection.execute(steps.order_by(CHALLENGES.c.sequence))}
    return frozenset(fingerprint for fingerprint, step in newest.items() if step == "opened")
