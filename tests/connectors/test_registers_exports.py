"""What is made of the exports that schools have: who is read, under which id, and where they may be shown."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import SourceRefused
from connectors.records import Person, RegisterColumn, RegisterProblem, RegisterRead
from connectors.registers.columns import preview
from connectors.registers.pull import RegistersRefused, RegistersSource, read_register
from connectors.registers.table_rows import Row
from connectors.registers.two_headers import whole_header
from tests.connectors.exports import EXPORTS, Export

DAY = date(2026, 11, 26)
BY_FILE = {one.file_name: one for one in EXPORTS}
NAMES = ("Adaeze Okafor", "Thomas Pickering")


def read(export: Export, register: str = "") -> list[Any]:
    return read_register(Path(), register or export.register, export.file_name, as_of=DAY, body=export.body, pepper="k")


def people(export: Export, register: str = "") -> list[Person]:
    return [record for record in read(export, register) if isinstance(record, Person)]


def name(person: Person) -> str:
    return person.full_name or f"{person.given_names} {person.surname}"


@pytest.mark.parametrize(
    ("file", "names", "consents"),
    [
        ("sims.csv", NAMES, ("given", "withdrawn")),
        ("sims-contacts.csv", ("Ngozi Okafor", "Jane Hallam"), (None, None)),
        ("sims-staff.csv", ("Jane Halloran", "Peter Ndlovu"), (None, None)),
        ("arbor.csv", NAMES, ("x=withdrawn", "x=given")),
        ("arbor-guardians.csv", ("Ngozi Okafor", "Jane Hallam"), (None, None)),
        ("bromcom.xlsx", NAMES, ("x=withdrawn", "x=given")),
        ("scholarpack.csv", NAMES, ("x=withdrawn", "x=given")),
        ("google-admin.csv", NAMES, (None, None)),
        ("teacher.csv", NAMES, ("withdrawn", "given")),
    ],
)
def test_every_row_is_somebody_and_shown_only_where_the_family_said_so(
    file: str, names: tuple[str, ...], consents: tuple[str | None, ...]
) -> None:
    found = people(BY_FILE[file])

    assert tuple(map(name, found)) == names
    for person, consent in zip(found, consents, strict=True):
        said = (person.picture_consent or "").split(";")
        assert consent in said if consent else said == [""]
    assert not [one for one in read(BY_FILE[file]) if isinstance(one, RegisterProblem)]


def test_the_surname_that_a_pupil_goes_by_is_one_of_their_names() -> None:
    ada, tom = people(BY_FILE["sims.csv"])

    assert (ada.surname, ada.other_names, tom.other_names) == ("Okafor", "Ada Okafor-Lane", None)


def test_of_a_list_with_the_child_s_name_and_the_parent_s_the_parent_is_read_and_the_child_is_theirs() -> None:
    ngozi, jane = people(BY_FILE["sims-contacts.csv"])

    assert (ngozi.surname, ngozi.related_ids, jane.surname, jane.related_ids) == (
        "Okafor",
        "001201",
        "Hallam",
        "001202",
    )


def test_a_list_without_ids_makes_them_of_name_and_birthday_and_says_so_once() -> None:
    teacher = BY_FILE["teacher.csv"]
    found = people(teacher)
    moved = replace(teacher, rows=tuple(row for row in teacher.rows if row[0] != "Class 5B"))
    again = people(moved, "leavers")
    told = [one for one in read(teacher) if isinstance(one, RegisterColumn) and one.column_name == "person_id"]

    assert [one.person_id for one in found] == [one.person_id for one in again]  # a leaver is who the pupil was
    assert len({one.person_id for one in found}) == len(found)
    assert all(one.person_id.startswith("made-") for one in found)
    assert [one.state for one in told] == ["missing"]


def test_two_alike_without_ids_are_told_apart_by_their_birthdays_or_not_at_all() -> None:
    teacher = BY_FILE["teacher.csv"]
    twin = ("Adaeze Okafor", "12/03/2015", "✓", "")
    cousin = ("Adaeze Okafor", "12/03/2014", "✓", "")

    told = [
        one for one in read(replace(teacher, rows=(*teacher.rows, twin, cousin))) if isinstance(one, RegisterProblem)
    ]

    assert [one.row for one in told] == [7]
    assert told[0].problem.startswith("Name and date of birth are those of row 4")


@pytest.mark.parametrize("alone", ["Year Tom", "Tom Form", "Class Clown Smithson", "6 Apples", "Reception Desk"])
def test_a_row_of_one_cell_that_may_be_somebody_is_no_heading_of_others(alone: str) -> None:
    teacher = BY_FILE["teacher.csv"]

    found = people(replace(teacher, rows=(*teacher.rows, (alone, "", "", ""))))

    assert alone in map(name, found)


def test_a_list_of_nothing_but_names_has_no_class_rows() -> None:
    bare = Export("", "staff", "names.csv", (("Name", "Role"), ("6A", ""), ("Jane Halloran", "Teacher")))

    assert [name(one) for one in people(bare)] == ["6A", "Jane Halloran"]


@pytest.mark.parametrize(
    ("rows", "header", "begins"),
    [
        ((("Adno", "Name", "Photo consent", ""), ("", "", "Website", "Press")), "Photo consent Press", 2),
        ((("", "", "Photographs", ""), ("Adno", "Name", "Website", "Press")), "Photographs Press", 2),
        ((("Adno", "Name", "Photo consent", "Notes"), ("7", "A B", "Yes", "")), "Notes", 1),
        ((("Adno", "Name", "Photo consent", ""), ("7", "A B", "", "late")), "", 1),
        ((("Adno", "Name", "Home", ""), ("", "", "Street", "Town")), "", 1),
    ],
)
def test_a_head_over_several_columns_is_put_before_what_stands_below_it(
    rows: tuple[tuple[str, ...], ...], header: str, begins: int
) -> None:
    numbered = [Row(number, cells) for number, cells in enumerate(rows, start=1)]
    place = next(place for place, row in enumerate(rows) if "Adno" in row)

    found, rest = whole_header(numbered, place)

    assert (found.cells[3], rest) == (header, begins)


def test_a_preview_shows_each_column_with_what_it_is_read_as() -> None:
    arbor = BY_FILE["arbor.csv"]
    shown = preview("pupils", arbor.file_name, arbor.body, {"UPN": ""}, 1)

    assert [column.reads_as for column in shown.columns] == [
        *("full_name", "person_id", None, "date_of_birth", "year_group", "class_name"),
        *("picture_consent: website", "picture_consent: x, youtube", "picture_consent: press"),
    ]
    assert shown.rows == (arbor.rows[1],)


def test_the_ids_of_a_directory_are_anybody_s_and_those_of_a_staff_list_are_not_pupils() -> None:
    rows = BY_FILE["google-admin.csv"].rows
    without = tuple(tuple(cell for place, cell in enumerate(row) if place != 4) for row in rows)

    with pytest.raises(SourceRefused, match="its ids are headed Employee ID, as on a register of staff"):
        read(replace(BY_FILE["google-admin.csv"], rows=without))


@pytest.mark.parametrize(
    ("spoiled", "stops"), [("governors", False), ("parents", False), ("pupils", True), ("staff", True)]
)
def test_only_a_list_without_which_nobody_can_be_judged_stops_a_run(tmp_path: Path, spoiled: str, stops: bool) -> None:
    files = {"pupils": "arbor.csv", "staff": "sims-staff.csv", "parents": "sims-contacts.csv", "governors": "gone.csv"}
    for name in files.values():
        (tmp_path / name).write_bytes(BY_FILE[name].body if name in BY_FILE else b"Name,Role\nPat Reed,Chair\n")
    (tmp_path / files[spoiled]).write_bytes(b"\x00\x01\x02")
    came: list[object] = []

    with pytest.raises(RegistersRefused) as refused:
        came.extend(RegistersSource(tmp_path, files, as_of=DAY, pepper="k").pull())

    assert (refused.value.registers, refused.value.stops) == ({spoiled}, stops)
    assert {one.register for one in came if isinstance(one, RegisterRead)} == files.keys() - {spoiled}
