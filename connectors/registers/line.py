"""One register file as it is being read, line by line: cells by their column, and problems; no files, no clock.

A cell that cannot be read is left out and its row kept; an unreadable consent alone counts, as a refusal.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from connectors.records import RegisterProblem
from connectors.registers import cells
from connectors.registers.cells import UnreadableCellError, trimmed
from connectors.registers.headers import Columns
from connectors.registers.table import RegisterTable
from connectors.registers.table_rows import Row
from policies.toml_text import packaged_toml

WITHDRAWN = "withdrawn"
UNKNOWN = "The consent is not understood and is read as a refusal; write given or withdrawn."

_BETWEEN = re.compile(r"[\s_\u2010-\u2015-]+")
_WORDS = packaged_toml("connectors.registers", "consents.toml")
_MEANT = {word: meant for meant in ("given", WITHDRAWN) for word in _WORDS[meant]}
_SAYS_NOTHING = frozenset(_WORDS["says_nothing"])


def consent(raw: str) -> str | None:
    """Return given or withdrawn, None for a cell that says nothing; unreadable when it holds anything else."""
    text = _folded(raw)
    if text in _SAYS_NOTHING:
        return None
    if text not in _MEANT:
        raise UnreadableCellError(UNKNOWN)
    return str(_MEANT[text])


def listed() -> Mapping[str, Sequence[str]]:
    """Return the words that are understood, by what they mean: given, withdrawn, says_nothing."""
    return _WORDS


def _folded(raw: str) -> str:
    return _BETWEEN.sub(" ", trimmed(raw).casefold().replace(".", "")).strip()


Value = TypeVar("Value")


@dataclass(slots=True)
class RegisterReading:
    """One register file as it is being read; `problems` and `set_aside` grow, `seen` holds the ids met.

    `kinds` says of places whether they are lists of consents that name pictures. `pepper` is what the ids that are made
    here are keyed with.
    """

    register: str
    file_name: str
    table: RegisterTable
    columns: Columns
    as_of: date
    pepper: str = ""
    problems: list[RegisterProblem] = field(default_factory=list)
    set_aside: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    kinds: dict[int, bool] = field(default_factory=dict)

    def complain(self, row: Row, column: str | None, problem: str) -> None:
        """Note what is wrong with a row or, by its canonical name, a column of it."""
        title = self.columns.title(column) or column if column else None
        self.problems.append(
            RegisterProblem(
                register=self.register, file_name=self.file_name, row=row.number, column_name=title, problem=problem
            )
        )

    def fits(self, row: Row) -> bool:
        """Say whether the row has no more cells than the header; note the problem when it has."""
        if any(cell.strip() for cell in row.cells[len(self.columns.header) :]):
            problem = "The row has more cells than the header, so its values may have shifted; correct the row."
            self.complain(row, None, problem)
            return False
        return True


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One row under its headers; a cell that cannot be read becomes a problem and then None."""

    reading: RegisterReading
    row: Row

    def get(self, column: str, convert: Callable[[str], Value]) -> Value | None:
        """Return the converted cell; None when the column is absent, the cell empty or not readable."""
        raw = self._raw(column)
        if not cells.trimmed(raw):
            return None
        try:
            return convert(raw)
        except UnreadableCellError as error:
            self.complain(column, str(error))
            return None

    def text(self, column: str) -> str | None:
        """Return a cell of plain text."""
        return self.get(column, cells.words)

    def day(self, column: str) -> date | None:
        """Return a cell that holds a date."""
        return self.get(column, lambda raw: cells.day(raw, self.reading.table.epoch))

    def past_day(self, column: str, problem: str) -> date | None:
        """Return a date that lies no later than the day of the audit; a later one is a problem and then None."""
        day = self.day(column)
        if day is None or day <= self.reading.as_of:
            return day
        self.complain(column, problem)
        return None

    def consent(self, column: str) -> str | None:
        """Return given or withdrawn, None where nothing is said; what nobody understands is a refusal.

        Where several columns hold consents, a refusal in any one of them is one.
        """
        spare = map(self._cell, self.reading.columns.spare.get(column, ()))
        answers = [self._consent(column, raw) for raw in (self._raw(column), *spare)]
        return WITHDRAWN if WITHDRAWN in answers else next(filter(None, answers), None)

    def _consent(self, column: str, raw: str) -> str | None:
        try:
            return consent(raw)
        except UnreadableCellError as error:
            self.complain(column, str(error))
            return WITHDRAWN

    def unique(self, column: str) -> str | None:
        """Return the row's id; None, with the problem noted, when it is missing or was there before."""
        before = len(self.reading.problems)
        row_id = self.get(column, cells.identifier)
        if row_id is None:
            if len(self.reading.problems) == before:
                self.complain(column, "The row has no id; give it one.")
            return None
        return row_id if self.is_new(row_id, column) else None

    def says(self, column: str) -> bool:
        """Say whether anything stands in this cell."""
        return bool(cells.trimmed(self._raw(column)))

    def first_row_of(self, key: str) -> int:
        """Return the number of the first row with this key, this one's where there was none before."""
        return self.reading.seen.setdefault(key, self.row.number)

    def is_new(self, key: str, column: str) -> bool:
        """Say whether no earlier row has this key; note the problem when one has."""
        first = self.first_row_of(key)
        if first != self.row.number:
            self.complain(column, f"The id of row {first} stands here again; only the first row is used.")
        return first == self.row.number

    def each(self, column: str, convert: Callable[[str], str]) -> str:
        """Return the parts of a cell separated by semicolons; a part that cannot be read is left out."""
        converted = []
        for part in cells.parts(self._raw(column)):
            try:
                converted.append(convert(part))
            except UnreadableCellError as error:
                self.complain(column, str(error))
        return ";".join(dict.fromkeys(converted))

    def complain(self, column: str | None, problem: str) -> None:
        """Note what is wrong with this row."""
        self.reading.complain(self.row, column, problem)

    def _raw(self, column: str) -> str:
        place = self.reading.columns.places.get(column)
        return self._cell(place) if place is not None else ""

    def _cell(self, place: int) -> str:
        return self.row.cells[place] if place < len(self.row.cells) else ""
