"""Reads a CSV file of named columns strictly: every cell is read rightly, or one sentence names the line to mend.

Commas, semicolons and tabs are told apart by the first line, and UTF-16 by its byte order mark. What cannot be read
without a guess is refused: other encodings, a quotation mark that is never closed, a row of more cells than columns.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from flows.home.settings import ConfigurationError

Warn = Callable[[str], None]
LONGEST_CELL = 1_000_000
_DELIMITERS = (",", ";", "\t")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NO_TEXT = {
    b"PK": "a zip or Excel file under another name; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an Excel file under another name; save the sheet as CSV UTF-8",
    b"\x1f\x8b": "a compressed file under another name; unpack it first",
    b"%PDF": "a PDF file under another name; save its table as CSV UTF-8",
}
_NO_LETTER = re.compile("[\x00\udc80-\udcff]")  # NUL, or a byte that is not UTF-8, as `surrogateescape` gives it


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: the line of the file on which it begins, and its cells by column, as they were written."""

    line: int
    cells: Mapping[str, str]


def read_csv(path: Path, columns: Sequence[str], needed: Sequence[str], warn: Warn) -> Iterator[CsvRow]:
    """Yield every row that is not blank, with those of `columns` that the file has; `needed` must be there.

    Headings are read without case and outer spaces, and others are ignored with a warning. Rows come as they are read,
    so a mistake further down shows when it is reached. Raises ConfigurationError in a sentence, with the line.
    """
    try:
        with path.open("rb") as raw:
            file = TextIOWrapper(raw, encoding=_encoding(raw, path), errors="surrogateescape", newline="")
            yield from _rows(path, file, columns, needed, warn)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error


def _encoding(raw: BufferedReader, path: Path) -> str:
    start = raw.peek(4)[:4]
    for mark, what in _NO_TEXT.items():
        if start.startswith(mark):
            raise ConfigurationError(f"{path.name} is {what}.")
    return _MARKS.get(start[:2], "utf-8-sig")


def _rows(
    path: Path, file: TextIOWrapper, columns: Sequence[str], needed: Sequence[str], warn: Warn
) -> Iterator[CsvRow]:
    lines = _letters(path, file)
    first = next(lines, "")
    if not first.strip():
        raise ConfigurationError(f"{path.name} has nothing on its first line; it must name {_named(needed)}.")
    delimiter, head = _head(path, first, columns, needed, warn)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 2
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield CsvRow(line, _cells(path, line, head, cells, columns))
            line = reader.line_num + 2
    except csv.Error as error:
        raise ConfigurationError(f"{path.name}: {_broken(line, error)}") from error


def _letters(path: Path, file: TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a file, as long as they are letters in its encoding."""
    try:
        for number, line in enumerate(file, start=1):
            if _NO_LETTER.search(line):
                what = "holds NUL bytes, which no text has" if "\x00" in line else "is not UTF-8 text"
                raise ConfigurationError(f"{path.name}, line {number} {what}; save the file as CSV UTF-8.")
            yield line
    except UnicodeError as error:
        raise ConfigurationError(f"{path.name} is UTF-16 in part only; save the file as CSV UTF-8.") from error


def _head(
    path: Path, first: str, columns: Sequence[str], needed: Sequence[str], warn: Warn
) -> tuple[str, Sequence[str]]:
    """Return what parts the cells, by which the first line has every column that is needed; and the headings."""
    heads = {delimiter: _split(first, delimiter) for delimiter in _DELIMITERS}
    delimiter = max(heads, key=lambda mark: sum(name in heads[mark] for name in needed))  # a comma, if all are equal
    head = heads[delimiter]
    if missing := [name for name in needed if name not in head]:
        if first.count('"') % 2:
            raise ConfigurationError(f"{path.name}: {_quoted_wrongly(1)}")
        raise ConfigurationError(f"{path.name} has no {_named(missing)}; its first line must name the columns.")
    if doubled := [name for name in columns if head.count(name) > 1]:
        raise ConfigurationError(f"{path.name} has the {_named(doubled)} twice; rename one of the two.")
    if unknown := sorted({name for name in head if name and name not in columns}):
        warn(f"{path.name}: ignored {', '.join(unknown)}.")
    return delimiter, head


def _split(first: str, delimiter: str) -> list[str]:
    """Return the headings of the first line parted so; none where its quotation marks do not fit that."""
    try:
        return [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter, strict=True))]
    except csv.Error:
        return []


def _cells(
    path: Path, line: int, head: Sequence[str], cells: Sequence[str], columns: Sequence[str]
) -> Mapping[str, str]:
    if len(cells) < len(head) or any(cell.strip() for cell in cells[len(head) :]):
        raise ConfigurationError(
            f"{path.name}, line {line} has {len(cells)} cells, and the first line names {len(head)} columns; "
            "put a text that holds commas, semicolons or line breaks between quotation marks."
        )
    return {name: cell for name, cell in zip(head, cells, strict=False) if name in columns}


def _broken(line: int, error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"the row that begins on line {line} has a cell of more than {LONGEST_CELL:,} characters; shorten it."
    return _quoted_wrongly(line)


def _quoted_wrongly(line: int) -> str:
    return (
        f"the row that begins on line {line} has a quotation mark that is not closed, or closed too early; "
        'write a quotation mark within a text twice, as "".'
    )


def _named(columns: Sequence[str]) -> str:
    return f"column {columns[0]}" if len(columns) == 1 else f"columns {' and '.join(columns)}"
