"""Register files for the tests, and the reading of one of them; everyone in them is invented."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from connectors.records import Record
from connectors.registers.pull import RegistersSource
from connectors.source import Page, RequestCost

AS_OF = date(2026, 11, 2)


class NoStore:
    """A store that must stay untouched: register files and archives are no pages, and cost nothing."""

    def stored(self, listing: str) -> list[Page]:
        raise AssertionError(listing)

    def keep(self, page: Page) -> None:
        raise AssertionError(page)

    def note(self, endpoint: str, status: int | None, asked_at: object, cost: RequestCost) -> None:
        raise AssertionError(endpoint, status, asked_at, cost)

    def refusing_budget(self, cost: RequestCost) -> str:
        raise AssertionError(cost)


def pull(folder: Path, register: str, content: str | bytes, file_name: str | None = None) -> list[Record]:
    """Write the content as this register's file, and return what the source makes of it."""
    name = file_name or f"{register}.csv"
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(RegistersSource(folder, {register: name}, as_of=AS_OF).pull(NoStore()))


def of(records: list[Record], kind: type[Any]) -> list[Any]:
    """Return the records of one class, in order."""
    return [record for record in records if isinstance(record, kind)]


def workbook(*sheets: list[list[Any]]) -> bytes:
    """Return an Excel workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
