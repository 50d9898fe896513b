"""What cannot be read in a register is told by row and vouches for nothing; a refusal never disappears.

Each row of the tables is one situation: what the file holds, what is so, and of which rows something is said.
"""

import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from connectors.errors import SourceRefused
from connectors.records import Person, Photograph, Record, RegisterProblem, RegisterRead
from connectors.registers.letters import is_damaged
from connectors.registers.pull import RegistersSource
from tests.connectors.register_files import AS_OF, NoStore, of, pull

HEAD = "ID,Forename,Surname,Photo consent\n"
PHOTOGRAPHS = "Ref,File,Channels,Expires,Basis,Consent,Objection,Pupils\n"


def told(records: list[Record]) -> list[tuple[int | None, str | None]]:
    """Return the row of each problem, and what may not rest on it."""
    return [(one.row, one.doubts) for one in of(records, RegisterProblem)]


def consents(records: list[Record]) -> dict[str, str | None]:
    return {one.person_id: one.picture_consent for one in of(records, Person)}


REFUSED = {"7": "withdrawn"}
TWICE = [
    ("7,Ada,Quill,given\n7,Ada,Quill,withdrawn\n", REFUSED, [(3, None)]),
    ("7,Ada,Quill,withdrawn\n7,Ada,Quill,given\n", REFUSED, [(3, None)]),
    ("007,Ada,Quill,yes\n7,Ada,Quill,no\n", {"007": "withdrawn"}, [(3, None)]),  # zeros make no other pupil
    ("7,Ada,Quill,yes\n7,Ada,Quill,\n7,Ada,Quill,no\n", REFUSED, [(4, None), (None, None)]),  # a row for each contact
    ("7,Ada,Quill,yes\n7,Bo,Marsh,no\n", REFUSED, [(3, "person_id")]),  # two children of one id: who is the other?
    ("7.0,Ada,Quill,no\n", REFUSED, []),
    ('="7",Ada,Quill,no\n', REFUSED, []),
    ("'7,Ada,Quill,no\n", REFUSED, []),
    ("7,Ada,Quill,Ydw\n8,Bo,Marsh,Na\n", {"7": "given", "8": "withdrawn"}, []),
    ("7,Ada,Quill,YDW\n8,Bo,Marsh,NA\n", {"7": "given", "8": "withdrawn"}, []),
    ("7,Ada,Quill,yes\n8,Bo,Marsh,NA\n", {"7": "given", "8": None}, []),
    ("7,Ada,Quill,yes\n8,Bo,Marsh,Na\n", {"7": "given", "8": "withdrawn"}, [(3, None)]),
    *(
        (f"7,Ada,Quill,{yes}\n8,Bo,Marsh,{no}\n", {"7": "given", "8": "withdrawn"}, [])
        for yes, no in (
            ("Oes", "Nac oes"),
            ("Ydy", "Nac ydw"),
            ("tak", "Nie"),
            ("Haan ji", "nahi"),
            ("si", "non"),
            ("Ydw / Yes", "Na/No"),
        )
    ),
    ("7,Ada,Quill\n", {"7": None}, [(2, "person_id")]),  # cut short: the refusal may have stood there
    ("7,Ada,Quill,no,x\n", {}, [(2, "person_id")]),
    (",Ada,Quill,no\n", {}, [(2, "person_id")]),
    ("7,Ada,,no\n", REFUSED, [(2, "person_id")]),
    ("7,Si?n,Quill,no\n", REFUSED, [(2, "person_id")]),
]


@pytest.mark.parametrize(("rows", "meant", "said"), TWICE)
def test_of_rows_and_words_about_a_pupil_a_refusal_is_read_and_what_is_not_sure_is_told(
    tmp_path: Path, rows: str, meant: dict[str, str | None], said: list[tuple[int, str | None]]
) -> None:
    records = pull(tmp_path, "pupils", HEAD + rows)

    assert (consents(records), told(records)) == (meant, said)


