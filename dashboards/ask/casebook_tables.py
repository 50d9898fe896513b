"""What a question may read of the casebook: some columns of some tables, and none that lets anybody in.

No password's hash, no secret, no token, no session, and no account at a sign-in provider is among them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Column, Table, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_tables import ACCESS_LOG, PEOPLE
from warehouse.casebook.tables import (
    ACCEPTANCES,
    AGE_DELETIONS,
    ATTESTATIONS,
    CHALLENGES,
    DECISIONS,
    ERASURES,
    HOLDS,
    LABELS,
    QUERIES,
    QUERY_ANSWERS,
    REGISTER_CHANGES,
    TOMBSTONES,
)
from warehouse.catalogue.tags import withheld_columns

_KINDS = {"INTEGER": "bigint", "BOOLEAN": "boolean", "DATE": "date", "DATETIME": "timestamptz"}
_NAMED = {"at": "done_at"}  # a word of SQL's own


@dataclass(frozen=True, slots=True)
class CasebookTable:
    """One table of schema `casebook`: its name there, what a row of it is."""

    name: str
    about: str
    table: Table

    @property
    def read(self) -> tuple[Column[object], ...]:
        """The columns that may be read: all but the school's id and what the catalogue withholds."""
        withheld = withheld_columns(f"casebook.{self.table.name}") | {"school"}
        return tuple(column for column in self.table.columns if column.name not in withheld)

    @property
    def kinds(self) -> Mapping[str, str]:
        """The DuckDB type of each column."""
        kinds = {column.name: str(column.type).partition("(")[0] for column in self.read}
        return {_NAMED.get(name, name): _KINDS.get(kind, "varchar") for name, kind in kinds.items()}


TABLES = (
    CasebookTable(
        "decisions",
        "What people decided about a case, in order; the newest that was not undone counts.",
        DECISIONS,
    ),
    CasebookTable("attestations", "Who attested which clause, on what evidence, and until when.", ATTESTATIONS),
    CasebookTable("acceptances", "Who accepted a change of a whole register, and why.", ACCEPTANCES),
    CasebookTable("register_changes", "Which row of a register was changed at the desk, and why.", REGISTER_CHANGES),
    CasebookTable("holds", "What is kept past its time, for a recorded reason, until a day.", HOLDS),
    CasebookTable(
        "challenges",
        "Who said that a case is wrong, and how it was answered; no word of why.",
        CHALLENGES,
    ),
    CasebookTable(
        "erasures",
        "What was erased on request: kind, by whom, when, and counts; nothing of whom.",
        ERASURES,
    ),
    CasebookTable("certificates", "What was deleted for its age: counts by table and clock.", AGE_DELETIONS),
    CasebookTable("tombstones", "Who was erased, by a hash alone, and when.", TOMBSTONES),
    CasebookTable("labels", "What people said of a match, blind to its score.", LABELS),
    CasebookTable("questions", "Who asked what, when and why, with the values that were bound.", QUERIES),
    CasebookTable("answers", "What came of each question: how many rows, of which tables, or why none.", QUERY_ANSWERS),
    CasebookTable("access_log", "Who did what at the desk, about which case.", ACCESS_LOG),
    CasebookTable("people", "Who uses or used the desk, and in which role.", PEOPLE),
)
NAMES = frozenset(table.name for table in TABLES)


def casebook_rows(book: Casebook, names: Collection[str]) -> dict[str, list[dict[str, str | None]]]:
    """Return this school's rows of these tables of schema `casebook`, every value as text."""
    return {table.name: _rows(book, table) for table in TABLES if table.name in names}


def _rows(book: Casebook, table: CasebookTable) -> list[dict[str, str | None]]:
    query = select(*table.read).where(table.table.c.school == book.school).order_by(table.table.c.number)
    with book.engine.connect() as connection:
        return [_as_text(tuple(table.kinds), tuple(row)) for row in connection.execute(query)]


def _as_text(names: Sequence[str], values: Sequence[object]) -> dict[str, str | None]:
    return {name: None if value is None else _text(value) for name, value in zip(names, values, strict=True)}


def _text(value: object) -> str:
    if isinstance(value, datetime):  # SQLite gives it back without its zone, which is UTC
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
