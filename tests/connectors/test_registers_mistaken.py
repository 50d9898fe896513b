"""A register that is another list, or one of people without ids: the sentence that a person reads of it."""

import re
from datetime import date
from pathlib import Path

import pytest

from connectors.errors import SourceRefused
from connectors.records import Person, RegisterColumn, RegisterProblem, RegisterRead
from connectors.registers.pull import RegistersSource
from tests.connectors.register_files import AS_OF, NoStore, of, pull

NAMES = ["Tamsin Pendry", "Bo Marsh", "Ada Quill", "Cy Brook", "Di Furlong", "Eve Holm"]


def listed(head: str, *rest: str) -> str:
    """Return a register of six people: number and name, then the same cells in every row."""
    return "\n".join([f"ID,Name,{head}", *(f"{n},{name},{','.join(rest)}" for n, name in enumerate(NAMES))]) + "\n"


PUPILS = listed("Year,DOB", "4", "01/02/2016")
STAFF = listed("Job title,DOB", "Teacher", "01/02/1980")


@pytest.mark.parametrize(
    ("register", "text", "told"),
    [
        ("pupils", STAFF, "no register of pupils: most rows have a job title and no year group, as on"),
        ("leavers", STAFF, "no register of leavers: most rows have a job title and no year group"),
        ("pupils", listed("Children", "12"), "no register of pupils: most rows name children and no year group"),
        ("pupils", listed("Year,Left on", "6", "2026-07-20"), "most rows have a day of leaving that is past"),
        ("pupils", listed("DOB", "01/02/1980"), "most people on it are 20 or older"),
        ("staff", PUPILS, "no register of staff: most rows have a year group, as on a register of pupils"),
        ("staff", listed("DOB", "01/02/2016"), "most people on it are younger than 16"),
        ("staff", listed("Job title", "Parent governor"), "no register of staff: most people on it are governors"),
        ("governors", PUPILS, "no register of governors: most rows have a year group"),
        ("parents", listed("Year", "4"), "no register of parents: most rows have a year group"),
        ("pupils", "Staff Code,Name\nS1,Jo Marsh\n", "its ids are headed Staff Code, as on a register of staff"),
        ("pupils", "Guardian ID,Name\nG1,Jo Marsh\n", "its ids are headed Guardian ID, as on a register of parents"),
        ("staff", "Admission Number,Name\n7,Jo Marsh\n", "its ids are headed Admission Number, as on"),
        ("pupils", re.sub(r"(?m)^\d,", "7,", PUPILS), "has one and the same id in every row: export"),
        ("staff", re.sub(r"(?m)^\d,", "7,", STAFF), "or without that column where they have none, then run again."),
    ],
)  # fmt: skip
def test_another_list_than_the_one_it_stands_for_is_refused(
    tmp_path: Path, register: str, text: str, told: str
) -> None:
    with pytest.raises(SourceRefused) as caught:
        pull(tmp_path, register, text)

    assert told in str(caught.value)
    assert caught.value.reason == "input"
    assert not any(name in str(caught.value) for name in NAMES)


@pytest.mark.parametrize(
    ("register", "text"),
    [
        ("pupils", PUPILS),
        ("pupils", listed("Year,Left on", "6", "2027-07-20")),
        ("pupils", listed("Role", "Student")),
        ("leavers", listed("Year,DOB,Left on", "6", "01/02/2015", "2026-07-20")),
        ("staff", STAFF),
        ("staff", listed("Job title,Class", "Teacher", "Oak")),
        ("staff", listed("Job title,Year", "Teacher", "4")),
        ("governors", listed("Job title", "Parent governor")),
        ("parents", listed("Children,Year", "12", "4")),
        ("parents", "Parent name,Year\n" + "".join(f"{name},4\n" for name in NAMES)),
    ],
)
def test_a_list_that_is_what_it_should_be_is_read(tmp_path: Path, register: str, text: str) -> None:
    assert len(of(pull(tmp_path, register, text), Person)) == len(NAMES)


def source(folder: Path, **registers: str) -> RegistersSource:
    for register, text in registers.items():
        (folder / f"{register}.csv").write_text(text, encoding="utf-8")
    return RegistersSource(folder, {register: f"{register}.csv" for register in registers}, as_of=AS_OF)


@pytest.mark.parametrize(
    "again",
    [listed("Class", "Oak"), listed("Class", "Oak").replace(",", ";"), listed("Form", "Ash") + "9,Fay Nolan,Ash\n"],
    ids=["the same file", "the same list saved otherwise", "the same list with one more"],
)
def test_one_list_for_two_registers_is_refused_for_both_and_the_others_are_read(tmp_path: Path, again: str) -> None:
    pulled = source(tmp_path, pupils=listed("Class", "Oak"), leavers=again, staff=STAFF.replace("Quill", "Quayle"))
    records = []

    with pytest.raises(SourceRefused, match=r"pupils\.csv is given for the pupils, and leavers\.csv for") as caught:
        records.extend(pulled.pull(NoStore()))

    assert str(caught.value).count("both are one list: put the right file in its place or correct its name") == 1