PICTURES = [
    ("P1,a.jpg,x,,,given,,7\nP1,a.jpg,x,,,withdrawn,,7\n", {"consent": "withdrawn"}, [(3, None)]),
    ("P1,a.jpg,x,,,withdrawn,,7\nP1,a.jpg,x,,,given,,7\n", {"consent": "withdrawn"}, [(3, None)]),
    ("P1,a.jpg,x,,,given,no,7\nP1,a.jpg,website,,,given,raised,8\n", {"objection": "raised", "pupil_ids": "7;8"},
     [(3, None)]),
    ("P1,a.jpg,x,2027-08-31,,,,\nP1,a.jpg,youtube,2026-08-31,,,,\n",
     {"expires_on": date(2026, 8, 31), "channels": "x;youtube"}, [(3, None)]),
    ("P1,a.jpg,x,,,given,,\nP1,b.jpg,x,,,withdrawn,,\n", {"consent": "withdrawn"}, [(3, "photograph_id")]),
    ("P1,a.jpg,x,31/02/2026,,,,\n", {"expires_on": None}, [(2, "expires_on")]),
    ("P1,a.jpg,x,never,,,,\n", {"expires_on": None}, []),
    ("P1,a.jpg,x,until she leaves,,,,\n", {"expires_on": None}, [(2, "expires_on")]),
    ("P1,a.jpg,x,31/08/26,,,,\n", {"expires_on": None}, [(2, "expires_on")]),
    ("P1,a.jpg,x,,,,#REF!,\n", {"objection": None}, [(2, "objection")]),
    ("P1,a.jpg,x,,,,,1.2E+05\n", {"pupil_ids": None}, [(2, "pupil_ids")]),
    ("P1,,x,,,,,\n", None, [(2, "photograph_id")]),
    *(
        (f'P1,a.jpg,x,,,,,"{cell}"\n', {"pupil_ids": "7;8"}, [])
        for cell in ("7 and 8", "7/8", "7 & 8", "7 8", "7\n8", "7.0; 8.0", "7 a 8", "7, 8", "7 AND 8")
    ),
    ('P1,a.jpg,x,,,,,"Ada Quill"\n', {"pupil_ids": "Ada Quill"}, []),  # whose that is, the roll alone can say
]  # fmt: skip


@pytest.mark.parametrize(("rows", "meant", "said"), PICTURES)
def test_of_rows_and_cells_about_a_photograph_the_strictest_counts(
    tmp_path: Path, rows: str, meant: dict[str, Any] | None, said: list[tuple[int, str | None]]
) -> None:
    records = pull(tmp_path, "photographs", PHOTOGRAPHS + rows)

    found = [{name: getattr(one, name) for name in meant or ()} for one in of(records, Photograph)]
    assert (found, told(records)) == ([meant] if meant else [], said)


def test_of_an_expiry_with_the_month_first_nobody_knows_the_others_of_its_column(tmp_path: Path) -> None:
    records = pull(tmp_path, "photographs", PHOTOGRAPHS + "P1,a.jpg,x,08/31/2027,,,,\nP2,b.jpg,x,05/06/2027,,,,\n")

    assert [one.expires_on for one in of(records, Photograph)] == [None, None]
    assert told(records) == [(2, "expires_on"), (3, "expires_on")]


def test_a_parent_has_a_row_for_each_child_and_all_of_them_count(tmp_path: Path) -> None:
    records = pull(tmp_path, "parents", "Guardian ID,Name,Children IDs\nG1,Pat Quill,7\nG1,Pat Quill,8\n")

    assert [one.related_ids for one in of(records, Person)] == ["7;8"]
    assert (told(records), [one.set_aside for one in of(records, RegisterRead)]) == ([], [0])


def workbook(change: Any) -> bytes:
    """Return a workbook of three pupils who may be shown, changed."""
    book = Workbook()
    sheet = book.active
    for row in (["ID", "Forename", "Surname", "Photo consent"], [7, "Ada", "Quill", "yes"], [8, "Bo", "Marsh", "yes"],
                [9, "Cy", "Brook", "yes"]):  # fmt: skip
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merge(sheet: Any) -> None:
    sheet["D2"] = "no"
    sheet.merge_cells("D2:D4")


def merge_across(sheet: Any) -> None:
    sheet["C1"], sheet["D1"], sheet["E1"] = "Surname", "Form", "Photo consent"
    for number in (2, 3, 4):
        sheet.cell(number, 5, "yes")
    sheet["D3"] = "no"
    sheet.merge_cells("D3:E3")


def formula(sheet: Any) -> None:
    sheet["D3"] = '=IF(A3=8,"no","yes")'


def formula_for_an_id(sheet: Any) -> None:
    sheet["A3"] = "=A2+1"


def strike(sheet: Any) -> None:
    sheet["D3"].font = Font(strike=True)


def strike_row(sheet: Any) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


GIVEN = {"7": "given", "8": "given", "9": "given"}
BOOKS = [
    (merge, dict.fromkeys(GIVEN, "withdrawn"), []),
    (merge_across, GIVEN | {"8": "withdrawn"}, []),
    (formula, GIVEN | {"8": "withdrawn"}, [(3, None)]),
    (formula_for_an_id, {"7": "given", "9": "given"}, [(3, "person_id")]),
    (strike, GIVEN | {"8": "withdrawn"}, [(3, None)]),
    (strike_row, {"7": "given", "9": "given"}, [(3, "person_id")]),
]


