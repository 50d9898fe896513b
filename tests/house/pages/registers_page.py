"""Writes docs/registers.md from headers.toml, columns.toml and consents.toml: run it as in its last lines."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from connectors.records import Person
from connectors.registers.columns import preview
from connectors.registers.consent_channels import CHANNELS
from connectors.registers.consents import listed
from connectors.registers.headers import ON_ROLL, PEOPLE, READ_TOGETHER, REGISTERS, aliases, asked, holds
from connectors.registers.pull import read_register
from connectors.registers.table_rows import MOST_TITLE_ROWS
from tests.connectors.exports import EXPORTS
from tests.flows.odd_files import ODD

_HEAD = f"""\
# The registers

<!-- Made by tests/house/pages/registers_page.py: do not edit. -->

The files that a school exports, named under `[registers]` in `school.toml`: CSV (commas, semicolons or tabs; UTF-8,
UTF-16 or Windows) or XLSX. What is something else (LibreOffice's ODS, a web page called .xls, an old Excel file) is
refused for what it is. They are read as they come from SIMS, Arbor, Bromcom or a spreadsheet.

- **Headings.** The row that names most of the columns below is the header, among the first {MOST_TITLE_ROWS} rows that
  are not blank and, in a workbook, on the first sheet that has one; titles may stand above it. Rows that say the header
  again, and sums or a printer's words at the end (`Total`, `Number of pupils`, `Report generated`), are left out. The
  row numbers in problems are those that a spreadsheet program shows.
- **Columns.** Case, spaces and punctuation of a heading do not matter. Of two headings for one column the first in the
  list below is read, and the other is reported as ignored; of several columns of consents each is read, and a refusal
  in any of them counts. `audit doctor` names what was recognised, what was ignored and what is missing, and what an
  ignored heading may mean. What may be somebody's cell is shown as `column F` and no heading.
- **A heading of your own** is mapped for good in `school.toml`; a text of nothing means that it is never read:

```toml
[registers]
pupils = "pupils.csv"

[registers.columns.pupils]
"Photograph Student" = "picture_consent"
"Photo of house" = ""
```

- **Ids.** A list of pupils or leavers without a column of ids needs their dates of birth: each gets an id made of
  name and date of birth, the same as a pupil and as a leaver. Staff, governors and parents without one get one made
  of their name and of their job title or children. It is keyed with the school's key: the same person has the same id
  every week, until what it is made of changes. Two people who are alike in both are reported, and the second is left
  out. The school's own ids are better: photographs name pupils by them.
- **Heads in two rows, and class rows.** A head of consents over several columns (`Photo consent` over `Website`,
  `Press`) is put before each of them. A row of one cell such as `Class 6A` heads those below it, and is nobody. A
  list with the child's name and the parent's (`Contact Surname`, `Guardian`) is read as the parent's; `Preferred
  Surname` is one of the names by which a pupil is known.
- **Optional lists.** A run needs the pupils and the staff. Where another list cannot be read it goes on without it,
  says so, and reports nothing as kept or gone that rests on it. A list on which nobody stands is called empty.
- **Several rows of one id** count as one, such as a row for each contact, sort of consent or child: a refusal on any of
  them is one, an objection too, the earliest last day counts, and whom they show is put together. Where they differ in
  a name, a birthday, an account or a file, the later row is reported. Ids are also read as `1234.0`, `="1234"` and
  `'1234`, and several in a cell with `;`, `,`, `/`, `&`, `and` or a blank between them.
- **What cannot be read for certain** is reported by row, and nothing that rests on it counts as kept or gone until
  it is put right: a formula without its value, what is struck through, a day that cannot be read, an id that nobody on
  the roll has, a row that is cut short, and letters that were lost (`Si?n`). A cell that is merged says the same for
  each of its rows. Where a file does not say how its letters are written, that is found by what makes names of them;
  anything but Unicode and Windows is reported as a guess.
- **Days.** Where one date of a column has the month first, the others that could be read both ways are reported. A
  midnight of British summer time that a program wrote in UTC (`2014-06-04T23:00:00Z`) is the day that began then.
- **Another list.** A file that is plainly another register's (job titles and no year groups under pupils, ids that are
  headed `Staff Code`, grown-ups or children where there should be none), one list given for two registers, or one id in
  every row is refused, and nothing is judged by it. Everybody born on one day, a birth or an approval that lies after
  the day of the audit, and what cannot be read are reported by row and column.
- **At the desk** a photograph is approved, an approval ended, a declared account entered and a whole file replaced
  ([desk.md](desk.md)); what is changed so keeps the file's own form.
