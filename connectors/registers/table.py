"""Turns the bytes of a register file into numbered rows of text: CSV of any common sort, or XLSX.

Nothing here knows what a column means: whoever asks says which row could be the header. A row's number is the one
that a spreadsheet program shows beside it.
"""

import csv
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import PurePath

from connectors.errors import SourceRefused
from connectors.registers.letters import Letters, decoded, is_stray, mended
from connectors.registers.no_table import no_table, no_workbook
from connectors.registers.table_rows import MOST_TITLE_ROWS, Row, Score, below, is_group, place_of_header
from connectors.registers.two_headers import whole_header
from connectors.registers.workbook import Merged, ReadSheet, sheets_of

EXCEL_EPOCH = date(1899, 12, 30)
MOST_BYTES = 64 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
_COLUMNS = 3  # fewer are a list of names, in which a row of one cell is a person
_LOOKED_AT = 1000  # signs, by which text is told from what is none
_SAVE = "Save it as .xlsx or CSV (UTF-8)"


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One register file: its header, the rows that are not blank, and the day that its day numbers count from.

    `stray` are the numbers of the rows in which bytes are of another encoding than the file's; `guess` is what the
    encoding is called, where it had to be guessed. In a CSV file a row that is `short` has fewer cells than the header.
    `groups` are what stood alone in rows that head those below them, such as a class.
    """

    header: Row
    rows: tuple[Row, ...]
    epoch: date = EXCEL_EPOCH
    encoding: str | None = None
    guess: str | None = None
    stray: frozenset[int] = frozenset()
    short: frozenset[int] = frozenset()
    groups: tuple[str, ...] = ()


def read_table(body: bytes, file_name: str, score: Score) -> RegisterTable:
    """Return the table in these bytes; SourceRefused("input") when there is none to be had.

    Its header is the row with the highest score, the first of several; rows above it are titles. Where no row could
    be the header it is the first one that is not blank.
    """
    if not body.strip():
        raise refused(file_name, "is empty", "Export the register again")
    if len(body) > MOST_BYTES:
        raise refused(file_name, "is larger than 64 MB, which no register is", "Export the register alone")
    if problem := no_table(body):
        raise refused(file_name, problem, _SAVE)
    if body.startswith(b"PK"):
        return _from_workbook(body, file_name, score)
    if PurePath(file_name).suffix.lower() in {".xlsx", ".xlsm"}:
        raise refused(file_name, "is no Excel workbook, although its name says so", "Save it again as .xlsx")
    letters = _letters(body, file_name)
    rows = _csv(letters.text, file_name, score)
    stray = frozenset(row.number for row in rows if any(map(is_stray, row.cells)))
    plain = [Row(row.number, tuple(map(mended, row.cells))) if row.number in stray else row for row in rows]
    header, below_it, groups = _split(plain, file_name, score)
    wide = max((place for place, cell in enumerate(header.cells, start=1) if cell.strip()), default=0)
    short = frozenset(row.number for row in below_it if len(row.cells) < wide)
    return RegisterTable(
        header, below_it, encoding=letters.encoding, guess=letters.guess, stray=stray, short=short, groups=groups
    )


def _split(rows: Sequence[Row], file_name: str, score: Score) -> tuple[Row, tuple[Row, ...], tuple[str, ...]]:
    """Return the header, the rows below it that are not blank, and what stands alone in rows that head others."""
    full = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not full:
        raise refused(file_name, "has no header row", "Export the register with its column headers")
    place = place_of_header(full, score) or 0
    header, rest = whole_header(full, place)
    rows_below = below(full[place], full[rest:])
    groups = [row for row in rows_below if is_group(row)] if sum(map(bool, header.cells)) >= _COLUMNS else []
    kept = tuple(row for row in rows_below if row not in groups)
    return header, kept, tuple(cell.strip() for row in groups for cell in row.cells if cell.strip())


def refused(file_name: str, problem: str, remedy: str) -> SourceRefused:
    """Return the error that says in one sentence which file is unusable, why, and what to do."""
    return SourceRefused(f"The register {file_name} {problem}: {_lower(remedy)}, then run again.", reason="input")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _csv(text: str, file_name: str, score: Score) -> list[Row]:
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


def _letters(body: bytes, file_name: str) -> Letters:
    letters = decoded(body)
    if letters is None or "\0" in letters.text or _is_binary(letters.text[:_LOOKED_AT]):
        raise refused(file_name, "is neither a CSV file nor an Excel workbook", _SAVE)
    return letters


def _is_binary(text: str) -> bool:
    return any(sign < " " and not sign.isspace() for sign in text)


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


def _from_workbook(body: bytes, file_name: str, score: Score) -> RegisterTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # exporters leave out styles, and openpyxl remarks on it
        try:
            what = no_workbook(body)
            epoch, sheets = (EXCEL_EPOCH, []) if what else sheets_of(body)
        except Exception as error:  # the parser raises whatever the damage happens to hit
            problem = "is a damaged Excel workbook"
            raise refused(file_name, problem, "Open it in Excel and save it again as .xlsx") from error
    if what:
        raise refused(file_name, what, _SAVE)
    chosen, lists = _register_among(sheets, score)
    if len(lists) > 1:
        hidden = sum(sheet.is_hidden for sheet in lists)
        of_them = f" ({hidden} of them hidden)" if hidden else ""
        problem = f"has rows of people or photographs on {len(lists)} sheets{of_them}, and a register is one list"
        raise refused(file_name, problem, "Put them on one sheet, or save each list as a file of its own")
    header, rows, groups = _split(chosen.rows if chosen else (), file_name, score)
    filled = tuple(_filled(header, rows, chosen.merged if chosen else ()))
    return RegisterTable(header, filled, epoch, groups=groups)


def _register_among(sheets: Sequence[ReadSheet], score: Score) -> tuple[ReadSheet | None, list[ReadSheet]]:
    """Return the sheet that is the register, and those that have a header and rows below it.

    It is the first such sheet, else the first with a header, else the first that is not blank: covers come before.
    """
    headed = [(sheet, place) for sheet in sheets if (place := place_of_header(sheet.rows, score)) is not None]
    lists = [sheet for sheet, place in headed if len(sheet.rows) > place + 1]
    first = [*lists, *(sheet for sheet, _ in headed), *(sheet for sheet in sheets if sheet.rows)]
    return next(iter(first), None), lists


def _filled(header: Row, rows: Sequence[Row], merged: Sequence[Merged]) -> Iterator[Row]:
    """Yield the rows, and in each cell that is one with others below the header what they say together."""
    said = {(row.number, place): cell for row in rows for place, cell in enumerate(row.cells) if cell}
    below_it = [one for one in merged if one.row > header.number]
    for row in rows:
        cells = [*row.cells, *[""] * (len(header.cells) - len(row.cells))]
        for one in (one for one in below_it if one.row <= row.number <= one.last_row):
            for place in range(one.column, min(one.last_column + 1, len(cells))):
                cells[place] = said.get((one.row, one.column), cells[place])
        yield Row(row.number, tuple(cells)) if below_it else row
