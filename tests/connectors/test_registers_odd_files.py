"""A register file that is unusable is refused in one sentence, and no bytes bring anything worse than that."""

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.errors import SourceRefused
from connectors.records import Person, Record, RegisterColumn, RegisterRead
from connectors.registers import cells, days, no_table, table
from connectors.registers.headers import score
from connectors.registers.pull import RegistersSource
from tests.connectors.register_files import AS_OF, NoStore, pull, workbook

TEXT = "ID,Forename,Surname\n7,Tamsin,Pendry\n"


@pytest.mark.parametrize(
    ("content", "file_name", "told"),
    [
        (b"", "pupils.csv", r"pupils\.csv is empty: export the register again, then run again\."),
        (b" \r\n ", "pupils.csv", "is empty"),
        (b",,\n,,\n", "pupils.csv", "has no header row"),
        (b"ID,Name\n", "pupils.xlsx", "is no Excel workbook, although its name says so"),
        (b"PK\x03\x04 and no more", "pupils.xlsx", "is a damaged Excel workbook"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"rest",
            "pupils.xls",
            r"is an old Excel file \(\.xls\) or has a password",
        ),
        (b"ID,Name\n7,\x01\x81\x8d\n", "pupils.csv", "is neither a CSV file nor an Excel workbook"),
        (b"\x00\x01\x02\x03", "pupils.csv", "is neither a CSV file nor an Excel workbook"),
        (b'ID,Name\n7,"Tamsin\n8,Bo\n', "pupils.csv", "cannot be read from row 2 on, where a quotation mark"),
        (
            b"Name,Forename\nA,B\n",
            "pupils.csv",
            r"has no column for person_id or date_of_birth \(looked for: Admission Number.*UPN",
        ),
        (b"ID,DOB\n7,\n", "pupils.csv", r"has no column for full_name or surname \(looked for: .*Legal Surname"),
        (b"ID,Surname\n7,\n", "pupils.csv", r"has no column for given_names or known_as \(looked for: Forename"),
    ],
)
def test_an_unusable_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, file_name: str, told: str) -> None:
    with pytest.raises(SourceRefused, match=told) as caught:
        pull(tmp_path, "pupils", content, file_name)

    assert caught.value.reason == "input"
    assert str(caught.value).endswith("then run again.")


@pytest.mark.parametrize(
    ("register", "header", "lacking"),
    [
        ("photographs", "File,Channels", "photograph_id"),
        ("photographs", "Ref,Channels", "file_name or video_id"),
        ("photographs", "Ref,File", "channels"),
        ("accounts", "Handle", "platform"),
        ("accounts", "Platform", "account_id or handle"),
    ],
)
def test_every_register_has_columns_that_it_cannot_do_without(
    tmp_path: Path, register: str, header: str, lacking: str
) -> None:
    with pytest.raises(SourceRefused, match=f"has no column for {lacking} "):
        pull(tmp_path, register, f"{header}\na,b\n")


def test_a_file_that_is_not_there_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(TEXT, encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    files = {"staff": "none.csv", "governors": "folder.csv", "pupils": "pupils.csv", "visitors": "v.csv"}
    records: list[Record] = []

    with pytest.raises(SourceRefused) as caught:
        records.extend(RegistersSource(tmp_path, files, as_of=AS_OF).pull(NoStore()))

    assert {type(record) for record in records} == {Person, RegisterColumn, RegisterRead}
    told = str(caught.value)
    assert "none.csv is not there" in told
    assert "folder.csv cannot be opened (Is a directory)" in told
    assert "v.csv is named for a register that does not exist" in told


def test_a_workbook_that_would_unpack_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_table, "MOST_UNPACKED_BYTES", 1000)

    with pytest.raises(SourceRefused, match="unpacks to more than 0 MB, and no register is as long"):
        pull(tmp_path, "pupils", workbook([["ID", "Name"]]), "pupils.xlsx")


def test_a_file_larger_than_any_register_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_BYTES", 10)

    with pytest.raises(SourceRefused, match="is larger than 64 MB"):
        pull(tmp_path, "pupils", TEXT)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "nothing")

    with pytest.raises(SourceRefused, match="is a zip archive and no Excel workbook: save it as"):
        pull(tmp_path, "pupils", out.getvalue(), "pupils.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_bring_anything_but_a_table_or_a_refusal(body: bytes) -> None:
    refusals = []
    try:
        assert table.read_table(body, "pupils.csv", partial(score, register="pupils")).header.number >= 1
    except SourceRefused as error:
        refusals.append(error.reason)

    assert set(refusals) <= {"input"}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_no_cell_brings_anything_but_a_value_or_a_sentence(raw: str) -> None:
    told = []
    for convert in (days.day, cells.account, cells.video, cells.file_name, cells.basis, cells.channel, cells.name):
        try:
            convert(raw)
        except cells.UnreadableCellError as error:
            told.append(str(error))

    assert all(sentence.endswith(".") for sentence in told)
