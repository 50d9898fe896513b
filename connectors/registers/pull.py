"""Reads the school's registers from its folder: files that cost nothing, so there are no pages and no store."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.errors import SourceRefused
from connectors.records import Record, RegisterRead, Signal
from connectors.registers.headers import PEOPLE, REGISTERS, Columns, aliases, find_columns
from connectors.registers.line import Reading
from connectors.registers.read import records as records_of
from connectors.registers.table import read_table, refused
from connectors.source import Store

MOST_HEADER_SIGNS = 80


class RegistersSource:
    """The register files of one school: `files` names each register's file inside `folder`."""

    name = "registers"

    def __init__(self, folder: Path, files: Mapping[str, str], *, as_of: date) -> None:
        self._folder = folder
        self._files = dict(files)
        self._as_of = as_of

    def pull(self, store: Store | None = None) -> Iterator[Record]:  # noqa: ARG002 - what costs nothing needs no store
        """Yield people, photographs, accounts, problems and one RegisterRead per file.

        A file that cannot be used does not keep the others from being read; then SourceRefused("input") names it.
        """
        refusals: list[SourceRefused] = []
        for register, file_name in self._files.items():
            try:
                yield from read_register(self._folder, register, file_name, as_of=self._as_of)
            except SourceRefused as error:
                refusals.append(error)
        if refusals:
            raise SourceRefused(" ".join(map(str, refusals)), reason="input") from refusals[0]


def read_register(folder: Path, register: str, file_name: str, *, as_of: date) -> list[Record]:
    """Return all records of one register file; SourceRefused("input") in one sentence when it is unusable."""
    if register not in REGISTERS:
        problem = f"is named for a register that does not exist ({', '.join(REGISTERS)} do)"
        raise refused(file_name, problem, "Correct school.toml")
    body, refreshed_on = _bytes(folder, file_name)
    table = read_table(body, file_name)
    columns = find_columns(table.header.cells, register)
    _has_needed(columns, register, file_name)
    reading = Reading(register, file_name, table, columns, as_of)
    records: list[Record] = list(records_of(reading))
    outcome = RegisterRead(
        register=register,
        file_name=file_name,
        rows=len(records),
        set_aside=reading.set_aside,
        sha256=hashlib.sha256(body).hexdigest(),
        refreshed_on=refreshed_on,
    )
    return [*records, *reading.problems, *_unknown(columns, register), outcome]


def _bytes(folder: Path, file_name: str) -> tuple[bytes, date]:
    path = folder / file_name
    try:
        return path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    except FileNotFoundError as error:
        remedy = "Put it in the school's registers folder or correct its name in school.toml"
        raise refused(file_name, "is not there", remedy) from error
    except OSError as error:
        raise refused(file_name, f"cannot be opened ({error.strerror})", "Close it elsewhere") from error


def _has_needed(columns: Columns, register: str, file_name: str) -> None:
    """Refuse a file without the columns that nothing can be done without, and say which headers would do."""
    if register in PEOPLE:
        wanted = [("person_id",), ("full_name", "surname")]
        if not columns.has("full_name") and columns.has("surname"):
            wanted.append(("given_names", "known_as"))
    elif register == "photographs":
        wanted = [("photograph_id",), ("file_name", "video_id"), ("channels",)]
    else:
        wanted = [("platform",), ("account_id", "handle")]
    for either in wanted:
        if not any(columns.has(column) for column in either):
            raise refused(file_name, _lacks(register, either), "Add such a column or rename one")


def _lacks(register: str, either: tuple[str, ...]) -> str:
    known = aliases(register)
    looked_for = dict.fromkeys(name for column in either for name in (*known[column][1:], column))
    return f"has no column for {' or '.join(either)} (looked for: {', '.join(looked_for)})"


def _unknown(columns: Columns, register: str) -> Iterator[Signal]:
    paths = (" ".join(header.split())[:MOST_HEADER_SIGNS] for header in columns.unknown)
    for path in dict.fromkeys(paths):
        yield Signal(platform="register", endpoint=register, field_path=path, seen=1)
