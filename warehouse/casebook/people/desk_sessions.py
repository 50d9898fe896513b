"""The desk's sessions: begun by a right sign-in, ended by its person, by time, or by a change of the person's."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_person import DeskSession, person_of
from warehouse.casebook.people.desk_secrets import derived, new_secret, sha256_of
from warehouse.casebook.people.desk_tables import PEOPLE, SESSIONS
from warehouse.casebook.times import in_utc

LONGEST = timedelta(hours=24)
LONGEST_IDLE = timedelta(hours=8)
KEPT = timedelta(days=30)  # how long a session's row is kept; the access log says what was done in it
_NOTED = timedelta(minutes=1)  # how exactly the last use is kept


class DeskSessions:
    """Reads and writes the sessions of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def begin(self, connection: Connection, person: int, role: str, at: datetime) -> str:
        """Begin a session, and return its secret; it is kept as a hash only. Rows of old sessions are deleted."""
        secret, now = new_secret(), at.astimezone(UTC)
        old = delete(SESSIONS).where(SESSIONS.c.school == self._book.school, SESSIONS.c.begun_at < now - KEPT)
        connection.execute(old)
        row = {"school": self._book.school, "secret_sha256": sha256_of(secret), "person": person, "role": role}
        connection.execute(insert(SESSIONS).values(**row, begun_at=now, last_used_at=now))
        return secret

    def find(self, secret: str, at: datetime) -> DeskSession | None:
        """Return the session of this secret if it stands, and note that it was used."""
        query = (
            select(PEOPLE, SESSIONS.c.number.label("session"), SESSIONS.c.begun_at, SESSIONS.c.last_used_at)
            .join(SESSIONS, SESSIONS.c.person == PEOPLE.c.number)
            .where(SESSIONS.c.school == self._book.school, SESSIONS.c.secret_sha256 == sha256_of(secret))
            .where(SESSIONS.c.ended_at.is_(None), PEOPLE.c.is_active, SESSIONS.c.role == PEOPLE.c.role)
        )
        with self._book.engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or at - in_utc(row.begun_at) > LONGEST or at - in_utc(row.last_used_at) > LONGEST_IDLE:
            return None
        if at - in_utc(row.last_used_at) >= _NOTED:
            self._note_use(row.session, at)
        return DeskSession(row.session, person_of(row), derived(secret, "forms"), in_utc(row.begun_at))

    def end(self, number: int, at: datetime) -> bool:
        """End one session; False if it had ended."""
        going = update(SESSIONS).where(SESSIONS.c.number == number, SESSIONS.c.ended_at.is_(None))
        with self._book.engine.begin() as connection:
            return connection.execute(going.values(ended_at=at.astimezone(UTC))).rowcount == 1

    def end_all(self, connection: Connection, person: int, at: datetime) -> None:
        """End every session of a person, in the transaction that changes them."""
        going = update(SESSIONS).where(SESSIONS.c.person == person, SESSIONS.c.ended_at.is_(None))
        connection.execute(going.values(ended_at=at.astimezone(UTC)))

    def _note_use(self, number: int, at: datetime) -> None:
        with self._book.engine.begin() as connection:
            used = update(SESSIONS).where(SESSIONS.c.number == number)
            connection.execute(used.values(last_used_at=at.astimezone(UTC)))