- **A consent for some channels.** A heading with a word for pictures and one for channels (`Website photographs`,
  `Photograph - Social Media`) is about these alone, and so is a cell such as `website: yes; social media: no` or a
  list of what is given: `School Trips, Photograph - Website`. What is given for some channels is not given for the
  others; what is refused for some is refused there alone. A heading that names none counts for all: `audit doctor`
  asks once, and `"Photo consent" = "picture_consent: website, press"` under `[registers.columns.pupils]` answers.
  The channels: {", ".join(CHANNELS)}; their words stand in `connectors/registers/headers.toml`.
- **A consent that is not there.** Where the policy asks whether a picture's consent was withdrawn, the check could not
  tell without the column: that of the pupils where a photograph names pupils, that of the photographs where one names
  none. The same goes for a column that is missing while a heading that nobody recognised looks like it. An approval
  whose basis is `consent` stands where its row says that it was given, or those of all the pupils whom it shows do.
"""


# What every register of people may have; the staff's alone says by when they have read and learnt.
_COMMON = {column: names for column, names in aliases("staff").items() if column in aliases("governors")}


def page() -> str:
    """Return docs/registers.md as it should be."""
    others = [register for register in REGISTERS if register not in PEOPLE]
    parts = [_HEAD, *_consents(), "## People\n", *_table(_COMMON)]
    parts += [part for register in PEOPLE for part in _people(register)]
    parts += [part for name in others for part in (f"## {name.capitalize()}\n", *_table(aliases(name)), _ends(name))]
    parts += _exports()
    return "\n".join(parts)


def _consents() -> Iterator[str]:
    yield "## What counts as a consent\n"
    yield "Any other word is read as a refusal, and reported by row and column. `Na` is one beside Welsh answers.\n"
    for meant, words in listed().items():
        named = ", ".join(f"`{word}`" if word else "an empty cell" for word in words)
        yield f"- **{meant.replace('_', ' ')}**: {named}"
    yield ""


def _people(register: str) -> Iterator[str]:
    yield f"### {register.capitalize()}\n"
    own = {column: names for column, names in aliases(register).items() if names != _COMMON.get(column)}
    if own:
        yield from ["Read here by these headings and no others:\n", *_table(own)]
    yield _ends(register)


def _table(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "| column | what it holds | headings that are recognised, the first before the second |\n|---|---|---|"
    for column, names in columns.items():
        headings = ", ".join(f"`{name}`" for name in names)
        yield f"| **{column}** | {holds(column)} | {headings}{'; all of them' if column in READ_TOGETHER else ''} |"
    yield ""


def _ends(register: str) -> str:
    return f"{_needs(register)} Asked for, and reported when missing: {', '.join(asked(register))}.\n"


def _exports() -> Iterator[str]:
    yield "## What is made of the exports that schools have\n"
    yield "Each is a test (`tests/connectors/exports.py`), with the product's own headings and invented people.\n"
    yield "| export | told for | what is read | what is not read | what is said |\n|---|---|---|---|---|"
    for export in EXPORTS:
        given = {"as_of": date(2026, 11, 26), "body": export.body}
        columns = preview(export.register, export.file_name, export.body, None, 0).columns
        records = read_register(Path(), export.register, export.file_name, **given)
        read = ", ".join(f"`{one.heading}` as {one.reads_as.replace('_', ' ')}" for one in columns if one.reads_as)
        left = ", ".join(f"`{one.heading}`" for one in columns if not one.reads_as) or "nothing"
        made = any(isinstance(one, Person) and one.person_id.startswith("made-") for one in records)
        says = ["ids are made, of what stays"] if made else []
        is_told = export.file_name != "google-admin.csv"
        told = export.register if is_told else "nobody can tell: it is asked"
        yield f"| {export.product} | {told} | {read} | {left} | {'; '.join(says) or 'nothing'} |"
    yield "\n### Other files that are dropped into the set-up\n"
    yield "Each is a test (`tests/flows/odd_files.py`). What is asked is answered beside the file or a page on.\n"
    yield "| step | file | what becomes of it | what is said |\n|---|---|---|---|"
    yield from (f"| {one.step} | {one.what} (`{one.name}`) | {one.became} | {one.says} |" for one in ODD)
    yield ""


def _needs(register: str) -> str:
    if register == "photographs":
        return "Cannot do without: photograph_id, file_name or video_id, and channels."
    if register not in PEOPLE:
        return "Cannot do without: platform, and account_id or handle."
    names = "full_name, or surname with given_names or known_as"
    return f"Cannot do without: {'person_id or date_of_birth, and ' if register in ON_ROLL else ''}{names}."


if __name__ == "__main__":  # python -m tests.house.pages.registers_page docs/registers.md
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
