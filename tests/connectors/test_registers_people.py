"""What becomes of the rows of a register of people: kept, mended, or set aside with a sentence that names no one."""

from datetime import date
from pathlib import Path

import pytest

from connectors.records import Person, RegisterColumn, RegisterProblem, RegisterRead
from connectors.registers.row_ids import DIFFER
from tests.connectors.register_files import of, pull


def test_a_sims_export_is_read_whole(tmp_path: Path) -> None:
    text = (
        "Adno,Legal Surname,Legal Forename,Preferred Forename,DOB,Year,Reg\n"
        "000123, Pendry ,Tamsin\u00a0Joy,Tam,01/02/2016,Year 4,4\u00a0Oak\n"
    )

    (person,) = of(pull(tmp_path, "pupils", text), Person)

    assert person == Person(
        register="pupils",
        person_id="000123",
        given_names="Tamsin Joy",
        surname="Pendry",
        known_as="Tam",
        date_of_birth=date(2016, 2, 1),
        year_group="4",
        class_name="4 Oak",
    )


@pytest.mark.parametrize(
    ("register", "header", "row"),
    [
        ("pupils", "Student ID;Pupil name;Birth date;Curriculum Year;Tutor Group", "7;Tamsin Pendry;2016-02-01;4;Oak"),
        ("pupils", "UPN\tName\tDate of birth\tNC Year\tForm", "7\tPendry, Tamsin\t1 Feb 2016\tY4\tOak"),
        ("leavers", "person_id,full_name,date_of_birth,year_group,class_name", "7,Tamsin Pendry,1-2-2016,04,Oak"),
        ("pupils", "PUPIL-ID,FULL NAME,d.o.b.,year_group,Reg. Group", "7,Tamsin Pendry,1.2.2016,Yr 4,Oak"),
    ],
)
def test_the_headers_of_every_program_mean_the_same(tmp_path: Path, register: str, header: str, row: str) -> None:
    (person,) = of(pull(tmp_path, register, f"{header}\n{row}\n"), Person)

    assert (person.person_id, person.full_name, person.class_name) == ("7", "Tamsin Pendry", "Oak")
    assert (person.date_of_birth, person.year_group) == (date(2016, 2, 1), "4")


def test_the_better_header_wins_and_the_upn_is_the_last_resort(tmp_path: Path) -> None:
    text = "UPN,ID,Admission Number,Surname,Legal Surname,Forename\nU1,9,A1,Pendry,Penn,Tam\n"

    records = pull(tmp_path, "pupils", text)

    (person,) = of(records, Person)
    assert (person.person_id, person.surname) == ("A1", "Pendry")
    assert [one.heading for one in of(records, RegisterColumn) if one.state == "ignored"] == [
        "UPN", "ID", "Legal Surname",
    ]  # fmt: skip


def test_a_pupil_column_in_the_parents_register_is_about_the_child(tmp_path: Path) -> None:
    text = "Student ID,Contact ID,Contact name,Student\n12;13,P1,Pat Pendry,Tamsin Pendry\n"

    records = pull(tmp_path, "parents", text)

    (parent,) = of(records, Person)
    assert (parent.person_id, parent.full_name, parent.related_ids) == ("P1", "Pat Pendry", "12;13")
    assert [one.heading for one in of(records, RegisterColumn) if one.state == "ignored"] == ["Student"]


def test_a_parents_children_are_separated_by_semicolons(tmp_path: Path) -> None:
    text = 'Guardian ID,Name,Children IDs\nP1,Pat Pendry,"12, 13|12;\n14"\n'

    (parent,) = of(pull(tmp_path, "parents", text), Person)

    assert parent.related_ids == "12;13;14"


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Year 7", "7"), ("7", "7"), ("Y7", "7"), ("Yr.7", "7"), ("07", "7"), ("year 13", "13"), ("NC Year 2", "2"),
        ("Reception", "R"), ("R", "R"), ("YR", "R"), ("Year R", "R"), ("0", "R"), ("Nursery", "N"), ("N2", "N"),
        ("Year 15", "Year 15"), ("Sixth form", "Sixth form"), ("Key  Stage 2", "Key Stage 2"),
    ],
)  # fmt: skip
def test_years_are_said_in_one_way(tmp_path: Path, told: str, meant: str) -> None:
    (person,) = of(pull(tmp_path, "pupils", f"ID,Name,Year\n7,Tamsin Pendry,{told}\n"), Person)

    assert person.year_group == meant


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2016-02-01", date(2016, 2, 1)), ("2016/2/1", date(2016, 2, 1)), ("01/02/2016", date(2016, 2, 1)),
        ("1-2-2016", date(2016, 2, 1)), ("1 Feb 2016", date(2016, 2, 1)), ("1st February, 2016", date(2016, 2, 1)),
        ("01-FEB-2016", date(2016, 2, 1)), ("9 Sept 2016", date(2016, 9, 9)), ("42401", date(2016, 2, 1)),
        ("01/02/2016 00:00", date(2016, 2, 1)), ("2016-02-01T00:00:00", date(2016, 2, 1)),
    ],
)  # fmt: skip
def test_dates_are_read_in_british_order(tmp_path: Path, told: str, meant: date) -> None:
    (person,) = of(pull(tmp_path, "pupils", f'ID,Name,DOB\n7,Tamsin Pendry,"{told}"\n'), Person)

    assert person.date_of_birth == meant


