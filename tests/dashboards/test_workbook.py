"""The workbook and the CSV say what the page says, with ids as text and each piece of evidence in a column."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboards.report import Tier, write_report
from dashboards.report.workbook import LONGEST_CELL
from tests.dashboards.copies import RUN, add, copy, evidence
from tests.dashboards.ordinary import ordinary

LONG_ID = "9000001793394300000"


def read(db: Any, folder: Path, tier: Tier = "lead") -> dict[str, list[dict[str, Any]]]:
    """Return each sheet of the tier's workbook as rows by heading."""
    (path,) = write_report(db, folder, run_id=RUN, tier=tier, formats=["xlsx"])
    book = load_workbook(path)
    return {
        sheet.title: [
            dict(zip((cell.value for cell in sheet[1]), (cell.value for cell in row), strict=True))
            for row in sheet.iter_rows(min_row=2)
        ]
        for sheet in book.worksheets
    }


def test_the_first_sheet_has_every_exception_with_its_ref_and_the_policys_number(tmp_path: Path) -> None:
    sheets = read(ordinary(), tmp_path)

    assert list(sheets) == [
        "Exceptions",
        "Approved pictures",
        "Pupil follower",
        "Staff bio",
        "Clauses",
        "What was seen",
    ]
    new = [row for row in sheets["Exceptions"] if row["Check id"] == "pupil_follower" and row["Status"] == "New"]
    assert [(row["Ref"], row["Clause"], row["Severity"], row["Owner"]) for row in new] == [
        ("a0a0a0a0", "4.2", "High", "Enterprise and Technology Lead"),
        ("a1a1a1a1", "4.2", "High", "Enterprise and Technology Lead"),
    ]
    assert new[0]["Due"] == datetime(2026, 11, 23)  # noqa: DTZ001 - a day, as a spreadsheet has it
    statuses = [row["Status"] for row in sheets["Exceptions"]]
    assert statuses.index("Gone") >= len(statuses) - statuses.count("Gone")


def test_a_checks_own_sheet_has_a_column_for_each_piece_of_evidence(tmp_path: Path) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="aa" * 32, evidence=evidence("@ada", "Ada", "1"))
    add(db, "exceptions", fingerprint="bb" * 32, evidence=evidence("@bo", "Bo", "2", band="likely", quote="y8, OVS"))

    (first, second) = read(db, tmp_path)["Pupil follower"]

    assert (first["Account"], first["Shown name"], first["How sure"], first["The words"]) == ("@ada", "Ada", None, None)
    assert (second["Link"], second["How sure"], second["The words"]) == ("https://x.com/i/user/2", "likely", "y8, OVS")


def test_an_id_is_a_text_of_all_its_digits_and_no_text_is_a_formula_or_a_link(tmp_path: Path) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="aa" * 32, subject_id=LONG_ID, reason="=1+1", next_step="https://x.com/i/user/1")

    (path,) = write_report(db, tmp_path, run_id=RUN, formats=["xlsx"])
    sheet = load_workbook(path)["Exceptions"]
    cells = {sheet.cell(1, cell.column).value: cell for cell in sheet[2]}

    assert (cells["Subject id"].value, cells["Subject id"].data_type) == (LONG_ID, "s")
    assert (cells["Reason"].value, cells["Reason"].data_type) == ("=1+1", "s")
    assert cells["What to do"].hyperlink is None


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="aa" * 32, reason="a" * (LONGEST_CELL + 7))

    (row,) = read(db, tmp_path)["Exceptions"]

    assert row["Reason"].endswith("a… (7 more characters)")


@pytest.mark.parametrize("tier", ["governors", "headteacher"])
def test_who_reads_counts_gets_counts_and_clauses_alone(tier: Tier, tmp_path: Path) -> None:
    sheets = read(ordinary(), tmp_path, tier)

    assert list(sheets) == ["Counts", "Clauses"]
    assert "mia" not in str(sheets).lower()


def test_a_week_without_an_exception_is_a_workbook_too(tmp_path: Path) -> None:
    assert read(copy(), tmp_path) == {"Exceptions": [], "Clauses": [], "What was seen": []}


def test_the_csv_has_ref_number_and_each_piece_of_evidence_in_columns(tmp_path: Path) -> None:
    db = copy(clauses="clause | ref\nc4-2 | 4.2")
    add(db, "exceptions", fingerprint="aa" * 32, evidence=evidence("@ada", "Ada", "1", band="likely"))
    add(db, "exceptions", fingerprint="bb" * 32, evidence=evidence("@bo", "Bo", "2"))

    (path,) = write_report(db, tmp_path, run_id=RUN, formats=["csv"])
    first, second = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))

    assert (first["ref"], first["clause_ref"], first["evidence_account"]) == ("aaaaaaaa", "4.2", "'@ada")
    assert (second["evidence_link"], second["evidence_shown_name"]) == ("https://x.com/i/user/2", "Bo")
    assert (first["evidence_band"], second["evidence_band"]) == ("likely", "")
    assert first["evidence"].endswith("band: likely")
