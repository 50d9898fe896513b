"""Puts a row into a register file, or changes cells of one, in the file's own form; or refuses and says what to do.

The file that comes of it is read again before it is given back: every other row is as it was, or nothing is given.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from connectors.registers.cells import UnreadableCellError, identifier, trimmed
from connectors.registers.edited_files import CsvEdit, WorkbookEdit
from connectors.registers.headers import Columns, find_columns, lacking, score
from connectors.registers.table import RegisterTable, read_table
from connectors.registers.table_rows import Row
from policies.errors import UserError

Value = str | date
_HANDLE = re.compile(r"@[\w.\u00b7-]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
Values = Mapping[str, Value]


class RegisterFormError(UserError):
    """A register cannot be changed safely in its own form; the message says why, and what to write by hand."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """The bytes of one register, its name, and the school's own headings in it."""

    register: str
    file_name: str
    body: bytes
    mapped: Mapping[str, str] | None = None

    @property
    def id_column(self) -> str:
        """The column that names a row."""
        return "photograph_id" if self.register == "photographs" else "person_id"


def with_row(file: RegisterFile, values: Values) -> bytes:
    """Return the file with one row more, after its last; RegisterFormError where that cannot be done safely."""
    _ensure_plain(values)
    table, columns = _read(file)
    places = _places(file, columns, values)
    row_id = str(values[file.id_column])
    place = columns.places[file.id_column]
    there = (trimmed(row.cells[place]) for row in table.rows if place < len(row.cells))
    if same := next((ident for ident in there if ident.casefold() == row_id.casefold()), None):
        raise RegisterFormError(f"The {file.register} register has a row {same} already. Choose another id.")
    last = table.rows[-1] if table.rows else table.header
    return _edited(file, values, table, Row(last.number + 1, ("",) * len(columns.header)), places, is_new=True)


def with_cells(file: RegisterFile, row_id: str, values: Values) -> bytes:
    """Return the file with these cells changed in the row of this id; RegisterFormError where that is not safe."""
    _ensure_plain(values)
    table, columns = _read(file)
    places = _places(file, columns, values)
    row = _row_of(table, columns, file, row_id)
    if row is None:
        message = f"The {file.register} register has no row {row_id} with an id of its own. Give it one, and look again"
        raise RegisterFormError(f"{message}.")
    return _edited(file, {file.id_column: row_id, **values}, table, row, places, is_new=False)


def _ensure_plain(values: Values) -> None:
    """Raise RegisterFormError for what a spreadsheet takes for a formula, or what cannot be seen; a handle is none."""
    for name, value in values.items():
        text = str(value)
        is_formula = text.startswith(("=", "+", "-", "@")) and not _HANDLE.fullmatch(text)
        if is_formula or any(unicodedata.category(sign) in _UNSEEN for sign in text):
            raise RegisterFormError(
                f"What was given for {name} begins with = + - or @, or holds a sign that cannot be seen. "
                "Write it without."
            )


def _read(file: RegisterFile) -> tuple[RegisterTable, Columns]:
    table = read_table(file.body, file.file_name, partial(score, register=file.register, mapped=file.mapped))
    columns = find_columns(table.header.cells, file.register, file.mapped)
    if lacking(columns, file.register) or not columns.has(file.id_column):
        raise RegisterFormError(
            f"The {file.register} register has no column {file.id_column}, so that no row can be named. Add it."
        )
    return table, columns


def _places(file: RegisterFile, columns: Columns, values: Values) -> dict[int, Value]:
    if absent := [name for name, value in values.items() if value and not columns.has(name)]:
        them = "it" if len(absent) == 1 else "them"
        raise RegisterFormError(
            f"The {file.register} register has no column for {' and '.join(absent)}. Add {them} to {file.file_name}, "
            "and do this again; nothing was changed."
        )
    return {columns.places[name]: value for name, value in values.items() if columns.has(name)}


def _row_of(table: RegisterTable, columns: Columns, file: RegisterFile, row_id: str) -> Row | None:
    place = columns.places[file.id_column]
    return next((row for row in table.rows if place < len(row.cells) and _id_in(row.cells[place]) == row_id), None)


def _id_in(cell: str) -> str:
    try:
        return identifier(cell)
    except UnreadableCellError:
        return ""


def _edited(
    file: RegisterFile, values: Values, table: RegisterTable, row: Row, places: Mapping[int, Value], *, is_new: bool
) -> bytes:
    """Return the changed bytes once they were read again: the row as it should be, and all others as they were."""
    ranking = partial(score, register=file.register, mapped=file.mapped)
    try:
        is_workbook = file.body.startswith(b"PK")
        edit = WorkbookEdit(file.body, table) if is_workbook else CsvEdit(file.body, table, ranking)
        body, cells = edit.changed(row, places, is_new=is_new)
        after = read_table(body, file.file_name, ranking)
    except UserError:
        raise
    except ValueError as error:
        raise RegisterFormError(_by_hand(file, values, str(error))) from error
    except Exception as error:  # a workbook's parser raises whatever its oddities happen to hit
        raise RegisterFormError(_by_hand(file, values, "is of a form that is not known here")) from error
    if not _is_as_meant(table, after, Row(row.number, cells), is_new=is_new):
        raise RegisterFormError(_by_hand(file, values, "would lose something by it, such as what a formula shows"))
    return body


def _is_as_meant(before: RegisterTable, after: RegisterTable, row: Row, *, is_new: bool) -> bool:
    kept = [(other.cells if other.number != row.number or is_new else row.cells) for other in before.rows]
    meant = [before.header.cells, *kept, *([row.cells] if is_new else [])]
    return _stripped(meant) == _stripped([after.header.cells, *(other.cells for other in after.rows)])


def _stripped(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [_without_blanks(list(map(trimmed, cells))) for cells in rows]


def _without_blanks(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _by_hand(file: RegisterFile, values: Values, why: str) -> str:
    said = ", ".join(f"{name} {value}" for name, value in values.items() if value)
    return f"{file.file_name} {why}, so nothing was changed. Write it in by hand: {said}."
