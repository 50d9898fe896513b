"""Exports with the headings of the products that schools use, as those write them; everybody in them is invented.

The headings are those of SIMS' and Arbor's reports, of Bromcom's and ScholarPack's lists, and of the Google Admin
console's own download of users; the layouts (titles, heads in two rows, class rows) are those that people ask for.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl import Workbook


@dataclass(frozen=True)
class Export:
    """One export: the program that wrote it, the register it is, its file's name, and its rows as they stand."""

    product: str
    register: str
    file_name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = ()

    @cached_property
    def body(self) -> bytes:
        """The file's bytes, a workbook or CSV by its name."""
        return _workbook(self.rows, self.merged) if self.file_name.endswith(".xlsx") else _csv(self.rows)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows).encode()


def _workbook(rows: Sequence[Sequence[str]], merged: Sequence[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([cell or None for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(out)
    return out.getvalue()


EXPORTS = (
    Export(
        "SIMS, a student list with titles above",
        "pupils",
        "sims.csv",
        (
            ("Hill View School", "", "", "", "", "", "", "", ""),
            ("Student list, printed 20/11/2026", "", "", "", "", "", "", "", ""),
            (
                *("Adno", "Legal Surname", "Legal Forename", "Preferred Surname", "Preferred Forename", "DOB"),
                *("Year taught in", "Reg Group", "Parental Consents"),
            ),
            ("001201", "Okafor", "Adaeze", "Okafor-Lane", "Ada", "12/03/2015", "Year  6", "6A", "Photograph Student"),
            ("001202", "Pickering", "Thomas", "", "Tom", "01/09/2015", "Year  6", "6A", "School Trips"),
        ),
    ),
    Export(
        "SIMS, contacts of students",
        "parents",
        "sims-contacts.csv",
        (
            (
                *("Adno", "Legal Surname", "Legal Forename", "Reg Group", "Contact Title", "Contact Surname"),
                *("Contact Forename", "Contact Relationship", "Contact Priority", "Parental Responsibility"),
            ),
            ("001201", "Okafor", "Adaeze", "6A", "Mrs", "Okafor", "Ngozi", "Mother", "1", "T"),
            ("001202", "Pickering", "Thomas", "6A", "Ms", "Hallam", "Jane", "Mother", "1", "T"),
        ),
    ),
    Export(
        "SIMS, staff",
        "staff",
        "sims-staff.csv",
        (
            ("Title", "Forename", "Surname", "Staff Code", "Role", "Work Email"),
            ("Mrs", "Jane", "Halloran", "JHA", "Teacher", ""),
            ("Mr", "Peter", "Ndlovu", "PND", "Teaching assistant", ""),
        ),
    ),
    Export(
        "Arbor, students with consents by kind",
        "pupils",
        "arbor.csv",
        (
            (
                *("Student", "Arbor Student ID", "UPN", "Date of Birth", "Year Group", "Registration Form"),
                *("Photo consent: Website", "Photo consent: Social Media", "Photo consent: Press"),
            ),
            ("Okafor, Adaeze", "1201", "Z99", "2015-03-12", "Year 6", "6A", "Yes", "No", "Yes"),
            ("Pickering, Thomas", "1202", "Z98", "2015-09-01", "Year 6", "6A", "Yes", "Yes", "Yes"),
        ),
    ),
    Export(
        "Arbor, guardians",
        "parents",
        "arbor-guardians.csv",
        (
            ("Guardian ID", "Guardian", "Relationship to student", "Student", "Student ID", "Email"),
            ("91", "Okafor, Ngozi", "Mother", "Okafor, Adaeze", "1201", ""),
            ("92", "Hallam, Jane", "Mother", "Pickering, Thomas", "1202", ""),
        ),
    ),
    Export(
        "Bromcom, a workbook with a head over three columns",
        "pupils",
        "bromcom.xlsx",
        (
            ("Student report", "", "", "", "", "", "", "", ""),
            (
                "Adm No",
                "Last Name",
                "First Name",
                "Date of Birth",
                "Year Group",
                "Tutor Group",
                "Photo consent",
                "",
                "",
            ),
            ("", "", "", "", "", "", "Website", "Social media", "Press"),
            ("2001", "Okafor", "Adaeze", "12/03/2015", "6", "6A", "✓", "✗", "✓"),
            ("2002", "Pickering", "Thomas", "01/09/2015", "6", "6A", "✓", "✓", "✓"),
        ),
        ("G2:I2",),
    ),
    Export(
        "ScholarPack, pupils with a list of permissions",
        "pupils",
        "scholarpack.csv",
        (
            ("Surname", "Forename", "Known As", "Admission No", "DOB", "NC Year", "Class", "Permissions"),
            ("Okafor", "Adaeze", "Ada", "301", "12/03/2015", "6", "Oak", "Photos - Website, Local trips"),
            ("Pickering", "Thomas", "Tom", "302", "01/09/2015", "6", "Oak", "Photos - Website, Photos - Social Media"),
        ),
    ),
    Export(
        "Google Admin, its download of users",
        "pupils",
        "google-admin.csv",
        (
            (
                *("First Name [Required]", "Last Name [Required]", "Email Address [Required]", "Password [Required]"),
                *("Org Unit Path [Required]", "Employee ID", "Status [READ ONLY]", "Last Sign In [READ ONLY]"),
            ),
            ("Adaeze", "Okafor", "ao@hill.example", "****", "/Pupils/Year 6", "1201", "Active", "2026/11/01"),
            ("Thomas", "Pickering", "tp@hill.example", "****", "/Pupils/Year 6", "1202", "Active", "2026/11/02"),
        ),
    ),
    Export(
        "A teacher's own list, with class rows and no ids",
        "pupils",
        "teacher.csv",
        (
            ("Hill View - photo list", "", "", ""),
            ("Class 6A", "", "", ""),
            ("Name", "DOB", "Photos OK?", "Notes"),
            ("Adaeze Okafor", "12/03/2015", "✗", ""),
            ("Class 5B", "", "", ""),
            ("Thomas Pickering", "01/09/2015", "✓", "not on FB"),
        ),
    ),
)
