"""Changes one row of an Excel workbook, all else in it as it was; a workbook that would lose something is refused."""

import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from openpyxl import load_workbook

from connectors.registers.cells import trimmed
from connectors.registers.table import RegisterTable
from connectors.registers.table_rows import Row

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
