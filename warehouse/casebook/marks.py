"""What people did about cases at the desk: each mark is a row, and whoever marks a case says which mark was the last.

A mark that is a decision writes the decision in the same transaction, so that both are there or neither.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from policies.errors import UserError
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.extents import Extent, extent
from warehouse.casebook.seals import seal
from warehouse.casebook.tables import DECISIONS, MARKS
from warehouse.casebook.times import in_utc

# done       somebody did what the case asks for; the next run looks
# proposed   confirmed by one person, and waiting for a second
# assigned   given to another role
# undone     the mark before counts no more, and the one before that counts again
MarkKind = Literal["confirmed", "mistaken", "allowed", "done", "proposed", "assigned", "undone"]
_DECIDES = frozenset({"confirmed", "mistaken", "allowed"})


class MarkedMeanwhileError(UserError):
    """Somebody else marked the case between the reading and the deciding."""

    def __init__(self) -> None:
        super().__init__("Somebody else decided about this case while you read it. Look at it again.")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a person did about a case; `sequence` counts from 1 for each case."""

    fingerprint: str
    sequence: int
    run_id: str
    kind: MarkKind
    by_person: int
    by_role: str
    note: str
    made_at: datetime
    until: date | None = None
    to_role: str | None = None

    @property
    def is_of_desk(self) -> bool:
        """Whether it was made at the desk about this very case, so that it can be taken back there."""
        return self.sequence > 0


class StandingMark(NamedTuple):
    """What counts of a case's marks: the mark, None where all were undone, and how many there are in all."""

    mark: Mark | None
    how_many: int


class Marks:
    """Reads and writes the marks of one school's casebook."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def add(self, mark: Mark) -> None:
        """Write a mark, and the decision that it is; MarkedMeanwhileError if a mark of its sequence is there."""
        row = {
            "school": self._book.school,
            "fingerprint": mark.fingerprint,
            "sequence": mark.sequence,
            "run_id": mark.run_id,
            "kind": mark.kind,
            "until": mark.until,
            "to_role": mark.to_role,
            "by_person": mark.by_person,
            "by_role": mark.by_role,
            "note": mark.note,
            "made_at": mark.made_at.astimezone(UTC),
        }
        with writing(self._book.engine) as connection:
            try:
                made = connection.execute(insert(MARKS), row)
            except IntegrityError as error:
                raise MarkedMeanwhileError from error
            seal(connection, MARKS, int(made.inserted_primary_key[0]))  # type: ignore[index]
            marks = self._of(connection, mark.fingerprint)
            if verdict := _verdict(mark, marks, self._elsewhere(connection, mark, marks)):
                decision = {**{name: row[name] for name in ("school", "fingerprint", "by_role", "note")}, **verdict}
                decided = insert(DECISIONS).values(decided_at=row["made_at"], **decision)
                seal(connection, DECISIONS, int(connection.execute(decided).inserted_primary_key[0]))  # type: ignore[index]

    def of(self, fingerprint: str) -> tuple[Mark, ...]:
        """Return every mark of one case, the oldest first."""
        with self._book.engine.connect() as connection:
            return self._of(connection, fingerprint)

    def standing(self, fingerprints: Collection[str] | None = None) -> Mapping[str, StandingMark]:
        """Return of each case, or of each of these, what counts of its marks."""
        query = select(MARKS).where(MARKS.c.school == self._book.school).order_by(MARKS.c.sequence)
        if fingerprints is not None:
            query = query.where(MARKS.c.fingerprint.in_(fingerprints))
        marks: defaultdict[str, list[Mark]] = defaultdict(list)
        with self._book.engine.connect() as connection:
            for row in connection.execute(query):
                marks[row.fingerprint].append(_mark(row))
        return {fingerprint: StandingMark(_counts(of), len(of)) for fingerprint, of in marks.items()}

    def extent(self) -> Extent:
        """Return how many marks there are, and the number of the newest; 0 where there is none."""
        return extent(self._book.engine, MARKS, self._book.school)

    def marked_since(self, number: int) -> Sequence[str]:
        """Return the fingerprint of each mark that was written after the mark of this number."""
        query = select(MARKS.c.fingerprint).where(MARKS.c.school == self._book.school, MARKS.c.number > number)
        with self._book.engine.connect() as connection:
            return connection.execute(query).scalars().all()

    def _of(self, connection: Connection, fingerprint: str) -> tuple[Mark, ...]:
        query = select(MARKS).where(MARKS.c.school == self._book.school, MARKS.c.fingerprint == fingerprint)
        return tuple(_mark(row) for row in connection.execute(query.order_by(MARKS.c.sequence)))

    def _elsewhere(self, connection: Connection, mark: Mark, marks: Sequence[Mark]) -> dict[str, object] | None:
        """Return the newest decision that no mark made and that stands still on the day of this mark; None for none."""
        made = {(earlier.made_at, earlier.kind) for earlier in marks}
        query = select(DECISIONS).where(
            DECISIONS.c.school == self._book.school, DECISIONS.c.fingerprint == mark.fingerprint
        )
        rows = connection.execute(query.order_by(DECISIONS.c.number)).all()
        others = [
            row for row in rows if made.isdisjoint((in_utc(row.decided_at), kind) for kind in (row.verdict, "undone"))
        ]
        if not others or others[-1].verdict == "withdrawn":
            return None
        newest = others[-1]
        is_over = newest.until is not None and newest.until < mark.made_at.date()
        return None if is_over else {"verdict": newest.verdict, "until": newest.until}


def _counts(marks: Sequence[Mark]) -> Mark | None:
    """Return the mark that counts of a case's marks in their order: each undoing takes one back."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.kind != "undone":
            kept.append(mark)
        elif kept:
            kept.pop()
    return kept[-1] if kept else None


def _verdict(mark: Mark, marks: Sequence[Mark], elsewhere: dict[str, object] | None) -> dict[str, object] | None:
    """Return the decision that a mark is, `marks` with it being all of its case; None where it decides nothing.

    Where no mark before it counts, what was decided `elsewhere` counts again.
    """
    if mark.kind in _DECIDES:
        return {"verdict": mark.kind, "until": mark.until}
    undone = _counts(marks[:-1])
    if mark.kind != "undone" or undone is None or undone.kind not in _DECIDES:
        return None
    before = _counts(marks)
    again = next((earlier for earlier in (before,) if earlier is not None and earlier.kind in _DECIDES), None)
    if again:
        return {"verdict": again.kind, "until": again.until}
    return elsewhere or {"verdict": "withdrawn", "until": None}


def _mark(row: object) -> Mark:
    names = ("fingerprint", "sequence", "run_id", "kind", "by_person", "by_role", "note", "until", "to_role")
    values = {name: getattr(row, name) for name in names}
    made_at: datetime = row.made_at  # type: ignore[attr-defined]
    return Mark(**values, made_at=in_utc(made_at))
