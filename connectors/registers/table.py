"""Turns the bytes of a register file into numbered rows of text: CSV of any common sort, or XLSX.

Nothing here knows what a column means: whoever asks says which row could be the header. A row's number is the one
that a spreadsheet program shows beside it.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook

from connectors.errors import SourceRefused
from connectors.registers.table_rows import MOST_TITLE_ROWS, Row, Score, below, place_of_header

EXCEL_EPOCH = date(1899, 12, 30)
MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED_BYTES = 512 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
EXCEL_DIGITS = 15
_NO_TABLE = {b"%PDF": "a PDF", b"<!": "a web page", b"<html": "a web page", b'{"': "a link to an online sheet"}
_LOOKED_AT = 1000  # signs, by which text is told from what is none


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One register file: its header, the rows that are not blank, and the day that its day numbers count from."""

    header: Row
    rows: tuple[Row, ...]
    epoch: date = EXCEL_EPOCH


def read_table(body: bytes, file_name: str, score: Score) -> RegisterTable:
    """Return the table in these bytes; SourceRefused("input") when there is none to be had.

    Its header is the row with the highest score, the first of several; rows above it are titles. Where no row could
    be the header it is the first one that is not blank.
    """
    if not body.strip():
        raise refused(file_name, "is empty", "Export the register again")
    if len(body) > MOST_BYTES:
        raise refused(file_name, "is larger than 64 MB, which no register is", "Export the register alone")
    if what := next((name for start, name in _NO_TABLE.items() if body.lstrip().startswith(start)), None):
        raise refused(file_name, f"is {what}, although its name says otherwise", "Export the register as CSV or .xlsx")
    if body.startswith(OLD_EXCEL):
        problem = "is an old Excel file or has a password"
        raise refused(file_name, problem, "Save it as .xlsx or .csv without a password")
    epoch = EXCEL_EPOCH
    if body.startswith(b"PK"):
        epoch, rows = _xlsx(body, file_name, score)
    elif PurePath(file_name).suffix.lower() in {".xlsx", ".xlsm"}:
        raise refused(file_name, "is no Excel workbook, although its name says so", "Save it again as .xlsx")
    else:
        rows = _csv(body, file_name, score)
    full = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not full:
        raise refused(file_name, "has no header row", "Export the register with its column headers")
    place = place_of_header(full, score) or 0
    return RegisterTable(full[place], below(full[place], full[place + 1 :]), epoch)


def refused(file_name: str, problem: str, remedy: str) -> SourceRefused:
    """Return the error that says in one sentence which file is unusable, why, and what to do."""
    return SourceRefused(f"The register {file_name} {problem}: {_lower(remedy)}, then run again.", reason="input")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _csv(body: bytes, file_name: str, score: Score) -> list[Row]:
    text = _decode(body, file_name)
    number = 0
    rows = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, score), strict=True)
        for number, cells in enumerate(reader, start=1):
            rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        problem = f"cannot be read from row {number + 1} on, where a quotation mark is out of place"
        raise refused(file_name, problem, "Correct that row or export the register again") from error
    return rows


def _decode(body: bytes, file_name: str) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in body[:2]:  # every other byte is zero: UTF-16 that does not say so
        encodings = ("utf-16-be",) if body.startswith(b"\0") else ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not any(sign < " " and not sign.isspace() for sign in text[:_LOOKED_AT]):
            return text
    raise refused(file_name, "is neither a CSV file nor an Excel workbook", "Save it as CSV (UTF-8) or .xlsx")


def delimiter_of(text: str, score: Score) -> str:
    """Return the sign between cells: the one under which a row could be the header, or the most frequent one."""
    lines = [line for line in islice(io.StringIO(text, newline=None), 2 * MOST_TITLE_ROWS) if line.strip()]
    try:
        split = {sign: list(csv.reader(lines, delimiter=sign)) for sign in DELIMITERS}
    except csv.Error:
        return DELIMITERS[0]  # the reading itself meets the same error, and says where
    best = {sign: max(map(score, rows), default=0) for sign, rows in split.items()}
    widest = {sign: len(rows[0]) if rows else 0 for sign, rows in split.items()}
    return max(DELIMITERS, key=lambda sign: (best[sign], widest[sign]))


def _xlsx(body: bytes, file_name: str, score: Score) -> tuple[date, list[Row]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # exporters leave out styles, and openpyxl remarks on it
        try:
            _fits(body)
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            rows, sheets = _sheet(book.worksheets, score)
            book.close()
        except Exception as error:  # the parser raises whatever the damage happens to hit
            problem = "is a damaged Excel workbook"
            raise refused(file_name, problem, "Open it in Excel and save it again as .xlsx") from error
    if sheets > 1:
        problem = f"has rows of people or photographs on {sheets} sheets, and a register is one list"
        raise refused(file_name, problem, "Put them on one sheet, or save each list as a file of its own")
    return book.epoch.date(), rows


def _sheet(sheets: Sequence[Any], score: Score) -> tuple[list[Row], int]:
    """Return the rows of the sheet that is the register, and how many sheets have a header and rows below it.

    It is the first such sheet, else the first with a header, else the first that is not blank: covers come before.
    """
    full = [[row for row in _rows(sheet) if any(cell.strip() for cell in row.cells)] for sheet in sheets]
    headed = [(rows, place) for rows in full if (place := place_of_header(rows, score)) is not None]
    lists = [rows for rows, place in headed if len(rows) > place + 1]
    first = [*lists, *(rows for rows, _ in headed), *filter(None, full), []]
    return first[0], len(lists)


def _fits(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise zipfile.BadZipFile("it unpacks to more than a register can hold")


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # some exporters declare a single cell
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = (_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells)
        yield Row(number, tuple(texts))


def _text(value: Any, form: str) -> str:
    """Return what Excel would show, for what a register holds; a number beyond Excel's digits stays visibly so."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**EXCEL_DIGITS:
            return f"{value:.14E}"
        return str(value).zfill(len(form)) if re.fullmatch("0+", form) else str(value)
    return str(value)
