"""`audit match` on files that are broken, in all the ways in which people's files are: one sentence each, and code 2.

What can be read for what it is is read: semicolons, tabs, UTF-16, a workbook whatever it is called.
"""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.flows.calling import audit

PEOPLE = "person_id,role,given_names,surname,year_group\np1,pupil,Tia,Brannel,Y8\np2,pupil,Ola,Farrow,Y5\n"
ACCOUNTS = "account_id,platform,handle,display_name,bio\na1,x,tia.brannel,Tia Brannel,y8\n"
ROWS = [line.split(",") for line in PEOPLE.splitlines()]


def _xlsx() -> bytes:
    book, body = Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(body)
    return body.getvalue()


def _zip() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("people.csv", PEOPLE)
    return body.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    return tmp_path


def _match(folder: Path, *more: str) -> tuple[int, str]:
    people, accounts = str(folder / "people.csv"), str(folder / "accounts.csv")
    outcome = audit("match", "--register", people, "--accounts", accounts, "--out", str(folder / "out.csv"), *more)
    return outcome.code, outcome.err


def _written(folder: Path) -> list[tuple[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return [(row["account_id"], row["person_id"]) for row in csv.DictReader(file)]


BROKEN = {
    "empty": ("people.csv", b"", "people.csv is empty"),
    "blank lines alone": ("people.csv", b"\n \n\n", "people.csv is empty"),
    "a header and nothing more": ("people.csv", PEOPLE.splitlines()[0].encode(), "has a header and no row below it"),
    "no header": ("people.csv", b"p1,pupil,Tia,Brannel,Y8\n", "has no column person_id"),
    "wrong columns": ("people.csv", b"upn,forename,surname\n1,Tia,Brannel\n", "has no column person_id"),
    "a column twice": ("people.csv", b"person_id,surname,surname\np1,Brannel,Farrow\n", "has the column surname twice"),
    "an unclosed quote to the end": (
        "people.csv", PEOPLE.replace("Ola", '"Ola').encode(), "row 3 on, where a quotation mark is out of place"),
    "an unclosed quote before another": (
        "people.csv", PEOPLE.replace("Tia", '"Tia').replace("Farrow", '"Farrow"').encode(), "from row 2 on"),
    "a quote that closes lines later": (
        "people.csv", PEOPLE.replace("Tia", '"Tia').replace("Farrow", 'Farrow"').encode(), "row 2: a cell goes over"),
    "NUL bytes": ("people.csv", PEOPLE.replace("Tia", "T\0ia").encode(), "is neither a CSV file nor an Excel workbook"),
    "NUL bytes far down": (
        "people.csv", (PEOPLE + "p9,pupil,Ida,Farr,Y5\n" * 99 + "p\0").encode(), "is neither a CSV file nor"),
    "a picture": ("people.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is neither a CSV file nor an Excel workbook"),
    "a zip": ("people.csv", _zip(), "is a zip archive and no Excel workbook"),
    "a workbook cut short": ("people.csv", _xlsx()[:900], "is a damaged Excel workbook"),
    "an old workbook": ("people.csv", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99, "is an old Excel file"),
    "accounts without ids": ("accounts.csv", b"handle,bio\ntia,y8\n", "accounts.csv has no column account_id"),
    "empty accounts": ("accounts.csv", b"", "accounts.csv is empty"),
    "accounts with an unclosed quote": (
        "accounts.csv", ACCOUNTS.replace(",y8", ',"y8').encode(), "accounts.csv cannot be read from row 2 on"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "body", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_in_one_sentence(folder: Path, name: str, body: bytes, sentence: str) -> None:
    (folder / name).write_bytes(body)

    code, said = _match(folder)

    assert code == 2
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert not any(value in said for value in ("Tia", "Brannel", "Ola", "Farrow"))
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize("kind", ["a directory", "not there", "inside a file"])
def test_what_is_no_file_is_refused_in_one_sentence(folder: Path, kind: str) -> None:
    path = {"a directory": folder, "not there": folder / "none.csv", "inside a file": folder / "people.csv" / "x.csv"}

    code = audit(
        "match", "--register", str(path[kind]), "--accounts", str(folder / "accounts.csv"), "--out", str(folder / "o")
    )

    assert code.code == 2
    assert "cannot be read" in code.err
    assert len(code.err.strip().splitlines()) == 1


READABLE = {
    "semicolons": PEOPLE.replace(",", ";").encode(),
    "tabs": PEOPLE.replace(",", "\t").encode(),
    "UTF-16": PEOPLE.encode("utf-16"),
    "UTF-16 that does not say so": PEOPLE.encode("utf-16-le"),
    "a byte-order mark": PEOPLE.encode("utf-8-sig"),
    "Windows-1252": PEOPLE.replace("Ola", "Zoë").encode("cp1252"),
    "old Mac line ends": PEOPLE.replace("\n", "\r").encode(),
    "a workbook called .csv": _xlsx(),
    "a title above the header": b"Pupils on roll\n\n" + PEOPLE.encode(),
}


@pytest.mark.parametrize("body", READABLE.values(), ids=READABLE)
def test_a_file_of_another_sort_is_read_for_what_it_is(folder: Path, body: bytes) -> None:
    (folder / "people.csv").write_bytes(body)

    code, _ = _match(folder)

    assert (code, _written(folder)) == (0, [("a1", "p1")])


def test_a_row_given_twice_is_told_and_left_out(folder: Path) -> None:
    (folder / "people.csv").write_text(f"{PEOPLE}p1,pupil,Tia,Brannel,Y8\np2,pupil,Olive,Farrow,Y5\n", encoding="utf-8")
    (folder / "accounts.csv").write_text(f"{ACCOUNTS}a1,x,tia.brannel,Tia Brannel,y8\n", encoding="utf-8")

    code, said = _match(folder)

    assert (code, _written(folder)) == (0, [("a1", "p1")])
    assert said.splitlines()[0] == "people.csv, row 4: the person of people.csv, row 2 again, so the row is left out."
    assert said.splitlines()[1].startswith(
        "people.csv, row 5: the person of people.csv, row 3 again, with other values"
    )
    assert "accounts.csv, row 3: the account of accounts.csv, row 2 again, so the row is left out." in said


def test_a_row_with_more_cells_than_columns_is_told_and_left_out(folder: Path) -> None:
    (folder / "people.csv").write_text(f"{PEOPLE}p3,pupil,Ida, Rose,Farr,Y5\n", encoding="utf-8")

    code, said = _match(folder)

    assert code == 0
    assert "people.csv, row 4: more cells than columns, so the row is left out." in said


def test_a_register_given_twice_is_told_in_a_few_lines(folder: Path) -> None:
    rows = "".join(f"q{number},pupil,Ida,Farr,Y5\n" for number in range(9))
    (folder / "people.csv").write_text(PEOPLE + rows, encoding="utf-8")

    code, said = _match(folder, "--register", str(folder / "people.csv"))

    assert code == 0
    assert len(said.strip().splitlines()) == 4
    assert "The person of an earlier row again, and left out: 8 more." in said


@pytest.mark.parametrize(
    "body",
    ["[school]\nname = 'Oak'\ntown = 5", "[school]\nname = 'Oak'\naliases = 5", "name = ['Oak']", "[school]\nname = 7",
     "[school]\nname = 'Oak'\nabbreviation = ['O']", "name = 'Oak", "\x00"],
)  # fmt: skip
def test_a_broken_school_file_is_refused_in_one_sentence(folder: Path, body: str) -> None:
    (folder / "school.toml").write_text(body, encoding="utf-8")

    code, said = _match(folder, "--school", str(folder / "school.toml"))

    assert code == 2
    assert said.startswith("school.toml")
    assert len(said.strip().splitlines()) == 1