@pytest.mark.parametrize(("change", "meant", "said"), BOOKS)
def test_what_a_workbook_shows_of_a_refusal_is_read_or_told(
    tmp_path: Path, change: Any, meant: dict[str, str], said: list[tuple[int, str | None]]
) -> None:
    records = pull(tmp_path, "pupils", workbook(change), "pupils.xlsx")

    assert consents(records) == meant
    assert {(row, doubts) for row, doubts in told(records) if doubts or row} >= set(said)
    assert {row for row, _ in told(records)} == {row for row, _ in said}


def test_a_formula_whose_value_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(formula))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="D3">', b'<c r="D3" t="str">').replace(b"<v />", b"<v></v>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, body in parts.items():
            packed.writestr(name, body)

    records = pull(tmp_path, "pupils", out.getvalue(), "pupils.xlsx")

    assert (consents(records), told(records)) == (GIVEN | {"8": None}, [])


NAMES = "1,Ren\u00e9,Mu\u00f1oz,yes\n2,Zo\u00eb,Hay,yes\n"
WELSH, POLISH = "1,Si\u00f4n,Ll\u0177r,yes\n", "1,\u0141ukasz,Wa\u0142\u0119sa,yes\n"
ENCODED = [
    (NAMES, "utf-8", []),
    (NAMES, "utf-8-sig", []),
    (NAMES, "utf-16", []),
    (NAMES, "utf-16-le", []),
    (NAMES, "cp1252", []),
    (NAMES, "mac_roman", [(None, "person_id")]),
    (NAMES, "cp850", [(None, "person_id")]),
    (POLISH, "cp1250", [(None, "person_id")]),
    (WELSH, "iso8859_14", [(None, "person_id")]),
]


@pytest.mark.parametrize(("rows", "encoding", "said"), ENCODED)
def test_the_letters_of_a_file_are_found_by_what_makes_names_of_them_and_a_guess_is_told(
    tmp_path: Path, rows: str, encoding: str, said: list[tuple[None, str]]
) -> None:
    records = pull(tmp_path, "pupils", (HEAD + rows).encode(encoding))

    names = [f"{one.person_id},{one.given_names},{one.surname},yes\n" for one in of(records, Person)]
    assert ("".join(names), told(records)) == (rows, said)
    assert [one.encoding for one in of(records, RegisterRead)] == [encoding.removesuffix("-sig")]


def test_a_row_of_another_encoding_than_the_rest_is_told_and_the_others_are_as_they_were(tmp_path: Path) -> None:
    body = (HEAD + NAMES).encode() + "3,Andr\u00e9,Lef\u00e8vre,yes\n".encode("cp1252")

    records = pull(tmp_path, "pupils", body)

    assert [one.surname for one in of(records, Person)] == ["Mu\u00f1oz", "Hay", "Lef\u00e8vre"]
    assert told(records) == [(4, "person_id")]


@pytest.mark.parametrize(
    "name",
    ["Si?n", "Si\u00c3\u00a2n", "Ren\u017d", "Mu\u2013oz", "Ren\ufffd", "Si\u221a\u00a2n", "Zo\u00c3\u00ab",
     "Bj\u201drn", "Ren&eacute;", "Ren%C3%A9", "Wa\u00b3\u00easa", "\u00c5\u0081ukasz", "SI\u00e5N"],
)  # fmt: skip
def test_a_name_that_lost_letters_is_known_by_them(name: str) -> None:
    assert is_damaged(name)


@pytest.mark.parametrize(
    "name",
    ["Si\u00e2n", "SI\u00c2N", "O\u2019Brien", "\u00d3 h\u00c9igeartaigh", "Mac\u00c9il", "Jo\u00e3o",
     "CONCEI\u00c7\u00c3O", "R\u016e\u017dI\u010cKA", "\u0141ukasz", "Smith\u2013Jones", "\u674e\u5c0f\u9f99",
     "\u041c\u0430\u0440\u0438\u044f", "\u0645\u062d\u0645\u062f",
     "N'Golo", "Zo\u00eb (Zo)", "\u00dersula", "de \u00c9vora"],
)  # fmt: skip
def test_a_name_of_any_language_has_lost_none(name: str) -> None:
    assert not is_damaged(name)


DAYS = [
    ("05/06/2014", "11/23/2014", None, [2, 3]),  # the month first: the other cannot be 5 June for certain
    ("05/05/2014", "11/23/2014", date(2014, 5, 5), [3]),
    ("23/11/2014", "05/06/2014", date(2014, 11, 23), []),
    ("2014-06-04T23:00:00Z", "", date(2014, 6, 5), []),  # midnight in Britain, written in UTC
    ("2014-06-04 23:00:00", "", date(2014, 6, 5), []),
    ("2014-12-04T00:00:00Z", "", date(2014, 12, 4), []),
    ("2014-12-04 14:05", "", date(2014, 12, 4), []),
    ("41794.958333", "", date(2014, 6, 5), []),
    ("41795.0", "", date(2014, 6, 5), []),
]


