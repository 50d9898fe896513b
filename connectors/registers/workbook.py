"""Reads the sheets of an Excel workbook: numbered rows of text, merged cells, and cells that show no value.

A cell without a value to be had says so in place of it: what a formula would show, or what is struck through.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connectors.registers.table_rows import Row

EXCEL_DIGITS = 15
NO_VALUE, STRUCK = "#FORMULA!", "#STRUCK!"

# A formula's cell without the value that a program keeps beside it; of a text, an empty value is one.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one: from row and column to row and column, rows from 1, columns from 0."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of a sheet, which of its cells are one, and whether it is hidden."""

    rows: list[Row]
    merged: tuple[Merged, ...]
    is_hidden: bool


def sheets_of(body: bytes) -> tuple[date, list[ReadSheet]]:
    """Return the day that the workbook's day numbers count from, and its sheets; raises what the parser raises."""
    from openpyxl import load_workbook  # noqa: PLC0415 - 180 modules, which registers as CSV do without

    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        book: Any = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        strikes = any(font.strike for font in book._fonts)  # noqa: SLF001 - asked of each cell only where there are any
        sheets = []
        for sheet in book.worksheets:
            xml = archive.read(sheet._worksheet_path)  # noqa: SLF001 - openpyxl reads no merged cells in this way
            rows = [row for row in _rows(sheet, _without_value(xml), strikes=strikes) if any(map(str.strip, row.cells))]
            sheets.append(ReadSheet(rows, tuple(_merged(xml)), sheet.sheet_state != "visible"))
        book.close()
    return book.epoch.date(), sheets


def _without_value(xml: bytes) -> dict[int, list[int]]:
    """Return by row the columns of the cells whose formula has no value."""
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 - as above

    places: dict[int, list[int]] = {}
    for match in _FORMULA.finditer(xml):
        place = _PLACE.search(match[1])
        if place and not (b't="str"' in match[1] and match[2]):
            column, row, *_ = map(int, filter(None, range_boundaries(place[1].decode())))
            places.setdefault(row, []).append(column - 1)
    return places


def _merged(xml: bytes) -> Iterator[Merged]:
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 - as above

    for ref in _MERGED.findall(xml):
        column, row, last_column, last_row = map(int, filter(None, range_boundaries(ref.decode())))
        yield Merged(row, column - 1, last_row, last_column - 1)


def _rows(sheet: Any, without_value: Mapping[int, Sequence[int]], *, strikes: bool) -> Iterator[Row]:
    sheet.reset_dimensions()  # some exporters declare a single cell
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_shown(cell, strikes=strikes) for cell in cells]
        for place in without_value.get(number, ()):
            texts += [""] * (place + 1 - len(texts))
            texts[place] = texts[place] or NO_VALUE
        yield Row(number, tuple(texts))


def _shown(cell: Any, *, strikes: bool) -> str:
    if cell.value is None:
        return ""
    return STRUCK if strikes and cell.font.strike else _text(cell.value, cell.number_format)


def _text(value: Any, form: str) -> str:
    """Return what Excel would show, for what a register holds; a number beyond Excel's digits stays visibly so."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**EXCEL_DIGITS:
            return f"{value:.14E}"
        return str(value).zfill(len(form)) if re.fullmatch("0+", form) else str(value)
    return str(value)
