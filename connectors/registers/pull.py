"""Reads the school's registers from its folder: files that cost nothing, so there are no pages and no store."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from connectors.errors import SourceRefused
from connectors.records import Person, Photograph, Record, RegisterProblem, RegisterRead
from connectors.registers import wrong_register
from connectors.registers.by_cells import by_cells
from connectors.registers.columns import columns_of
from connectors.registers.headers import PEOPLE, REGISTERS, aliases, find_columns, lacking, score
from connectors.registers.line import RegisterReading
from connectors.registers.row_records import records as records_of
from connectors.registers.table import read_table, refused
from connectors.source import Store
from engines.roll_ids import ERASED_ID, fold_roll_id

NOBODYS = "A roll id is on neither the pupils nor the leavers register, so nobody can tell whose it is; correct it."
MOST_NOBODYS = 10
NEEDED = frozenset({"pupils", "staff"})
Mapped = Mapping[str, Mapping[str, str]]  # by register: the school's own headings, and the columns that they stand for


class RegistersRefused(SourceRefused):
    """Files of some registers cannot be used; what came of the others has been given before. `registers` names them."""

    def __init__(self, message: str, registers: Iterable[str]) -> None:
        super().__init__(message, reason="input")
        self.registers = frozenset(registers)
        self.stops = bool(self.registers & NEEDED)


class RegistersSource:
    """The register files of one school: `files` names each register's file inside `folder`.

    `pepper` is what the ids are keyed with that people without one are given; `instead` are bytes that are read in
    place of a register's file, to see what a run would make of them.
    """

    name = "registers"

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, str],
        *,
        as_of: date,
        mapped: Mapped | None = None,
        pepper: str = "",
        instead: Mapping[str, bytes] | None = None,
    ) -> None:
        self._files = dict(files)
        self._mapped = mapped or {}
        self._instead = instead or {}
        self._read = partial(read_register, folder, as_of=as_of, pepper=pepper)

    def pull(self, store: Store | None = None) -> Iterator[Record]:  # noqa: ARG002 - what costs nothing needs no store
        """Yield people, photographs, accounts, columns, problems and one RegisterRead per file.

        A file that cannot be used does not keep the others from being read; then RegistersRefused names it.
        """
        read: dict[str, list[Record]] = {}
        lines: dict[str, int] = {}
        refusals: dict[str, SourceRefused] = {}
        for register, file_name in self._files.items():
            try:
                body = self._instead.get(register)
                read[register] = self._read(
                    register, file_name, mapped=self._mapped.get(register), body=body, lines=lines
                )
            except SourceRefused as error:
                refusals[register] = error
        refusals |= wrong_register.given_twice(
            [_people_of(records) for name, records in read.items() if name in PEOPLE]
        )
        for register, records in read.items():
            yield from records if register not in refusals else ()
        if not refusals.keys() & {"pupils", "leavers", "photographs"} and "pupils" in read:
            yield from nobodys(read.get("photographs", ()), lines, [*read["pupils"], *read.get("leavers", ())])
        if refusals:
            messages = dict.fromkeys(map(str, refusals.values()))
            raise RegistersRefused(" ".join(messages), refusals) from next(iter(refusals.values()))


def read_register(
    folder: Path,
    register: str,
    file_name: str,
    *,
    as_of: date,
    mapped: Mapping[str, str] | None = None,
    pepper: str = "",
    body: bytes | None = None,
    lines: dict[str, int] | None = None,
) -> list[Record]:
    """Return all records of one register file; SourceRefused("input") in one sentence when it is unusable.

    `mapped` are the school's own headings, and the columns that they stand for. `body` is read in the file's place.
    `lines` is given the row of each photograph.
    """
    if register not in REGISTERS:
        problem = f"is named for a register that does not exist ({', '.join(REGISTERS)} do)"
        raise refused(file_name, problem, "Correct school.toml")
    body, refreshed_on = bytes_of(folder, file_name) if body is None else (body, as_of)
    table = read_table(body, file_name, partial(score, register=register, mapped=mapped))
    columns = by_cells(find_columns(table.header.cells, register, mapped), register, table.rows)
    if either := lacking(columns, register):
        raise refused(file_name, _lacks(register, either), "Add such a column or rename one")
    reading = RegisterReading(register, file_name, table, columns, as_of, pepper)
    records = records_of(reading)
    if lines is not None and register == "photographs":
        lines.update(reading.seen)
    people = [record for record in records if isinstance(record, Person)]
    wrong_register.ensure_its_own(reading, people)
    wrong_register.tell_of_one_birthday(reading, people)
    outcome = RegisterRead(
        register=register,
        file_name=file_name,
        rows=len(records),
        set_aside=reading.set_aside,
        sha256=hashlib.sha256(body).hexdigest(),
        refreshed_on=refreshed_on,
        encoding=table.encoding,
    )
    return [*records, *reading.problems, *columns_of(register, file_name, columns, table.rows), outcome]


def nobodys(photographs: Iterable[Record], lines: Mapping[str, int], people: Iterable[Record]) -> Iterator[Record]:
    """Yield a problem for each row of the photographs register with a roll id that is nobody's; one for very many."""
    rolls = {ERASED_ID, *(fold_roll_id(one.person_id) for one in people if isinstance(one, Person))}
    file_name = next((one.file_name for one in photographs if isinstance(one, RegisterRead)), "")
    named = [
        (one, str(one.pupil_ids).split(";")) for one in photographs if isinstance(one, Photograph) and one.pupil_ids
    ]
    rows = [lines.get(one.photograph_id) for one, ids in named if not set(map(fold_roll_id, ids)) <= rolls]
    told = partial(RegisterProblem, register="photographs", file_name=file_name, column_name="pupil_ids")
    if len(rows) > MOST_NOBODYS:  # the roll is short, more likely
        yield told(row=None, problem=f"In {len(rows)} rows: {NOBODYS[0].lower()}{NOBODYS[1:]}")
        return
    yield from (told(row=row, problem=NOBODYS) for row in rows)


def _people_of(records: list[Record]) -> tuple[RegisterRead, list[Person]]:
    [read] = [record for record in records if isinstance(record, RegisterRead)]
    return read, [record for record in records if isinstance(record, Person)]


def bytes_of(folder: Path, file_name: str) -> tuple[bytes, date]:
    """Return what a register's file holds, and its own day; SourceRefused("input") when it cannot be opened."""
    path = folder / file_name
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            raise refused(
                file_name, "is no ordinary file, and reading it might never end", "Put the exported file there"
            )
        return path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    except FileNotFoundError as error:
        remedy = "Put it in the school's registers folder or correct its name in school.toml"
        raise refused(file_name, "is not there", remedy) from error
    except OSError as error:
        raise refused(file_name, f"cannot be opened ({error.strerror})", "Close it elsewhere") from error


def _lacks(register: str, either: tuple[str, ...]) -> str:
    headings = aliases(register)
    looked_for = dict.fromkeys(name for column in either for name in (*headings[column][1:], column))
    return f"has no column for {' or '.join(either)} (looked for: {', '.join(looked_for)})"
