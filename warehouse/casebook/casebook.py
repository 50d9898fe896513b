"""The casebook: what people decided, attested and asked. Encrypted SQLite; CASEBOOK_URL may name PostgreSQL.

Decisions and attestations are append-only: the newest counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Engine, Table, event, select
from sqlalchemy.exc import SQLAlchemyError

from policies.attestations import Attested
from warehouse.casebook.alone import writing
from warehouse.casebook.chain import add_sealed, head_of
from warehouse.casebook.chain_key import ChainKey, Head
from warehouse.casebook.connecting import engine_of, ensure_kept, write_ahead
from warehouse.casebook.decisions import Decisions
from warehouse.casebook.errors import OTHERWISE, CasebookError, in_a_sentence
from warehouse.casebook.questions import answer_in, question_in
from warehouse.casebook.rows import all_rows, record_of
from warehouse.casebook.tables import ACCEPTANCES, ATTESTATIONS, HOLDS, LABELS, TOMBSTONES
from warehouse.casebook.upgrade import bring_up_to_date


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What one person said of a register that came short: that this file, beside that run, is right.

    `sha256` is the file's, empty where there is no file any more; `compared_with` is the run that it was compared with.
    Of a photograph's file, which holds another picture than it did, that is the hash of the picture that was approved.
    """

    register: str
    sha256: str
    rows: int
    compared_with: str | None
    by_role: str
    note: str
    at: datetime
    by_person: int | None = None
    by_user: str | None = None


__all__ = ["Casebook", "CasebookError"]


class Casebook:
    """Reads and writes the casebook at a SQLAlchemy URL, for one school; the key is that of a casebook in SQLite.

    `chain_key` is that of the chain of what people do; None where it is kept without one.

    Raises CasebookError for a wrong key, for none, and for a casebook from before release 0.2.0.
    """

    def __init__(self, url: str, school: str, key: str | None = None, *, chain_key: ChainKey | None = None) -> None:
        self._school = school
        self.chain_key = chain_key
        try:
            self._engine = engine_of(url, key).execution_options(chain_key=chain_key)
        except (SQLAlchemyError, ImportError) as error:
            raise CasebookError(OTHERWISE) from error
        event.listen(self._engine, "handle_error", in_a_sentence)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", write_ahead)
        try:
            ensure_kept(self._engine)
            bring_up_to_date(self._engine)
        except BaseException:
            self._engine.dispose()
            raise

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for the counters beside it and a test's own look."""
        return self._engine

    @property
    def school(self) -> str:
        """The school that this casebook is opened for."""
        return self._school

    @property
    def head(self) -> Head | None:
        """The head of the chain of what people did; None where nobody did anything yet."""
        with self._engine.connect() as connection:
            return head_of(connection, self._school)

    def keep_head_as_it_stands(self) -> None:
        """Keep the chain's head beside its key in the place of whatever is there: a person took it as it stands."""
        if self.chain_key is not None and (head := self.head) is not None:
            self.chain_key.keep_head(self._school, head, after=None)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @property
    def decisions(self) -> Decisions:
        """What people decided about cases."""
        return Decisions(self._engine, self._school)

    def attest(self, *attested: Attested) -> None:
        """Record that a person attests clauses, all or none; what was said of them before no longer stands."""
        with writing(self._engine) as connection:
            for one in attested:
                row = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "at"}
                add_sealed(connection, ATTESTATIONS, {**row, "school": self._school, "attested_at": one.at})

    def attestations(self) -> tuple[Attested, ...]:
        """Return every attestation, the oldest first."""
        rows = all_rows(self._engine, ATTESTATIONS, self._school)
        return tuple(record_of(Attested, row, at=row.attested_at) for row in rows)

    def accept(self, acceptance: Acceptance) -> None:
        """Record that a person accepts a change of a register."""
        row = {field.name: getattr(acceptance, field.name) for field in fields(acceptance) if field.name != "at"}
        self._add(ACCEPTANCES, {**row, "accepted_at": acceptance.at})

    def acceptances(self) -> tuple[Acceptance, ...]:
        """Return every acceptance of a register's change, the oldest first."""
        rows = all_rows(self._engine, ACCEPTANCES, self._school)
        return tuple(record_of(Acceptance, row, at=row.accepted_at) for row in rows)

    def label(self, pair: tuple[str, str, str], label: str, at: datetime) -> None:
        """Record what a person, blind to the score, said of one pair (platform, actor, person): yes, no or skip."""
        platform, actor_id, person_id = pair
        row = {"platform": platform, "actor_id": actor_id, "person_id": person_id, "label": label}
        self._add(LABELS, {**row, "labelled_at": at})

    def labels(self) -> Mapping[tuple[str, str, str], str]:
        """Return the newest label of each pair (platform, actor, person)."""
        rows = all_rows(self._engine, LABELS, self._school)
        return {(row.platform, row.actor_id, row.person_id): row.label for row in rows}

    def log_query(
        self,
        *,
        by_user: str,
        purpose: str,
        sql: str,
        at: datetime,
        person: int | None = None,
        role: str | None = None,
        parameters: str | None = None,
    ) -> int:
        """Write down a question before it is answered; return its number."""
        row = {"by_user": by_user, "purpose": purpose, "sql": sql, "person": person, "role": role}
        with writing(self._engine) as connection:
            return question_in(connection, {"school": self._school, **row, "parameters": parameters}, at)

    def close_query(self, number: int, *, rows: int | None, problem: str | None, tables: Sequence[str] = ()) -> None:
        """Write down how a question was answered, and of which tables; without rows it was denied."""
        said = {"outcome": "denied" if rows is None else "allowed", "rows": rows, "problem": problem}
        row = {"school": self._school, "question": number, "tables_read": ", ".join(tables) or None, **said}
        with writing(self._engine) as connection:
            answer_in(connection, row)

    def held(self, on: date) -> frozenset[tuple[str, str]]:
        """Return the (platform, subject id) pairs that a hold keeps on this day."""
        query = select(HOLDS).where(HOLDS.c.school == self._school, HOLDS.c.until >= on, HOLDS.c.ended_at.is_(None))
        with self._engine.connect() as connection:
            return frozenset((row.platform, row.subject_id) for row in connection.execute(query))

    def add_tombstone(self, *, platform: str, subject_sha256: str, on: date) -> None:
        """Record that a subject was forgotten, by the hash of its id only."""
        self._add(TOMBSTONES, {"platform": platform, "subject_sha256": subject_sha256, "forgotten_on": on})

    def tombstones(self) -> frozenset[str]:
        """Return the hashes of the subjects that were forgotten."""
        query = select(TOMBSTONES.c.subject_sha256).where(TOMBSTONES.c.school == self._school)
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def _add(self, table: Table, row: Mapping[str, object]) -> int:
        with writing(self._engine) as connection:
            return add_sealed(connection, table, {"school": self._school, **row})
