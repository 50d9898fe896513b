"""One register file as it is being read, line by line: cells by their column, and problems; no files, no clock.

A cell that cannot be read is left out and its row kept; an unreadable consent alone counts, as a refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from connectors.records import RegisterProblem
from connectors.registers import cells, days
from connectors.registers.cells import UnreadableCellError
from connectors.registers.consents import WITHDRAWN, consent, is_welsh_answer, means_two
from connectors.registers.headers import DECIDING, DONE_DAYS, IDENTIFYING, Columns, row_id_of
from connectors.registers.table import RegisterTable
from connectors.registers.table_rows import Row

Value = TypeVar("Value")
STRAY = "Letters of this row are of another encoding than the file's; write the row again and save it as CSV (UTF-8)."
DONE_LATER = "The day lies after the day of the audit; correct it."
SHORT = "The row has fewer cells than the header, so it may have been cut short; write it out whole."


@dataclass(slots=True)
class RegisterReading:
    """One register file as it is being read; `problems` and the counts grow, `seen` holds the ids met.

    `pepper` is what the ids that are made here are keyed with.
    """

    register: str
    file_name: str
    table: RegisterTable
    columns: Columns
    as_of: date
    pepper: str = ""
    problems: list[RegisterProblem] = field(default_factory=list)
    set_aside: int = 0
    repeated: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    judged: dict[tuple[str, str], bool] = field(default_factory=dict)

    def complain(self, row: Row | None, column: str | None, problem: str, *, doubts: str | None = None) -> None:
        """Note what is wrong with the file, a row or, by its canonical name, a column of it.

        `doubts` is the column on which nothing may rest that is to count as kept; a row's id, for all of it.
        """
        title = self.columns.title(column) or column if column else None
        record = RegisterProblem(
            register=self.register, file_name=self.file_name, row=row.number if row else None, column_name=title,
            problem=problem, doubts=doubts,
        )  # fmt: skip
        self.problems.append(record)

    @property
    def row_id(self) -> str | None:
        """The column that says whom or what a row of this register is about."""
        return row_id_of(self.register)

    def doubted(self, column: str) -> str | None:
        """Return the column on which nothing may rest where this one could not be read; None where nothing does."""
        if column in DECIDING:
            return column
        return self.row_id if column in IDENTIFYING else None

    def any_cell(self, column: str, is_so: Callable[[str], bool]) -> bool:
        """Say whether this is so of any cell of a column, which is looked through once."""
        if (column, is_so.__name__) not in self.judged:
            texts = (row.cell(place) for row in self.table.rows for place in self.columns.all_places(column))
            self.judged[column, is_so.__name__] = any(map(is_so, texts))
        return self.judged[column, is_so.__name__]

    def fits(self, row: Row) -> bool:
        """Say whether the row has no more cells than the header; note the problem when it has."""
        if any(cell.strip() for cell in row.cells[len(self.columns.header) :]):
            problem = "The row has more cells than the header, so its values may have shifted; correct the row."
            self.complain(row, None, problem, doubts=self.row_id)
            return False
        if row.number in self.table.stray:
            self.complain(row, None, STRAY, doubts=self.row_id)
        if row.number in self.table.short:
            self.complain(row, None, SHORT, doubts=self.row_id)
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
            self.complain(column, str(error), doubts=self.reading.doubted(column))
            return None

    def text(self, column: str) -> str | None:
        """Return a cell of plain text."""
        return self.get(column, cells.words)

    def day(self, column: str) -> date | None:
        """Return a cell that holds a date."""
        return self.get(column, partial(self._day, column))

    def _day(self, column: str, raw: str) -> date | None:
        if column == "expires_on" and cells.words(raw).casefold() in days.NO_END:
            return None
        if days.has_two_readings(raw) and self.reading.any_cell(column, days.is_month_first):
            raise UnreadableCellError(days.MONTH_FIRST)
        return days.day(raw, self.reading.table.epoch)

    def past_day(self, column: str, problem: str) -> date | None:
        """Return a date that lies no later than the day of the audit; a later one is a problem and then None."""
        day = self.day(column)
        if day is None or day <= self.reading.as_of:
            return day
        self.complain(column, problem, doubts=self.reading.doubted(column))
        return None

    def done_days(self) -> dict[str, Any]:
        """Return each day on which something was done, by its column, and the columns that say no such day."""
        columns = DONE_DAYS.get(self.reading.register, ())
        days: dict[str, Any] = {name: self.past_day(name, DONE_LATER) for name in columns}
        return {**days, "unread_days": ";".join(n for n in columns if days[n] is None and self.says(n)) or None}

    def consent(self, column: str) -> str | None:
        """Return given or withdrawn, None where nothing is said; what nobody understands is a refusal.

        Where several columns hold consents, a refusal in any one of them is one.
        """
        spare = map(self.row.cell, self.reading.columns.spare.get(column, ()))
        answers = [self._consent(column, raw) for raw in (self._raw(column), *spare)]
        return WITHDRAWN if WITHDRAWN in answers else next(filter(None, answers), None)

    def _consent(self, column: str, raw: str) -> str | None:
        is_welsh = means_two(raw) and self.reading.any_cell(column, is_welsh_answer)
        try:
            return WITHDRAWN if is_welsh else consent(raw)
        except UnreadableCellError as error:
            self.complain(column, str(error))
            return WITHDRAWN

    def row_id(self) -> str | None:
        """Return the row's id; None, with the problem noted, when it is missing."""
        column = str(self.reading.row_id)
        before = len(self.reading.problems)
        row_id = self.get(column, cells.identifier)
        if row_id is None and len(self.reading.problems) == before:
            is_nobody = column == "person_id" and not (self.says("full_name") or self.says("surname"))
            self.complain(column, "The row has no id; give it one.", doubts=None if is_nobody else column)
        return row_id

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

    def each(self, column: str, convert: Callable[[str], str], parts: Callable[[str], list[str]] = cells.parts) -> str:
        """Return the parts of a cell separated by semicolons; a part that cannot be read is left out."""
        converted = []
        for part in parts(self._raw(column)):
            try:
                converted.append(convert(part))
            except UnreadableCellError as error:
                self.complain(column, str(error), doubts=self.reading.doubted(column))
        return ";".join(dict.fromkeys(converted))

    def complain(self, column: str | None, problem: str, *, doubts: str | None = None) -> None:
        """Note what is wrong with this row."""
        self.reading.complain(self.row, column, problem, doubts=doubts)

    def _raw(self, column: str) -> str:
        place = self.reading.columns.places.get(column)
        return self.row.cell(place) if place is not None else ""
