"""Takes one subject out of the casebook, and keeps the certificate of it.

Decisions and labels about the subject are deleted. Every other row that names them keeps its place, its number and its
time: the words that name them give way to `[erased]`, and `redactions` says of which row. Each of both is an entry of
the chain, which holds; the salt of what the digest was of goes, so that nobody can guess from it what was said.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, Table, delete, select, text, update

from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import LOGGED, add_sealed, enter_gone, enter_rows
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.people.desk_tables import PEOPLE
from warehouse.casebook.rows import all_rows, clock_of_table, record_of, texts
from warehouse.casebook.tables import CHAIN, ERASURES, REDACTIONS, TOMBSTONES
from warehouse.catalogue.identities import owner_columns
from warehouse.privacy.subject_patterns import SubjectMatcher


@dataclass(frozen=True, slots=True)
class DeskPeopleNamed:
    """The numbers of the people of the desk whose names are the subject's: who may sign in still, and who may not."""

    active: tuple[int, ...]
    removed: tuple[int, ...]


def desk_people_named(connection: Connection, school: str, matcher: SubjectMatcher) -> DeskPeopleNamed:
    """Return who of the school's desk is called like the subject, by sign-in name or by an invitation's address."""
    rows = connection.execute(select(PEOPLE).where(PEOPLE.c.school == school).order_by(PEOPLE.c.number)).all()
    named = [row for row in rows if any(_is_named(said, matcher) for said in (row.sign_in_name, row.invited_email))]
    return DeskPeopleNamed(
        tuple(row.number for row in named if row.is_active), tuple(row.number for row in named if not row.is_active)
    )


def erase_removed_people(connection: Connection, school: str, matcher: SubjectMatcher) -> None:
    """Forget name, address and account of those who are the subject and may sign in no longer."""
    for number in desk_people_named(connection, school, matcher).removed:
        gone = {"sign_in_name": f"erased-{number}", "invited_email": None, "provider_subject": None}
        connection.execute(update(PEOPLE).where(PEOPLE.c.number == number).values(**gone, provider_issuer=None))
        enter_rows(connection, PEOPLE, [number])


def _is_named(said: str | None, matcher: SubjectMatcher) -> bool:
    return said is not None and (matcher.names(said, "handle") or matcher.in_text(said))


