"""What people decided about cases: each decision is a row, numbered by case, and the newest that was not undone counts.

The desk, the command line and a challenge that is upheld all write here, once `may_decide.py` has let them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from threading import Lock
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from policies.decisions import StandingDecision
from policies.errors import UserError
from warehouse.casebook.alone import writing
from warehouse.casebook.chain import add_each_sealed
from warehouse.casebook.rows import record_of
from warehouse.casebook.tables import DECISIONS

# planned    to be looked at by a day; it stays open, and is due on that day
# done       somebody did what the case asks for; the next run looks
# proposed   confirmed by one person, and waiting for a second
# assigned   given to another role, or to one person of it
# undone     the decision before counts no more, and the one before that counts again
# said       a sentence to whoever else has the case; it answers nothing
Answer = Literal["confirmed", "mistaken", "allowed", "planned", "done", "proposed", "assigned", "undone", "said"]
HEEDED = frozenset({"confirmed", "mistaken", "allowed"})  # by the next run
READ_AGAIN = "Since you opened it, this case was answered or written about, by you or by somebody else. Look again."


class DecidedMeanwhileError(UserError):
    """The case was decided between the reading and the deciding."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one case, having read `run_id`'s report; `sequence` counts from 1 for each case.

    `by_person` is their number at the desk; whoever typed a command is `by_user`, as the operating system knows them.
    `about` is what the case was about in that report, as `outcome.exceptions` has it. What is given to one person of
    `to_role` has their number in `to_person`.
    """

    fingerprint: str
    sequence: int
    run_id: str
    answer: Answer
    by_person: int | None
    by_role: str
    note: str
    decided_at: datetime
    until: date | None = None
    to_role: str | None = None
    by_user: str | None = None
    about: str | None = None
    to_person: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether it was made about this very case, and does not follow from one about another."""
        return self.sequence > 0

    def is_since(self, run_id: str, decisions_read: int | None) -> bool:
        """Whether this run had not read it: it read so many of the case, where the run wrote how many."""
        return self.sequence > decisions_read if self.is_own and decisions_read is not None else self.run_id == run_id


class CaseDecisions(NamedTuple):
    """The decision of a case that counts, None where all were undone, and the sequence of the newest row.

    `undone` are the sequences of each decision that was taken back and of what took it back.
    """

    decision: Decision | None
    sequence: int
    undone: tuple[tuple[int, int], ...] = ()


NONE_YET = CaseDecisions(None, 0)


