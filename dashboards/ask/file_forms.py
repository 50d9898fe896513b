"""The two forms of an answer that a library of their own writes: Parquet and a workbook."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from pyarrow import parquet
from xlsxwriter import Workbook

from dashboards.ask import AskError
from dashboards.ask.cell_text import MOST_SHEET_ROWS, AnswerWriter, Rows, sheet_cell
from dashboards.safe_text import cell, plain, shortened

_LONGEST_CELL = 32_000  # characters; a spreadsheet holds 32,767


class ParquetAnswer(AnswerWriter):
    """A Parquet file with the types of the answer; its texts are plain."""

    def begin(self, names: Sequence[str]) -> bytes:
        """Keep the names."""
        self._columns: list[list[Any]] = [[] for _ in names]
        return super().begin(names)

    def rows(self, rows: Rows) -> bytes:
        """Keep the rows: a column's type is known at the end."""
        for row in rows:
            for column, value in zip(self._columns, row, strict=True):
                column.append(_plain(value))
        return b""

    def end(self, _told: str, /) -> bytes:
        """Give the file."""
        out = io.BytesIO()
        arrays = [_array(values) for values in self._columns]
        parquet.write_table(pa.Table.from_arrays(arrays, names=[plain(name) for name in self.names]), out)
        return out.getvalue()


class SheetAnswer(AnswerWriter):
    """A workbook of one sheet: ids are text, nothing is a formula or a link."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = Workbook(self._out, {"in_memory": True, **options})
        self._sheet = self._book.add_worksheet("Answer")
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._at = 0

    def begin(self, names: Sequence[str]) -> bytes:
        """Write the headings."""
        bold = self._book.add_format({"bold": True, "bottom": 1})
        for place, name in enumerate(names):
            self._sheet.write_string(0, place, str(cell(name)), bold)
        self._sheet.freeze_panes(1, 0)
        return b""

    def rows(self, rows: Rows) -> bytes:
        """Write the rows; AskError once they are more than a sheet is good for."""
        for row in rows:
            self._at += 1
            if self._at > MOST_SHEET_ROWS:
                raise AskError(f"A workbook holds {MOST_SHEET_ROWS:,} rows here; ask for csv or parquet, or for less.")
            for place, value in enumerate(row):
                self._write(place, sheet_cell(value))
        return b""

    def end(self, _told: str, /) -> bytes:
        """Give the file."""
        self._book.close()
        return self._out.getvalue()

    def _write(self, place: int, value: Any) -> None:
        if isinstance(value, str):
            self._sheet.write_string(self._at, place, shortened(value, _LONGEST_CELL))
        elif isinstance(value, date):
            self._sheet.write_datetime(self._at, place, value, self._day)
        elif value is not None:
            self._sheet.write_number(self._at, place, value)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return {_plain(key): _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def _array(values: list[Any]) -> Any:
    """Return the column; one whose values are of several kinds, which no Parquet column holds, as text."""
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError):
        return pa.array([None if value is None else str(value) for value in values])
