"""Give an answer as a table for a terminal or a page, or as CSV, JSON, Parquet or XLSX, row by row as it comes.

No cell can do harm where it is opened: text is made plain in all forms but JSON, where what cannot be seen, steers a
terminal or turns the direction is escaped instead, and a spreadsheet never takes a cell for a formula.
"""

import json
from collections.abc import Sequence
from typing import Any, Literal, get_args

from dashboards.ask.cell_text import CUT, AnswerWriter, Rows, csv_cell, csv_text, json_text, narrow, seen
from dashboards.safe_text import cell

Form = Literal["table", "csv", "json", "parquet", "xlsx", "page"]
FILE_FORMS = ("csv", "json", "parquet", "xlsx")
FORMS = ("table", *FILE_FORMS)
BYTE_ORDER_MARK = "\ufeff"
WIDEST_CELL, WIDEST_ON_PAGE = 64, 600  # a fingerprint stands whole
_NEVER_CUT = 1_000_000_000


def writer_of(form: Form) -> AnswerWriter:
    """Return a writer of this form; ValueError for another form."""
    if form not in get_args(Form):
        raise ValueError(f"There is no form called {form!r}. Choose one of: {', '.join(FORMS)}.")
    if form in {"parquet", "xlsx"}:
        from dashboards.ask import file_forms  # noqa: PLC0415 - the other forms do not wait for these libraries

        return file_forms.ParquetAnswer() if form == "parquet" else file_forms.SheetAnswer()
    made: dict[str, AnswerWriter] = {
        "table": TableAnswer(), "csv": CsvAnswer(), "json": JsonAnswer(), "page": PageAnswer()
    }  # fmt: skip
    return made[form]


class CsvAnswer(AnswerWriter):
    """A CSV as spreadsheets read it; digits of a text are in quotes, so that a program can tell an id from a number."""

    def begin(self, names: Sequence[str]) -> bytes:
        """Give the mark of UTF-8 and the headings."""
        return (BYTE_ORDER_MARK + ",".join(csv_text(str(cell(name))) for name in names) + "\r\n").encode()

    def rows(self, rows: Rows) -> bytes:
        """Give a line for each row."""
        return "".join(",".join(map(csv_cell, row)) + "\r\n" for row in rows).encode()


class JsonAnswer(AnswerWriter):
    """A list of objects, one a line, every value as it is; no character in it steers or hides."""

    def __init__(self) -> None:
        self._before = "[\n  "

    def rows(self, rows: Rows) -> bytes:
        """Give an object for each row."""
        parts = []
        for row in rows:
            parts += [self._before, json_text(dict(zip(self.names, row, strict=True)))]
            self._before = ",\n  "
        return "".join(parts).encode()

    def end(self, _told: str, /) -> bytes:
        """Close the list."""
        return b"[]\n" if self._before.startswith("[") else b"\n]\n"


class TableAnswer(AnswerWriter):
    """A table for a terminal, and beneath it how many rows there are, and whether a cell was too wide for it."""

    shows_all = False

    def __init__(self) -> None:
        self._lines: list[list[str]] = []

    def begin(self, names: Sequence[str]) -> bytes:
        """Keep the headings."""
        self._lines.append([narrow(seen(name, _NEVER_CUT), WIDEST_CELL) for name in names])
        return b""

    def rows(self, rows: Rows) -> bytes:
        """Keep the rows; how wide a column is, is known at the end."""
        self._lines += [[narrow(seen(value, _NEVER_CUT), WIDEST_CELL) for value in row] for row in rows]
        return b""

    def end(self, told: str, /) -> bytes:
        """Give the whole table."""
        widths = [max(len(line[place]) for line in self._lines) for place in range(len(self._lines[0]))]
        head, *rows = ("  ".join(text.ljust(w) for text, w in zip(line, widths, strict=True)) for line in self._lines)
        rule = "  ".join("-" * width for width in widths)
        is_cut = any(text.endswith(CUT) for line in self._lines for text in line)
        note = [f"({CUT} ends a cell that is longer: --out FILE.csv has it whole)"] if is_cut else []
        return ("\n".join(line.rstrip() for line in [head, rule, *rows, f"({told})", *note]) + "\n").encode()


class PageAnswer(AnswerWriter):
    """The names and the cells' texts in JSON, for a page that shows them."""

    shows_all = False

    def __init__(self) -> None:
        self._said: dict[str, Any] = {"names": [], "rows": []}

    def begin(self, names: Sequence[str]) -> bytes:
        """Keep the names."""
        self._said["names"] = [seen(name, WIDEST_CELL) for name in names]
        return b""

    def rows(self, rows: Rows) -> bytes:
        """Keep the cells' texts."""
        self._said["rows"] += [[seen(value, WIDEST_ON_PAGE) for value in row] for row in rows]
        return b""

    def end(self, told: str, /) -> bytes:
        """Give it all."""
        return json.dumps({**self._said, "told": told}).encode()