class Decisions:
    """Reads and writes the decisions of one school's casebook."""

    def __init__(self, engine: Engine, school: str) -> None:
        self._engine, self._school = engine, school

    def add(self, *decisions: Decision) -> None:
        """Write decisions, all or none; DecidedMeanwhileError if a decision of one's sequence is there."""
        with writing(self._engine) as connection:
            add_decisions(connection, self._school, *decisions)

    def of(self, fingerprint: str) -> tuple[Decision, ...]:
        """Return every decision about one case, the oldest first."""
        return self.every([fingerprint]).get(fingerprint, ())

    def by_case(self, fingerprints: Collection[str] | None = None) -> Mapping[str, CaseDecisions]:
        """Return of each case, or of each of these, the decision that counts."""
        every = self.every(fingerprints).items()
        told = ((fingerprint, of[-1].sequence, *_kept_and_undone(of)) for fingerprint, of in every)
        return {case: CaseDecisions((left or (None,))[-1], newest, tuple(back)) for case, newest, left, back in told}

    def standing(self, fingerprints: Collection[str] | None = None) -> Mapping[str, StandingDecision]:
        """Return what a run heeds of each case, or of these: the newest not undone; a plan, if it is newest of all."""
        heeded = {
            fingerprint: [one for one in left if one.answer in HEEDED or (one.answer == "planned" and one is left[-1])]
            for fingerprint, of in self.every(fingerprints).items()
            if (left := kept(of))
        }
        return {
            fingerprint: StandingDecision(of[-1].answer, of[-1].until, of[-1].by_role, of[-1].decided_at, of[-1].about)
            for fingerprint, of in heeded.items()
            if of
        }

    def extent(self) -> tuple[int, int]:
        """Return how many decisions there are, and the number of the newest; 0 where there is none."""
        query = select(func.count(), func.max(DECISIONS.c.number)).where(DECISIONS.c.school == self._school)
        with self._engine.connect() as connection:
            count, newest = connection.execute(query).one()
        return count, newest or 0

    def decided_since(self, number: int) -> Sequence[str]:
        """Return the case of each decision that was written after the one of this number."""
        query = select(DECISIONS.c.fingerprint).where(DECISIONS.c.school == self._school, DECISIONS.c.number > number)
        with self._engine.connect() as connection:
            return connection.execute(query).scalars().all()

    def written_about(self) -> frozenset[str]:
        """Return the cases about which anybody wrote a sentence."""
        here = (DECISIONS.c.school == self._school, DECISIONS.c.answer == "said")
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(DECISIONS.c.fingerprint).where(*here)).scalars())

    def every(self, fingerprints: Collection[str] | None = None) -> Mapping[str, tuple[Decision, ...]]:
        """Return every decision of each case, or of each of these, the oldest first."""
        query = select(DECISIONS).where(DECISIONS.c.school == self._school).order_by(DECISIONS.c.sequence)
        if fingerprints is not None:
            query = query.where(DECISIONS.c.fingerprint.in_(fingerprints))
        found: defaultdict[str, list[Decision]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                found[row.fingerprint].append(record_of(Decision, row))
        return {fingerprint: tuple(of) for fingerprint, of in found.items()}


class DecisionsNow:
    """The decisions of one school that count, kept in memory: only what was written since is read; many may ask."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions, self._extent, self._reading = decisions, (0, 0), Lock()
        self._by_case: Mapping[str, CaseDecisions] = {}

    def by_case(self) -> Mapping[str, CaseDecisions]:
        """Return what counts of each case: the same object as before where no decision was written or deleted."""
        with self._reading:
            now = self._decisions.extent()
            if now != self._extent:
                self._by_case = self._read(now[0])
                self._extent = now
            return self._by_case

    def _read(self, count: int) -> Mapping[str, CaseDecisions]:
        """Read the cases decided since; every case where the number of rows says that others came or went."""
        since = self._decisions.decided_since(self._extent[1])
        is_all = len(since) != count - self._extent[0]
        return self._decisions.by_case() if is_all else {**self._by_case, **self._decisions.by_case(frozenset(since))}


def add_decisions(connection: Connection, school: str, *decisions: Decision) -> None:
    """Write decisions in the caller's transaction, as above; one of sequence 0 comes after all others of its case."""
    rows = []
    for decision in decisions:
        row = {"school": school, **asdict(decision)}
        if not decision.sequence:
            here = (DECISIONS.c.school == school, DECISIONS.c.fingerprint == decision.fingerprint)
            row["sequence"] = (connection.scalar(select(func.max(DECISIONS.c.sequence)).where(*here)) or 0) + 1
        rows.append(row)
    try:
        add_each_sealed(connection, DECISIONS, rows)
    except IntegrityError as error:
        raise DecidedMeanwhileError(READ_AGAIN) from error


def kept(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions of a case that were not undone, in their order: each undoing takes one back."""
    return _kept_and_undone(decisions)[0]


def _kept_and_undone(decisions: Sequence[Decision]) -> tuple[list[Decision], list[tuple[int, int]]]:
    left, undone = list[Decision](), list[tuple[int, int]]()
    for decision in decisions:
        if decision.answer not in {"undone", "said"}:
            left.append(decision)
        elif decision.answer == "undone" and left:
            undone.append((left.pop().sequence, decision.sequence))
    return left, undone
