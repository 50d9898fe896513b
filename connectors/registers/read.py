"""Turns the rows of one register into records, and what cannot be used into problems; no files, no clock.

A cell that cannot be read is left out and its row kept; a row without a usable id is set aside.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from connectors.records import Person, Photograph, Record, RegisteredAccount, RegisterProblem
from connectors.registers import cells
from connectors.registers.cells import UnreadableCellError
from connectors.registers.headers import Columns
from connectors.registers.table import Row, Table

Value = TypeVar("Value")


@dataclass(slots=True)
class Reading:
    """One register file as it is being read; `problems` and `set_aside` grow, `seen` holds the ids met."""

    register: str
    file_name: str
    table: Table
    columns: Columns
    as_of: date
    problems: list[RegisterProblem] = field(default_factory=list)
    set_aside: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    def records(self) -> Iterator[Record]:
        """Yield a record for every row that can be used, in the order of the file."""
        one = {"photographs": photograph, "accounts": account}.get(self.register, person)
        for row in self.table.rows:
            record = one(Line(self, row)) if self._fits(row) else None
            if record is None:
                self.set_aside += 1
            else:
                yield record

    def complain(self, row: Row, column: str | None, problem: str) -> None:
        """Note what is wrong with a row or, by its canonical name, a column of it."""
        title = self.columns.title(column) or column if column else None
        self.problems.append(
            RegisterProblem(
                register=self.register, file_name=self.file_name, row=row.number, column_name=title, problem=problem
            )
        )

    def _fits(self, row: Row) -> bool:
        if any(cell.strip() for cell in row.cells[len(self.columns.header) :]):
            problem = "The row has more cells than the header, so its values may have shifted; correct the row."
            self.complain(row, None, problem)
            return False
        return True


@dataclass(frozen=True, slots=True)
class Line:
    """One row under its headers; a cell that cannot be read becomes a problem and then None."""

    reading: Reading
    row: Row

    def get(self, column: str, convert: Callable[[str], Value]) -> Value | None:
        """Return the converted cell; None when the column is absent, the cell empty or not readable."""
        raw = self._raw(column)
        if not cells.trimmed(raw):
            return None
        try:
            return convert(raw)
        except UnreadableCellError as error:
            self.complain(column, str(error))
            return None

    def text(self, column: str) -> str | None:
        """Return a cell of plain text."""
        return self.get(column, cells.words)

    def day(self, column: str) -> date | None:
        """Return a cell that holds a date."""
        return self.get(column, lambda raw: cells.day(raw, self.reading.table.epoch))

    def unique(self, column: str) -> str | None:
        """Return the row's id; None, with the problem noted, when it is missing or was there before."""
        before = len(self.reading.problems)
        found = self.get(column, cells.identifier)
        if found is None:
            if len(self.reading.problems) == before:
                self.complain(column, "The row has no id; give it one.")
            return None
        return found if self.is_new(found, column) else None

    def is_new(self, key: str, column: str) -> bool:
        """Say whether no earlier row has this key; note the problem when one has."""
        first = self.reading.seen.setdefault(key, self.row.number)
        if first != self.row.number:
            self.complain(column, f"The id of row {first} stands here again; only the first row is used.")
        return first == self.row.number

    def each(self, column: str, convert: Callable[[str], str]) -> str:
        """Return the parts of a cell separated by semicolons; a part that cannot be read is left out."""
        found = []
        for part in cells.parts(self._raw(column)):
            try:
                found.append(convert(part))
            except UnreadableCellError as error:
                self.complain(column, str(error))
        return ";".join(dict.fromkeys(found))

    def complain(self, column: str | None, problem: str) -> None:
        """Note what is wrong with this row."""
        self.reading.complain(self.row, column, problem)

    def _raw(self, column: str) -> str:
        place = self.reading.columns.places.get(column)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else ""


def person(line: Line) -> Person | None:
    """Return the person of a row; None when the row has no usable id."""
    person_id = line.unique("person_id")
    if person_id is None:
        return None
    found = Person(
        register=line.reading.register,
        person_id=person_id,
        title=line.text("title"),
        given_names=line.text("given_names"),
        surname=line.text("surname"),
        known_as=line.text("known_as"),
        other_names=line.text("other_names"),
        full_name=line.get("full_name", cells.name),
        date_of_birth=_born(line),
        year_group=line.get("year_group", cells.year_group),
        class_name=line.text("class_name"),
        job_title=line.text("job_title"),
        left_on=line.day("left_on"),
        related_ids=line.each("related_ids", cells.identifier) or None,
        x_account=line.get("x_account", cells.account),
        youtube_account=line.get("youtube_account", cells.account),
        picture_consent=line.text("picture_consent"),
    )
    if not (found.full_name or (found.surname and (found.given_names or found.known_as))):
        line.complain(None, "The row has no full name, so this person cannot be recognised by name; add it.")
    return found


def _born(line: Line) -> date | None:
    born = line.day("date_of_birth")
    if born is None or born <= line.reading.as_of:
        return born
    line.complain("date_of_birth", "The date of birth lies after the day of the audit; correct it.")
    return None


def photograph(line: Line) -> Photograph | None:
    """Return the photograph or video of a row; None without a usable id, or a file or video to go by."""
    photograph_id = line.unique("photograph_id")
    if photograph_id is None:
        return None
    file_name, video_id = line.get("file_name", cells.file_name), line.get("video_id", cells.video)
    if file_name is None and video_id is None:
        line.complain(None, "The row names neither a file nor a video; give one of the two.")
        return None
    return Photograph(
        photograph_id=photograph_id,
        file_name=file_name,
        video_id=video_id,
        channels=line.each("channels", cells.channel),
        approved_by=line.text("approved_by"),
        approved_on=line.day("approved_on"),
        expires_on=line.day("expires_on"),
        basis=line.get("basis", cells.basis),
        consent=line.text("consent"),
        objection=line.text("objection"),
        pupil_ids=line.each("pupil_ids", cells.identifier) or None,
    )


def account(line: Line) -> RegisteredAccount | None:
    """Return the account of a row; None without a platform, or an id or handle."""
    platform = line.get("platform", cells.platform)
    account_id, handle = line.get("account_id", cells.account), line.get("handle", cells.account)
    if platform is None or (account_id is None and handle is None):
        line.complain(None, "The row needs a platform, and an account id or a handle.")
        return None
    if not line.is_new(f"{platform}:{account_id or str(handle).casefold().removeprefix('@')}", "account_id"):
        return None
    return RegisteredAccount(
        platform=platform,
        account_id=account_id,
        handle=handle,
        purpose=line.text("purpose"),
        owner_role=line.text("owner_role"),
        approved_by=line.text("approved_by"),
        approved_on=line.day("approved_on"),
    )
