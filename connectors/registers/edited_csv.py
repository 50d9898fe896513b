"""Changes one row of a CSV file: encoding, delimiter, quotation marks, line ends and all other bytes stay."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from connectors.registers.table import RegisterTable, delimiter_of
from connectors.registers.table_rows import Row, Score

# The mark that a file begins with, and the encoding that it then has; the first that gives the same bytes back.
_ENCODINGS = (
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"), (b"", "utf-8"), (b"", "cp1252"),
)  # fmt: skip
_BRITISH = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


class CsvEdit:
    """One CSV file that is to be changed; `score` says which row could be its header."""

    def __init__(self, body: bytes, table: RegisterTable, score: Score) -> None:
        self._table = table
        self._mark, self._encoding, text = _decoded(body)
        self._lines = list(io.StringIO(text, newline=""))
        self._sign = delimiter_of(text, score)
        reader = csv.reader(self._lines, delimiter=self._sign, strict=True)
        self._ends = [0, *(reader.line_num for _ in reader)]

    def changed(self, row: Row, places: Mapping[int, str | date], *, is_new: bool) -> tuple[bytes, tuple[str, ...]]:
        """Return the file with this row put in or changed, and the row's cells; ValueError where it cannot be."""
        cells = [*row.cells, *[""] * (len(self._table.header.cells) - len(row.cells))]
        for place, value in places.items():
            cells[place] = self._written(value, place)
        number = row.number - 1
        begin, end = self._ends[number], self._ends[number] if is_new else self._ends[row.number]
        lines = [*self._lines[:begin], self._line(cells), *self._lines[end:]]
        if begin and not lines[begin - 1].endswith(("\r", "\n")):
            lines[begin - 1] += self._line_end()
        try:
            body = "".join(lines).encode(self._encoding)
        except UnicodeEncodeError as error:
            raise ValueError("cannot hold one of these letters") from error
        return self._mark + body, tuple(cells)

    def _line(self, cells: list[str]) -> str:
        head = self._table.header
        begin, end = list(pairwise(self._ends))[head.number - 1]
        is_quoted = "".join(self._lines[begin:end]).rstrip("\r\n") == self._as_csv(head.cells, csv.QUOTE_ALL)
        return self._as_csv(tuple(cells), csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL) + self._line_end()

    def _as_csv(self, cells: tuple[str, ...], quoting: int) -> str:
        made = io.StringIO()
        csv.writer(made, delimiter=self._sign, lineterminator="", quoting=quoting).writerow(cells)  # type: ignore[arg-type]
        return made.getvalue()

    def _line_end(self) -> str:
        line = self._lines[self._ends[self._table.header.number] - 1]
        return line[len(line.rstrip("\r\n")) :] or "\r\n"

    def _written(self, value: str | date, place: int) -> str:
        """Return a value as the column writes it: a day as the other days of it."""
        if isinstance(value, str):
            return value
        cells = [row.cells[place] for row in self._table.rows if place < len(row.cells)]
        return f"{value:%d/%m/%Y}" if any(_BRITISH.fullmatch(cell.strip()) for cell in cells) else value.isoformat()


def _decoded(body: bytes) -> tuple[bytes, str, str]:
    for mark, encoding in _ENCODINGS:
        try:
            text = body[len(mark) :].decode(encoding) if body.startswith(mark) else None
        except UnicodeDecodeError:
            continue
        if text is not None and "\0" not in text and mark + text.encode(encoding) == body:
            return mark, encoding, text
    raise ValueError("is written in signs that are not known here")