@pytest.mark.parametrize(("one", "other", "meant", "said"), DAYS)
def test_a_day_is_read_by_its_column(tmp_path: Path, one: str, other: str, meant: date | None, said: list[int]) -> None:
    records = pull(tmp_path, "pupils", f"ID,Name,DOB\n1,Ada Quill,{one}\n2,Bo Marsh,{other}\n")

    assert of(records, Person)[0].date_of_birth == meant
    assert [row for row, _ in told(records)] == said


def test_a_workbooks_midnight_in_utc_is_the_day_that_began_then(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["D1"], sheet["D2"] = "DOB", datetime(2014, 6, 4, 23)  # noqa: DTZ001 - a spreadsheet's day has no zone
        sheet["D3"] = sheet["D4"] = None

    records = pull(tmp_path, "pupils", workbook(change), "pupils.xlsx")

    assert of(records, Person)[0].date_of_birth == date(2014, 6, 5)


@pytest.mark.parametrize(
    ("told_as", "meant"),
    [("Year Six", "6"), ("6.0", "6"), ("Blwyddyn 6", "6"), ("Bl. 6", "6"), ("Rec.", "R"), ("Derbyn", "R"), ("0.0", "R"),
     ("Yr Eleven", "11"), ("Meithrin", "N"), ("Sixth form", "Sixth form")],
)  # fmt: skip
def test_years_are_understood_however_they_are_said(tmp_path: Path, told_as: str, meant: str) -> None:
    (person,) = of(pull(tmp_path, "pupils", f"ID,Name,Year\n7,Ada Quill,{told_as}\n"), Person)

    assert person.year_group == meant


def test_a_roll_id_that_is_nobodys_is_told_by_the_row_of_its_photograph(tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(HEAD + "0007,Ada,Quill,yes\n")
    (tmp_path / "photographs.csv").write_text(PHOTOGRAPHS + "P1,a.jpg,x,,,,,7\nP2,b.jpg,x,,,,,7; 99\n")

    files = {"photographs": "photographs.csv", "pupils": "pupils.csv"}
    records = list(RegistersSource(tmp_path, files, as_of=AS_OF).pull(NoStore()))

    assert [(one.register, one.row) for one in of(records, RegisterProblem)] == [("photographs", 3)]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def two_sheets(sheet: Any) -> None:
    more = sheet.parent.create_sheet("Old")
    more.append(["ID", "Forename", "Surname"])
    more.append([1, "Di", "Furlong"])
    more.sheet_state = "hidden"


@pytest.mark.parametrize(
    ("body", "file_name", "says"),
    [
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "p.ods", "is an OpenDocument file"),
        (zipped(xl__workbook_dot_bin=b""), "p.xlsx", r"is a binary Excel workbook \(\.xlsb\)"),
        (zipped(word__document_dot_xml=b""), "p.xlsx", "is a Word document"),
        (b"<table border=1><tr><td>ID</td></tr></table>", "p.xls", r"is a web page \(HTML\)"),
        (b"\xef\xbb\xbf\r\n<HTML><body>", "p.csv", r"is a web page \(HTML\)"),
        ('<meta charset="utf-16"><table>'.encode("utf-16"), "p.xls", r"is a web page \(HTML\)"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "p.xls",
         "is an XML spreadsheet of Excel 2003"),
        (b'<?xml version="1.0"?><pupils/>', "p.xls", "is an XML file"),
        (b"{\\rtf1 }", "p.csv", "is a text document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "p.xlsx", "has a password"),
        (workbook(two_sheets), "p.xlsx", r"on 2 sheets \(1 of them hidden\)"),
    ],
    ids=["ods", "xlsb", "Word", "HTML", "HTML with a mark", "HTML in UTF-16", "Excel 2003", "XML", "RTF", "password",
         "a hidden sheet"],
)  # fmt: skip
def test_what_is_no_register_is_refused_for_what_it_is(tmp_path: Path, body: bytes, file_name: str, says: str) -> None:
    with pytest.raises(SourceRefused, match=says):
        pull(tmp_path, "pupils", body, file_name)


def test_a_pipe_in_place_of_a_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pupils.csv")

    with pytest.raises(SourceRefused, match="is no ordinary file"):
        list(RegistersSource(tmp_path, {"pupils": "pupils.csv"}, as_of=AS_OF).pull(NoStore()))
