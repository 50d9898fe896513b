"""Real-life exports: which row holds the headings, which column is which, and what a person reads of the others."""

from pathlib import Path
from typing import Any

import pytest

from connectors.records import Person, RegisterColumn, RegisterProblem, RegisterRead
from connectors.registers.headers import REGISTERS, aliases, asked, holds
from connectors.registers.pull import RegistersSource
from tests.connectors.register_files import AS_OF, NoStore, of, pull, workbook

TITLED = "Pupil list; Autumn 2026\nPrinted by the office on 30/10/2026\n\n"
TABLE = "Adno,Forename,Surname,Year,Photo consent\n7,Tamsin,Pendry,Year 4,No\n8,Bo,Marsh,Y4,Yes\n"
SHEET: list[list[Any]] = [
    ["Ousterly Vale: pupils on roll", None, None],
    [None, "Name and year", None],
    ["Adno", "Surname, Forename", "Year"],
    [7, "Pendry, Tamsin", "4"],
    [8, "Marsh, Bo", "R"],
    ["Total", 2, None],
]


def ignored(records: list[Any]) -> list[tuple[str | None, str | None]]:
    return [(one.heading, one.nearest) for one in of(records, RegisterColumn) if one.state == "ignored"]


def missing(records: list[Any]) -> list[str | None]:
    return [one.column_name for one in of(records, RegisterColumn) if one.state == "missing"]