STILL_IN = "still in "  # begins the count of rows that the school itself must take out: of a register, of the desk
_READ_BY_SOMEBODY = (
    "Somebody reads the casebook, so its log still holds what was taken out, and the erasure is not finished. Stop the "
    "desk, or wait until the question that is asked has been answered; then: audit erase {school} --resume"
)
_STATISTICS_FILE = text("select pg_relation_filenode('pg_catalog.pg_statistic')")
_NOT_REWRITTEN = (
    "PostgreSQL did not let its statistics be rewritten, and they may still quote what was erased. Make the role in "
    "CASEBOOK_URL the owner of its database (ALTER DATABASE ... OWNER TO ...), then run: audit erase {school} --resume"
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, when, why and by which role, in counts by store; whom it was about is not in it.

    A count that begins with STILL_IN was not erased: the school must take those rows out itself.
    """

    token: str
    kind: str
    by_role: str
    reason: str
    counts: Mapping[str, int]
    begun_at: datetime
    ended_at: datetime
    by_user: str | None = None
    by_person: int | None = None
    number: int = 0

    @property
    def erased(self) -> int:
        """How many rows and files were erased."""
        return sum(rows for store, rows in self.counts.items() if not store.startswith(STILL_IN))

    @property
    def left(self) -> Mapping[str, int]:
        """The places that still named the subject and that the school itself must mend, with how many rows did."""
        return {s.removeprefix(STILL_IN): rows for s, rows in self.counts.items() if s.startswith(STILL_IN)}


def naming(book: Casebook, matcher: SubjectMatcher) -> dict[str, int]:
    """Return how many rows of each table of the casebook name the subject; changes nothing."""
    counts: Counter[str] = Counter()
    with book.engine.connect() as connection:
        for table, _, columns in _rows_naming(connection, book.school, matcher):
            counts[table.name] += bool(columns)
        desk = desk_people_named(connection, book.school, matcher)
    counts["desk_people"] += len(desk.removed)
    return dict(counts)


def may_still_sign_in(book: Casebook, matcher: SubjectMatcher) -> int:
    """Return how many people called like the subject may still use the desk: they keep their names."""
    with book.engine.connect() as connection:
        return len(desk_people_named(connection, book.school, matcher).active)


def newest_tombstone(book: Casebook, hashes: Collection[str]) -> date | None:
    """Return the newest day on which one of these tombstones was made; None where there is none of them."""
    query = select(TOMBSTONES.c.forgotten_on).where(
        TOMBSTONES.c.school == book.school, TOMBSTONES.c.subject_sha256.in_(hashes)
    )
    with book.engine.connect() as connection:
        return max(connection.execute(query).scalars(), default=None)


def erase_from(book: Casebook, matcher: SubjectMatcher, *, token: str, at: datetime) -> None:
    """Take the subject out of every table, all or nothing; `token` is the erasure's. A second time finds nothing."""
    with writing(book.engine) as connection:
        erase_removed_people(connection, book.school, matcher)
        for table, number, columns in list(_rows_naming(connection, book.school, matcher)):
            if not columns.keys().isdisjoint(owner_columns(f"casebook.{table.name}")):
                enter_gone(connection, book.school, table, [number])
                connection.execute(delete(table).where(table.c.number == number))
                continue
            connection.execute(update(table).where(table.c.number == number).values(**columns))
            row = {"kind": table.name, "row_number": number, "token": token, "redacted_at": at}
            enter_rows(connection, table, [number])
            add_sealed(connection, REDACTIONS, {"school": book.school, **row})


def compact(book: Casebook) -> None:
    """Rewrite the casebook's file so that no byte of what was deleted is left in it or in its log.

    On PostgreSQL the tables and the planner's statistics are rewritten, which quote values out of them; the server's
    own log of changes, its replicas and its backups are for whoever runs it. CasebookError where it may not be done,
    and where somebody reads or writes a file for longer than 10 seconds: its log then still holds it.
    """
    with book.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("vacuum")
            is_busy, *_ = connection.exec_driver_sql("pragma wal_checkpoint(truncate)").one()
            if is_busy:
                raise CasebookError(_READ_BY_SOMEBODY.format(school=book.school))
            return
        for table in (*LOGGED, PEOPLE, CHAIN):
            connection.execute(text(f"vacuum (full, analyze) {table.name}"))
        before = connection.scalar(_STATISTICS_FILE)
        connection.execute(text("vacuum full pg_catalog.pg_statistic"))  # passed over, with a notice, unless allowed
        if connection.scalar(_STATISTICS_FILE) == before:
            raise CasebookError(_NOT_REWRITTEN.format(school=book.school))


def certify(book: Casebook, certificate: Certificate) -> Certificate:
    """Keep the certificate, once for each token; return it with its number."""
    with writing(book.engine) as connection:
        known = select(ERASURES.c.number).where(ERASURES.c.token == certificate.token)
        if connection.execute(known).first() is None:
            row = {"school": book.school, "counts": json.dumps(dict(certificate.counts), sort_keys=True)}
            names = (field.name for field in fields(certificate) if field.name not in {"counts", "number"})
            add_sealed(connection, ERASURES, row | {name: getattr(certificate, name) for name in names})
    return next(each for each in certificates(book) if each.token == certificate.token)


def certificates(book: Casebook) -> tuple[Certificate, ...]:
    """Return every certificate of the school, the oldest first."""
    rows = all_rows(book.engine, ERASURES, book.school)
    return tuple(record_of(Certificate, row, counts=json.loads(row.counts)) for row in rows)


def _rows_naming(
    connection: Connection, school: str, matcher: SubjectMatcher
) -> "list[tuple[Table, int, dict[str, str]]]":
    """Return each row that names the subject, with the columns that do and what they say without them."""
    found = []
    for table in (each for each in LOGGED if clock_of_table(each) != "for_good"):
        columns = texts(table)
        for row in connection.execute(select(table).where(table.c.school == school)).all():
            of = getattr(row, "platform", None)
            said = {column.name: getattr(row, column.name) for column in columns}
            changed = {
                name: matcher.without(value, name, of) for name, value in said.items() if matcher.names(value, name, of)
            }
            if changed:
                found.append((table, row.number, changed))
    return found
