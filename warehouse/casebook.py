"""The casebook: what people decided and asked. SQLite by default; CASEBOOK_URL may name PostgreSQL.

Decisions are append-only: a new one is a new row, and the newest row of a fingerprint stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

Verdict = Literal["confirmed", "mistaken", "allowed"]

_TABLES = MetaData()
_DECISIONS = Table(
    "decisions",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("until", Date),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
_QUERIES = Table(
    "query_log",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("by_user", String(128), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("sql", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
)
_HOLDS = Table(
    "holds",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date, nullable=False),
)
_TOMBSTONES = Table(
    "tombstones",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_sha256", String(64), nullable=False),
    Column("forgotten_on", Date, nullable=False),
)


class CasebookError(Exception):
    """The casebook cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The standing decision on one fingerprint; `until` is None when it stands for good."""

    verdict: str
    until: date | None
    by_role: str


class Casebook:
    """Reads and writes the casebook at a SQLAlchemy URL, for one school."""

    def __init__(self, url: str, school: str) -> None:
        self._school = school
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _write_ahead)
        try:
            _TABLES.create_all(self._engine)
        except SQLAlchemyError as error:
            self._engine.dispose()
            message = "The casebook cannot be opened. Check CASEBOOK_URL, or the rights on casebook.sqlite."
            raise CasebookError(message) from error

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for a test's own look."""
        return self._engine

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def decide(
        self, fingerprint: str, verdict: Verdict, *, until: date | None, by_role: str, note: str, at: datetime
    ) -> None:
        """Record a decision; the one before it on the same fingerprint no longer stands."""
        row = {
            "fingerprint": fingerprint,
            "verdict": verdict,
            "until": until,
            "by_role": by_role,
            "note": note,
        }
        self._add(_DECISIONS, {**row, "decided_at": at})

    def standing(self) -> Mapping[str, Decision]:
        """Return the newest decision of each fingerprint."""
        query = select(_DECISIONS).where(_DECISIONS.c.school == self._school).order_by(_DECISIONS.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {row.fingerprint: Decision(row.verdict, row.until, row.by_role) for row in rows}

    def log_query(self, *, by_user: str, purpose: str, sql: str, at: datetime) -> int:
        """Write down a question before it is answered; return its number."""
        row = {"by_user": by_user, "purpose": purpose, "sql": sql, "asked_at": at}
        return self._add(_QUERIES, row)

    def close_query(self, number: int, *, rows: int | None, problem: str | None) -> None:
        """Write down how a question was answered."""
        change = _QUERIES.update().where(_QUERIES.c.number == number).values(rows=rows, problem=problem)
        with self._engine.begin() as connection:
            connection.execute(change)

    def hold(self, *, platform: str, subject_id: str, reason: str, until: date) -> None:
        """Keep one subject's rows past their time, for a recorded reason, until a day."""
        self._add(_HOLDS, {"platform": platform, "subject_id": subject_id, "reason": reason, "until": until})

    def held(self, on: date) -> frozenset[tuple[str, str]]:
        """Return the (platform, subject id) pairs that a hold keeps on this day."""
        query = select(_HOLDS).where(_HOLDS.c.school == self._school, _HOLDS.c.until >= on)
        with self._engine.connect() as connection:
            return frozenset((row.platform, row.subject_id) for row in connection.execute(query))

    def bury(self, *, platform: str, subject_sha256: str, on: date) -> None:
        """Record that a subject was forgotten, by the hash of its id only."""
        self._add(_TOMBSTONES, {"platform": platform, "subject_sha256": subject_sha256, "forgotten_on": on})

    def buried(self) -> frozenset[str]:
        """Return the hashes of the subjects that were forgotten."""
        query = select(_TOMBSTONES.c.subject_sha256).where(_TOMBSTONES.c.school == self._school)
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def forget_decisions(self, fingerprints: frozenset[str]) -> int:
        """Delete the decisions on these fingerprints; return how many."""
        change = delete(_DECISIONS).where(_DECISIONS.c.fingerprint.in_(fingerprints))
        with self._engine.begin() as connection:
            return connection.execute(change).rowcount

    def _add(self, table: Table, row: Mapping[str, object]) -> int:
        with self._engine.begin() as connection:
            result = connection.execute(insert(table).values(school=self._school, **row))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0


def _write_ahead(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma busy_timeout=10000")
    cursor.close()
