"""Register files as they come: any encoding, any separator, Excel; one that is unusable is refused in a sentence."""

import hashlib
import io
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from connectors.records import Person, RegisterProblem, RegisterRead
from connectors.registers import days
from connectors.registers.pull import RegistersSource
from tests.connectors.register_files import AS_OF, NoStore, of, pull, workbook

TEXT = "ID,Forename,Surname\n7,Zoë,Łęcka\n"


def test_a_file_that_was_read_is_dated_and_hashed(tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(TEXT, encoding="utf-8")
    os.utime(tmp_path / "pupils.csv", (0, datetime.fromisoformat("2026-10-30T23:30:00-02:00").timestamp()))

    records = list(RegistersSource(tmp_path, {"pupils": "pupils.csv"}, as_of=AS_OF).pull(NoStore()))

    assert records[-1] == RegisterRead(
        register="pupils",
        file_name="pupils.csv",
        rows=1,
        set_aside=0,
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        refreshed_on=date(2026, 10, 31),
        encoding="utf-8",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_encoding_separator_and_line_ending_is_read(
    tmp_path: Path, encoding: str, separator: str, ending: str
) -> None:
    text = TEXT.replace(",", separator).replace("\n", ending)

    (person,) = of(pull(tmp_path, "pupils", text.encode(encoding)), Person)

    assert (person.given_names, person.surname) == ("Zoë", "Łęcka")


def test_an_old_windows_encoding_is_read(tmp_path: Path) -> None:
    (person,) = of(pull(tmp_path, "pupils", "ID,Name\n7,Zoë O\u2019Dell\n".encode("cp1252")), Person)

    assert person.full_name == "Zoë O\u2019Dell"


def test_row_numbers_are_those_of_the_spreadsheet_even_over_blank_and_broken_lines(tmp_path: Path) -> None:
    text = '\nID,Name,Class\n\n1,Tamsin Pendry,"Oak\nand Ash"\n,Bo Marsh,\n'

    records = pull(tmp_path, "pupils", text)

    assert [person.class_name for person in of(records, Person)] == ["Oak and Ash"]
    assert [problem.row for problem in of(records, RegisterProblem)] == [5]


def test_a_short_row_is_filled_with_nothing(tmp_path: Path) -> None:
    (person,) = of(pull(tmp_path, "pupils", "ID,Name,DOB\n7,Tamsin Pendry\n"), Person)

    assert person.date_of_birth is None


def test_a_register_of_headers_alone_is_empty_and_allowed(tmp_path: Path) -> None:
    (read,) = of(pull(tmp_path, "governors", "person_id,full_name\n"), RegisterRead)

    assert (read.rows, read.set_aside) == (0, 0)


def test_a_workbook_is_read_with_its_dates_numbers_and_first_sheet_that_holds_something(tmp_path: Path) -> None:
    born = datetime(2016, 2, 1)  # noqa: DTZ001 - Excel has no time zones
    rows: list[list[Any]] = [
        ["Adno", "Name", "DOB", "Year", "Reg"],
        [7, "Tamsin Pendry", born, 4.0, None],
        [],
        [None, "Bo", 42401],
    ]

    records = pull(tmp_path, "pupils", workbook([], rows, [["Other"]]), "pupils.xlsx")

    (person,) = of(records, Person)
    assert (person.person_id, person.date_of_birth, person.year_group) == ("7", date(2016, 2, 1), "4")
    assert [problem.row for problem in of(records, RegisterProblem)] == [4]


def test_a_workbook_keeps_leading_noughts_that_excel_only_shows_and_owns_up_to_rounding(tmp_path: Path) -> None:
    body = workbook([["ID", "Name", "X account", "DOB"], [123, "Tamsin Pendry", 1321902678188974081, True]])
    book = load_workbook(io.BytesIO(body))
    book.worksheets[0]["A2"].number_format = "000000"
    book.save(tmp_path / "shown.xlsx")

    records = pull(tmp_path, "pupils", (tmp_path / "shown.xlsx").read_bytes(), "pupils.xlsx")

    (person,) = of(records, Person)
    assert (person.person_id, person.x_account) == ("000123", None)
    assert [problem.column_name for problem in of(records, RegisterProblem)] == ["DOB", "X account"]


def test_a_workbook_that_counts_its_days_from_1904_is_read_right(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(workbook([["ID", "Name", "DOB"], ["7", "Tamsin Pendry", 40939]])))
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - Excel has no time zones
    book.save(tmp_path / "mac.xlsx")

    (person,) = of(pull(tmp_path, "pupils", (tmp_path / "mac.xlsx").read_bytes(), "p.xlsx"), Person)

    assert person.date_of_birth == date(2016, 2, 1)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_is_the_same_in_every_form(day: date) -> None:
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")

    assert {days.day(day.strftime(form)) for form in forms} == {day}
