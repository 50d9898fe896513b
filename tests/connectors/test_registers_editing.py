"""A register is changed in its own form, with every other byte or row as it was, or it is refused in a sentence."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from connectors.registers.editing import RegisterFile, RegisterFormError, with_cells, with_row

HEAD = "photograph_id,file_name,channels,expires_on,consent,Remarks\r\n"
ROWS = 'ph-1,ph-1.jpg,x,31/08/2027,given,"Kept, as it is"\r\nph-2,ph-2.jpg,x;website,,,\r\n'
NEW = {"photograph_id": "ph-3", "file_name": "ph-3.jpg", "channels": "x;youtube", "expires_on": date(2027, 8, 31)}


def file(body: bytes, name: str = "photographs.csv") -> RegisterFile:
    return RegisterFile("photographs", name, body)


def workbook(*rows: tuple[object, ...], **more: object) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    other = book.create_sheet("Notes")
    other.append(["Who keeps this list", "The office"])
    if more.get("chart"):
        sheet.add_chart(BarChart(), "J2")
    if more.get("locked"):
        sheet.protection.sheet = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


LIST = (
    ("photograph_id", "file_name", "channels", "expires_on", "consent"),
    ("ph-1", "ph-1.jpg", "x", datetime(2027, 8, 31), "given"),  # noqa: DTZ001 - a spreadsheet's day has no zone
    ("ph-2", "ph-2.jpg", "x", None, None),
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be"), ("", "cp1252")],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_row_is_added_and_every_byte_before_it_stays(mark: str, encoding: str, sign: str, end: str) -> None:
    text = mark + (HEAD + ROWS).replace("Remarks", "Remarks é").replace(",", sign).replace("\r\n", end)
    text = text.replace("Kept" + sign, "Kept,").replace("website", "website")
    channels = "x;youtube" if sign != ";" else '"x;youtube"'
    if sign == ";":
        text = text.replace("x;website", '"x;website"')

    made = with_row(file(text.encode(encoding)), NEW)

    added = sign.join(["ph-3", "ph-3.jpg", channels, "31/08/2027", "", ""]) + end
    assert made.decode(encoding) == text + added


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (HEAD + ROWS.rstrip(), HEAD + ROWS.rstrip() + "\r\nph-3,ph-3.jpg,x;youtube,31/08/2027,,\r\n"),
        (
            HEAD + ROWS + "Total,2,,,,\r\n",
            HEAD + ROWS + "ph-3,ph-3.jpg,x;youtube,31/08/2027,,\r\nTotal,2,,,,\r\n",
        ),
        (HEAD, HEAD + "ph-3,ph-3.jpg,x;youtube,2027-08-31,,\r\n"),
        (
            '"photograph_id","file_name","channels","expires_on"\n',
            '"photograph_id","file_name","channels","expires_on"\n"ph-3","ph-3.jpg","x;youtube","2027-08-31"\n',
        ),
        (
            "Photographs of 2026\n\n" + HEAD,
            "Photographs of 2026\n\n" + HEAD + "ph-3,ph-3.jpg,x;youtube,2027-08-31,,\r\n",
        ),
    ],
    ids=["no line end", "a sum below", "no row yet", "all in quotation marks", "a title above"],
)
def test_a_row_goes_where_the_list_ends_and_is_written_as_the_others_are(text: str, made: str) -> None:
    assert with_row(file(text.encode()), NEW).decode() == made


def test_a_cell_is_changed_and_no_other() -> None:
    body = (HEAD + ROWS).encode()

    made = with_cells(file(body), "ph-1", {"consent": "withdrawn"})

    assert made == body.replace(b"given", b"withdrawn")


def test_a_workbook_keeps_its_other_sheets_and_its_days() -> None:
    made = with_cells(file(with_row(file(workbook(*LIST)), NEW)), "ph-2", {"consent": "withdrawn"})

    book = load_workbook(io.BytesIO(made))
    rows = [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]
    assert rows[:2] == list(LIST[:2])
    assert rows[2] == ("ph-2", "ph-2.jpg", "x", None, "withdrawn")
    assert rows[3] == ("ph-3", "ph-3.jpg", "x;youtube", datetime(2027, 8, 31), None)  # noqa: DTZ001 - as above
    assert [cell.value for cell in book["Notes"][1]] == ["Who keeps this list", "The office"]


@pytest.mark.parametrize("body", [workbook(*LIST), (HEAD + ROWS).encode()], ids=["a workbook", "a CSV file"])
@pytest.mark.parametrize("cell", ["=cmd|'C'!A0", "+1+1", "-2+3", "@SUM(1)", "ph\u202egpj.exe", "a\x00b"])
def test_what_begins_like_a_formula_or_cannot_be_seen_is_refused(body: bytes, cell: str) -> None:
    with pytest.raises(RegisterFormError, match=r"begins with = . - or @, or holds a sign that cannot be seen"):
        with_row(file(body), {**NEW, "file_name": cell})


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (workbook(*LIST, (None, "Printed by the office", None, None, None)), "has something below its last row"),
        (workbook(*LIST[:2], ("ph-2", '=CONCATENATE("ph","-2.jpg")', "x")), "has formulas in its list"),
        (workbook(*LIST, locked=True), "has a sheet that is locked"),
        (HEAD.replace("expires_on", "Until when").encode(), "has no column for expires_on"),
        ((HEAD + ROWS.replace("ph-2", "ph-3")).encode(), "has a row ph-3 already"),
    ],
    ids=["something below", "a formula", "a locked sheet", "a column that is missing", "an id that is there"],
)
def test_a_register_that_cannot_be_changed_safely_is_refused_with_what_to_do(body: bytes, says: str) -> None:
    with pytest.raises(RegisterFormError, match=says):
        with_row(file(body, "photographs.xlsx" if body.startswith(b"PK") else "photographs.csv"), NEW)


def test_a_refusal_says_which_row_to_write_by_hand() -> None:
    with pytest.raises(RegisterFormError) as refusal:
        with_row(file(workbook(*LIST, locked=True)), NEW)

    by_hand = "Write it in by hand: photograph_id ph-3, file_name ph-3.jpg, channels x;youtube, expires_on 2027-08-31."
    assert by_hand in refusal.value.sentence


def test_a_letter_that_the_file_cannot_hold_is_refused() -> None:
    with pytest.raises(RegisterFormError, match="cannot hold one of these letters"):
        with_cells(file((HEAD + ROWS).replace("Kept", "Kept é").encode("cp1252")), "ph-1", {"consent": "\u0159"})


def test_a_row_without_an_id_of_its_own_is_nobody_s_to_change() -> None:
    with pytest.raises(RegisterFormError, match="has no row ph-9 with an id of its own"):
        with_cells(file((HEAD + ROWS).encode()), "ph-9", {"consent": "withdrawn"})
