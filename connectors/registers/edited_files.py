"""Changes one row of a CSV file or an Excel workbook, all else as it was; where something would be lost, it refuses."""

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from connectors.registers.cells import trimmed
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
        is_british = any(_BRITISH.fullmatch(row.cell(place).strip()) for row in self._table.rows)
        return f"{value:%d/%m/%Y}" if is_british else value.isoformat()


def _decoded(body: bytes) -> tuple[bytes, str, str]:
    for mark, encoding in _ENCODINGS:
        try:
            text = body[len(mark) :].decode(encoding) if body.startswith(mark) else None
        except UnicodeDecodeError:
            continue
        if text is not None and "\0" not in text and mark + text.encode(encoding) == body:
            return mark, encoding, text
    raise ValueError("is written in signs that are not known here")


# What a program may write anew or leave out without anybody missing it.
_NO_LOSS = frozenset(
    {"docProps", "xl/printerSettings", "customXml", "customXml/_rels", "xl/worksheets/_rels", "xl/theme"}
)
_LOOSE = frozenset({"xl/calcChain.xml", "xl/sharedStrings.xml"})


class WorkbookEdit:
    """One workbook that is to be changed."""

    def __init__(self, body: bytes, table: RegisterTable) -> None:
        self._body, self._table = body, table

    def changed(self, row: Row, places: Mapping[int, str | date], *, is_new: bool) -> tuple[bytes, tuple[str, ...]]:
        """Return the workbook with this row put in or changed, and the row's cells; ValueError where it cannot be."""
        from openpyxl import load_workbook  # noqa: PLC0415 - 180 modules, which registers as CSV do without

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on what it leaves out, which is looked for below
            book = load_workbook(io.BytesIO(self._body))
            sheet = self._sheet(book.worksheets)
            if is_new:
                _ensure_room(sheet, row.number)
            cells = [*row.cells, *[""] * (len(self._table.header.cells) - len(row.cells))]
            for place, value in places.items():
                _put(sheet, row.number, place + 1, value)
                cells[place] = value if isinstance(value, str) else value.isoformat()
            made = io.BytesIO()
            book.save(made)
        if lost := _parts(self._body) - _parts(made.getvalue()):
            raise ValueError(f"holds {_in_words(lost)} that would be lost")
        return made.getvalue(), tuple(cells)

    def _sheet(self, sheets: list[Any]) -> Any:
        head = [trimmed(cell) for cell in self._table.header.cells]
        like = [sheet for sheet in sheets if _texts(sheet, self._table.header.number, len(head)) == head]
        if len(like) != 1:
            raise ValueError("does not say clearly on which sheet its list is")
        if like[0].protection.sheet:
            raise ValueError("has a sheet that is locked")
        if any(cell.data_type == "f" for row in like[0].iter_rows() for cell in row):
            raise ValueError("has formulas in its list, and what they show would be lost")
        return like[0]


def _texts(sheet: Any, number: int, wide: int) -> list[str]:
    values = (sheet.cell(row=number, column=column).value for column in range(1, wide + 1))
    return ["" if value is None else trimmed(str(value)) for value in values]


def _ensure_room(sheet: Any, number: int) -> None:
    if sheet.tables:
        raise ValueError("is formatted as an Excel table, which has an end of its own")
    below = sheet.iter_rows(min_row=number, values_only=True)
    if any(value is not None for values in below for value in values):
        raise ValueError("has something below its last row")


def _put(sheet: Any, number: int, column: int, value: str | date) -> None:
    cell = sheet.cell(row=number, column=column)
    if isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
        return
    cell.value, cell.number_format = value or None, "@"
    if value:
        cell.data_type = "s"  # whatever it begins with, it is no formula


def _parts(body: bytes) -> Counter[str]:
    """Return how many parts of each sort a workbook has: sheets, drawings, charts, pictures, macros and so on."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = [name for name in archive.namelist() if name not in _LOOSE and not name.endswith("/")]
    kinds = (str(PurePosixPath(name).parent) for name in names)
    return Counter(kind for kind in kinds if kind not in _NO_LOSS)


def _in_words(lost: Counter[str]) -> str:
    names = {kind.rpartition("/")[2].strip("_") for kind in lost} - {"rels", "."}
    return " and ".join(sorted(names)) if names and names != {"xl"} else "macros or other parts"