@pytest.mark.parametrize("told", ["31/02/2016", "02/31/2016", "1/2/16", "soon", "1 Mist 2016", "01/02/0216", "#REF!"])
def test_a_date_that_cannot_be_read_is_left_out_and_its_row_kept(tmp_path: Path, told: str) -> None:
    records = pull(tmp_path, "pupils", f"ID,Name,DOB\n7,Tamsin Pendry,{told}\n")

    (person,) = of(records, Person)
    (problem,) = of(records, RegisterProblem)
    assert person.date_of_birth is None
    assert (problem.row, problem.column_name) == (2, "DOB")
    assert told not in problem.problem


def test_a_birth_after_the_day_of_the_audit_is_a_slip(tmp_path: Path) -> None:
    records = pull(tmp_path, "pupils", "ID,Name,DOB\n7,Tamsin Pendry,2026-11-02\n8,Bo Marsh,2026-11-03\n")

    assert [person.date_of_birth for person in of(records, Person)] == [date(2026, 11, 2), None]
    assert [problem.row for problem in of(records, RegisterProblem)] == [3]


def test_bad_rows_are_set_aside_and_stop_nothing_but_themselves(tmp_path: Path) -> None:
    text = """Adno,Name,DOB
1,Tamsin Pendry,
,Bo Marsh,

1,Ada Quill,
2.5E+18,Cy Brook,
3,"Shifted, and unquoted",,Brook
4,,
5,Di Furlong,
"""
    records = pull(tmp_path, "pupils", text)

    assert [person.person_id for person in of(records, Person)] == ["1", "4", "5"]
    assert [(problem.row, problem.column_name, problem.problem) for problem in of(records, RegisterProblem)] == [
        (3, "Adno", "The row has no id; give it one."),
        (5, "Name", DIFFER.format(2)),
        (6, "Adno", "The spreadsheet rounded this number; format the column as text and enter it again."),
        (7, None, "The row has more cells than the header, so its values may have shifted; correct the row."),
        (8, None, "The row has no full name, so this person cannot be recognised by name; add it."),
    ]
    (read,) = of(records, RegisterRead)
    assert (read.rows, read.set_aside) == (3, 4)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("@tam_p", "@tam_p"), ("https://x.com/tam_p", "tam_p"), ("twitter.com/tam_p/status/1?s=20", "tam_p"),
        ("https://www.youtube.com/@tamp", "tamp"), ("youtube.com/channel/UC-1_a", "UC-1_a"), ("1001", "1001"),
        ("see Pat", None), ("a;b", None), ("1.32190267818897E+18", None),
    ],
)  # fmt: skip
def test_a_declared_account_is_one_id_or_handle(tmp_path: Path, told: str, meant: str | None) -> None:
    records = pull(tmp_path, "staff", f"Staff Code,Name,X handle,YouTube channel\nS1,Jo Marsh,{told},{told}\n")

    (person,) = of(records, Person)
    assert (person.x_account, person.youtube_account) == (meant, meant)
    assert len(of(records, RegisterProblem)) == (0 if meant else 2)


def test_no_problem_repeats_a_value_of_the_register(tmp_path: Path) -> None:
    text = "ID,Name,DOB,X account\n7,Zebedee Quillfeather,Zebedee,Zebedee Quillfeather\n7,Zebedee Quillfeather,,\n"

    problems = of(pull(tmp_path, "pupils", text), RegisterProblem)

    assert len(problems) == 3
    assert not any("zebedee" in str(problem).lower() for problem in problems)


def test_the_days_of_reading_and_training_are_read_under_schools_own_headings(tmp_path: Path) -> None:
    text = (
        "Staff Code,Surname,Forename,Policy signed,Safeguarding training\n"
        "S1,Pendry,Tamsin,01/09/2026,3 Sep 2026\n"
        "S2,Marsh,Ivor,yes,01/09/2099\n"
        "S3,Lowe,Ada,,\n"
    )

    records = pull(tmp_path, "staff", text)

    assert [(one.policy_read_on, one.trained_on, one.unread_days) for one in of(records, Person)] == [
        (date(2026, 9, 1), date(2026, 9, 3), None),
        (None, None, "policy_read_on;trained_on"),
        (None, None, None),
    ]
    assert [(one.row, one.doubts) for one in of(records, RegisterProblem)] == [(3, "policy_read_on"), (3, "trained_on")]


def test_of_two_rows_of_one_id_the_later_day_counts(tmp_path: Path) -> None:
    text = "Staff Code,Surname,Forename,Trained on\nS1,Pendry,Tamsin,01/09/2024\nS1,Pendry,Tamsin,01/09/2026\n"

    (person,) = of(pull(tmp_path, "staff", text), Person)

    assert person.trained_on == date(2026, 9, 1)