@pytest.mark.parametrize(
    ("content", "file_name"),
    [
        (TITLED + TABLE, "sims.csv"),
        (TITLED + TABLE.replace(",", ";"), "semicolons.csv"),
        (("\ufeff" + TITLED + TABLE.replace(",", "\t")).encode("utf-16-le"), "utf16.csv"),
        ((TITLED + TABLE.replace(",", "\t")).encode("utf-16-le"), "utf16-unsaid.csv"),
        ((TITLED + TABLE.replace(",", "\t")).encode("utf-16-be"), "utf16-other-end.csv"),
        (TITLED + TABLE + ",,,,\nTotal,2,,,\nReport generated 30/10/2026 08:15,,,,\n", "totals.csv"),
        (TITLED + TABLE.replace("8,Bo", "Adno,Forename,Surname,Year,Photo consent\n8,Bo"), "page-by-page.csv"),
        (workbook([["Cover"], ["Confidential"]], SHEET), "merged.xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_titles_merged_cells_and_totals_are_no_people(tmp_path: Path, content: str | bytes, file_name: str) -> None:
    records = pull(tmp_path, "pupils", content, file_name)

    people = [(one.person_id, one.year_group) for one in of(records, Person)]
    assert people in ([("7", "4"), ("8", "4")], [("7", "4"), ("8", "R")])
    assert of(records, RegisterProblem) == []
    assert of(records, RegisterRead)[0].set_aside == 0


def test_a_problem_gives_the_row_that_the_spreadsheet_shows_whatever_stands_above(tmp_path: Path) -> None:
    csv = pull(tmp_path, "pupils", TITLED + TABLE + ",Ada,Quill,5,Y\n")
    xlsx = pull(tmp_path, "pupils", workbook([*SHEET[:-1], [None, "Quill, Ada", "5"]]), "pupils.xlsx")

    assert [(one.row, one.problem) for one in of(csv, RegisterProblem)] == [(7, "The row has no id; give it one.")]
    assert [one.row for one in of(xlsx, RegisterProblem)] == [6]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Yes", "given"), ("Y", "given"), ("1", "given"), ("No", "withdrawn"), ("N", "withdrawn"), ("0", "withdrawn"),
     ("Not given", "withdrawn"), ("", None)],
)  # fmt: skip
def test_a_consent_is_read_however_it_is_ticked(tmp_path: Path, said: str, meant: str | None) -> None:
    (person,) = of(pull(tmp_path, "pupils", f"Adno,Name,Photo consent\n7,Tamsin Pendry,{said}\n"), Person)

    assert person.picture_consent == meant


def test_a_refusal_in_either_of_two_columns_of_consents_is_a_refusal(tmp_path: Path) -> None:
    text = "Adno,Name,Photo consent,Media consent\n7,Tamsin Pendry,Yes,No\n8,Bo Marsh,,Yes\n"

    records = pull(tmp_path, "pupils", text)

    assert [one.picture_consent for one in of(records, Person)] == ["withdrawn", "given"]
    assert ignored(records) == []


@pytest.mark.parametrize(
    ("register", "heading", "nearest"),
    [
        ("pupils", "Photograph Student", "picture_consent"),
        ("pupils", "Photos", "picture_consent"),
        ("pupils", "Consent: Photographs", "picture_consent"),
        ("pupils", "Permission to photograph", "picture_consent"),
        ("pupils", "Frst name", None),  # the forename is there
        ("pupils", "Birthday", "date_of_birth"),
        ("pupils", "SEN need", None),
        ("pupils", "Free School Meals", None),
        ("pupils", "Postcode", None),
        ("photographs", "Consent status", "consent"),
        ("photographs", "Permission", "consent"),
        ("photographs", "Objections raised", "objection"),
        ("photographs", "Valid until", "expires_on"),
        ("photographs", "Children shown", "pupil_ids"),
        ("photographs", "Event", None),
        ("leavers", "Left school", "left_on"),
    ],
)
def test_the_nearest_column_is_suggested_for_a_heading_that_nobody_recognised(
    tmp_path: Path, register: str, heading: str, nearest: str | None
) -> None:
    head = "Ref,File,Channels" if register == "photographs" else "Adno,Forename,Surname"

    records = pull(tmp_path, register, f"{head},{heading}\n1,a.jpg,x,No\n")

    assert ignored(records) == [(heading, nearest)]
    assert nearest is None or nearest in missing(records)


def test_every_column_is_told_as_recognised_ignored_or_missing(tmp_path: Path) -> None:
    records = pull(tmp_path, "pupils", "Adno,Forename,Surname,DOB,Photograph Student\n7,Tamsin,Pendry,1/2/2016,No\n")

    told = [(one.heading, one.column_name, one.state, one.nearest) for one in of(records, RegisterColumn)]
    assert told == [
        ("Adno", "person_id", "recognised", None),
        ("Forename", "given_names", "recognised", None),
        ("Surname", "surname", "recognised", None),
        ("DOB", "date_of_birth", "recognised", None),
        ("Photograph Student", None, "ignored", "picture_consent"),
        (None, "known_as", "missing", None),
        (None, "year_group", "missing", None),
        (None, "class_name", "missing", None),
        (None, "x_account", "missing", None),
        (None, "youtube_account", "missing", None),
        (None, "picture_consent", "missing", None),
    ]


@pytest.mark.parametrize(
    "cell", ["Tamsin Pendry 01/02/2016", "tamsin@ousterly.example", "000123", "Bo Marsh", "x" * 70, "", "12:30"]
)
def test_what_may_be_a_cell_of_a_persons_is_never_kept_as_a_heading(tmp_path: Path, cell: str) -> None:
    """The last column's first cell is what stands there; `Bo Marsh` stands below it as well."""
    records = pull(tmp_path, "pupils", f"Adno,Forename,Surname,{cell}\n7,Tamsin,Pendry,Bo Marsh\n")

    assert ignored(records) == [("column D", None)]


def test_a_column_without_a_heading_or_a_cell_is_none(tmp_path: Path) -> None:
    assert ignored(pull(tmp_path, "pupils", "Adno,Forename,Surname,,\n7,Tamsin,Pendry,,\n")) == []


def mapped(folder: Path, text: str, **columns: str) -> list[Any]:
    (folder / "pupils.csv").write_text(text, encoding="utf-8")
    own = {heading.replace("_", " "): column for heading, column in columns.items()}
    return list(RegistersSource(folder, {"pupils": "pupils.csv"}, as_of=AS_OF, mapped={"pupils": own}).pull(NoStore()))


def test_a_heading_that_school_toml_maps_is_read_for_good(tmp_path: Path) -> None:
    text = "Roll,Forename,Surname,Photograph Student,Photo of house\n7,Tamsin,Pendry,No,Yes\n"
    own = {"Roll": "person_id", "Photograph_Student": "picture_consent", "Photo_of_house": ""}

    records = mapped(tmp_path, text, **own)

    (person,) = of(records, Person)
    assert (person.person_id, person.picture_consent) == ("7", "withdrawn")
    assert ignored(records) == []


def test_a_mapped_heading_counts_before_those_that_everybody_knows(tmp_path: Path) -> None:
    records = mapped(tmp_path, "Adno,Roll,Name\nA,7,Tamsin Pendry\n", Roll="person_id")

    assert [one.person_id for one in of(records, Person)] == ["7"]


def test_a_mapped_heading_that_the_file_no_longer_has_is_told_as_missing(tmp_path: Path) -> None:
    records = mapped(tmp_path, TABLE, Photograph_Student="picture_consent")

    gone = [one for one in of(records, RegisterColumn) if one.heading == "Photograph Student"]
    assert [(one.column_name, one.state) for one in gone] == [("picture_consent", "missing")]


@pytest.mark.parametrize("register", REGISTERS)
def test_every_column_that_is_asked_for_is_one_of_the_register_and_is_explained(register: str) -> None:
    assert set(asked(register)) <= set(aliases(register))
    assert all(holds(column) for column in aliases(register))