def test_a_few_people_on_two_registers_are_no_mistake(tmp_path: Path) -> None:
    parents = "Guardian ID,Name\nG0,Tamsin Pendry\nG1,Jo Marsh\nG2,Di Furlong\nG3,Al Poe\nG4,Ed Roe\n"

    records = list(source(tmp_path, staff=STAFF, parents=parents, governors="Name\n").pull(NoStore()))

    assert [one.rows for one in of(records, RegisterRead)] == [6, 5, 0]


def test_an_approval_in_the_future_is_left_out_and_told(tmp_path: Path) -> None:
    records = pull(tmp_path, "photographs", "Ref,File,Channels,Approved on\n1,a.jpg,x,3/11/2026\n")

    assert [(one.row, one.problem) for one in of(records, RegisterProblem)] == [
        (2, "The day of the approval lies after the day of the audit; correct it.")
    ]


def test_everybody_born_on_one_day_is_told_once(tmp_path: Path) -> None:
    records = pull(tmp_path, "pupils", PUPILS)

    assert [(one.row, one.column_name, one.problem) for one in of(records, RegisterProblem)] == [
        (1, "DOB", "Everybody on the register was born on one day; export the dates of birth again.")
    ]
    assert {one.date_of_birth for one in of(records, Person)} == {date(2016, 2, 1)}


GOVERNORS = "Title,Name,Role\nMrs,Zoë Łęcka,Chair\nMr,Bo Marsh,Parent governor\n"


def ids(folder: Path, register: str, text: str, pepper: str = "key") -> list[str]:
    (folder / "one.csv").write_text(text, encoding="utf-8")
    pulled = RegistersSource(folder, {register: "one.csv"}, as_of=AS_OF, pepper=pepper).pull(NoStore())
    return [one.person_id for one in of(list(pulled), Person)]


def test_people_without_an_id_get_one_that_stays_the_same_however_the_row_is_written(tmp_path: Path) -> None:
    first = ids(tmp_path, "governors", GOVERNORS)
    again = ids(tmp_path, "governors", 'Name,Role\n"Marsh, Bo",PARENT GOVERNOR\n"Łęcka,  Zoe",chair\n')
    parts = ids(tmp_path, "governors", "Forename,Surname,Role\nZoë,Łęcka,Chair\n")

    assert first == again[::-1]
    assert parts == first[:1]
    assert all(re.fullmatch("made-[0-9a-f]{12}", one) for one in first)


def test_a_made_id_differs_by_role_by_register_and_by_key(tmp_path: Path) -> None:
    one = "Name,Role\nBo Marsh,Clerk\n"
    made = [
        *ids(tmp_path, "staff", one),
        *ids(tmp_path, "staff", one.replace("Clerk", "Cook")),
        *ids(tmp_path, "governors", one),
        *ids(tmp_path, "staff", one, pepper="another"),
    ]

    assert len(set(made)) == len(made)


def test_a_parents_made_id_rests_on_the_children_in_any_order(tmp_path: Path) -> None:
    assert ids(tmp_path, "parents", "Name,Children\nPat Pendry,12;13\n") == ids(
        tmp_path, "parents", "Name,Children\nPat Pendry,13;12\n"
    )


def test_two_alike_people_without_ids_are_told_and_the_first_is_kept(tmp_path: Path) -> None:
    records = pull(tmp_path, "parents", "Name\nPat Pendry\nJo Marsh\nPAT PENDRY\n")

    assert len(of(records, Person)) == 2
    assert [(one.row, one.problem) for one in of(records, RegisterProblem)] == [
        (4, "Name and role are those of row 2, and neither has an id; give both an id.")
    ]


def test_a_row_without_its_id_in_a_file_of_ids_goes_by_name_and_role_and_is_told(tmp_path: Path) -> None:
    records = pull(tmp_path, "staff", "Staff Code,Name\nS1,Jo Marsh\n,Bo Marsh\n,\n")

    assert [one.person_id[:5] for one in of(records, Person)] == ["S1", "made-"]
    assert [(one.row, one.problem) for one in of(records, RegisterProblem)] == [
        (3, "The row has no id, so one was made of name and role; give it one that stays.")
    ]


def test_a_register_without_a_column_of_ids_says_so_among_its_columns(tmp_path: Path) -> None:
    records = pull(tmp_path, "governors", GOVERNORS)

    missing = [one.column_name for one in of(records, RegisterColumn) if one.state == "missing"]
    assert "person_id" in missing
    assert of(records, RegisterProblem) == []


@pytest.mark.parametrize("register", ["pupils", "leavers"])
def test_pupils_cannot_do_without_the_schools_own_ids_and_their_birthdays(tmp_path: Path, register: str) -> None:
    with pytest.raises(SourceRefused, match="has no column for person_id or date_of_birth"):
        pull(tmp_path, register, "Name\nBo Marsh\n")
