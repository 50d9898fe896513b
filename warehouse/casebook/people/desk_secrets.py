"""Secrets that are given out once and kept as a hash only: the tokens of invitations, and those of sessions.

They are drawn here and not passed in, so that nobody can choose them.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, true, update

from warehouse.casebook import alone
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter_gone, enter_rows
from warehouse.casebook.people.desk_person import DeskSession, SignInError, person_of
from warehouse.casebook.people.desk_tables import INVITATIONS, PEOPLE, SESSIONS
from warehouse.store.sealing import keyed_hash_of


def new_secret() -> str:
    """Return 256 bits of chance, as 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def new_factor() -> str:
    """Return 160 bits of chance, as 32 characters that an authenticator reads."""
    return b32encode(secrets.token_bytes(20)).decode()


SPOKEN = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no sign that is heard or read as another


def new_code() -> str:
    """Return 58 bits of chance, as twelve signs that somebody reads out."""
    return "-".join("".join(secrets.choice(SPOKEN) for _ in range(4)) for _ in range(3))


def sha256_of(secret: str) -> str:
    """Return the hash under which a secret is kept, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived(secret: str, purpose: str) -> str:
    """Return what can be had from this secret alone, and from which it cannot be had back."""
    return keyed_hash_of(secret, purpose)


def is_same(one: str, other: str) -> bool:
    """Compare two secrets in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


LONGEST = timedelta(hours=24)
LONGEST_IDLE = timedelta(hours=8)
KEPT = timedelta(days=30)  # how long the row of a session, or of an invitation that is over, is kept
_NOTED = timedelta(minutes=1)  # how exactly the last use is kept


class DeskSessions:
    """Reads and writes the sessions of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def begin(self, connection: Connection, person: int, role: str, at: datetime) -> str:
        """Begin a session, and return its secret; it is kept as a hash only. Rows of old sessions are deleted."""
        secret, now = new_secret(), at
        old = delete(SESSIONS).where(SESSIONS.c.school == self._book.school, SESSIONS.c.begun_at < now - KEPT)
        connection.execute(old)
        row = {"school": self._book.school, "secret_sha256": sha256_of(secret), "person": person, "role": role}
        connection.execute(insert(SESSIONS).values(**row, begun_at=now, last_used_at=now))
        return secret

    def find(self, secret: str, at: datetime) -> DeskSession | None:
        """Return the session of this secret if it stands, and note that it was used."""
        row = self._row(secret)
        if row is None or at - row.begun_at > LONGEST or at - row.last_used_at > LONGEST_IDLE:
            return None
        if at - row.last_used_at >= _NOTED:
            with self._book.engine.begin() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.number == row.session).values(last_used_at=at))
        return DeskSession(row.session, person_of(row), derived(secret, "forms"), row.begun_at)

    def lapsed(self, secret: str) -> DeskSession | None:
        """Return the session of this secret that nobody ended, though its time may be over: it lets nobody in."""
        row = self._row(secret)
        return None if row is None else DeskSession(row.session, person_of(row), derived(secret, "forms"), row.begun_at)

    def _row(self, secret: str) -> Row[Any] | None:
        query = (
            select(PEOPLE, SESSIONS.c.number.label("session"), SESSIONS.c.begun_at, SESSIONS.c.last_used_at)
            .join(SESSIONS, SESSIONS.c.person == PEOPLE.c.number)
            .where(SESSIONS.c.school == self._book.school, SESSIONS.c.secret_sha256 == sha256_of(secret))
            .where(SESSIONS.c.ended_at.is_(None), PEOPLE.c.is_active, SESSIONS.c.role == PEOPLE.c.role)
        )
        with self._book.engine.connect() as connection:
            return connection.execute(query).first()

    def end(self, number: int, at: datetime) -> bool:
        """End one session; False if it had ended."""
        going = update(SESSIONS).where(SESSIONS.c.number == number, SESSIONS.c.ended_at.is_(None))
        with self._book.engine.begin() as connection:
            return connection.execute(going.values(ended_at=at)).rowcount == 1

    def end_all(self, connection: Connection, person: int, at: datetime, *, but: int | None = None) -> None:
        """End every session of a person but one, and each code for a command, in the transaction that changes them."""
        going = update(SESSIONS).where(SESSIONS.c.person == person, SESSIONS.c.ended_at.is_(None))
        others = going if but is None else going.where(SESSIONS.c.number != but)
        connection.execute(others.values(ended_at=at))
        DeskInvitations(self._book).end_all(connection, person, at, codes_alone=True)


GOOD_FOR = timedelta(days=3)
NOT_GOOD = "This link was used, or is too old. Ask for a new one."


class DeskInvitations:
    """Reads and writes the invitations of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def make(self, connection: Connection, person: int, at: datetime) -> str:
        """Return a new token for this person; those made before are good no longer, and old ones are deleted."""
        old = (INVITATIONS.c.school == self._book.school, INVITATIONS.c.until < at - KEPT)
        going = connection.execute(select(INVITATIONS.c.token_sha256).where(*old)).scalars().all()
        enter_gone(connection, self._book.school, INVITATIONS, going)
        connection.execute(delete(INVITATIONS).where(*old))
        self.end_all(connection, person, at)
        token = new_secret()
        row = {"school": self._book.school, "person": person, "until": at + GOOD_FOR}
        connection.execute(insert(INVITATIONS).values(**row, token_sha256=sha256_of(token)))
        enter_rows(connection, INVITATIONS, [sha256_of(token)], "written")
        return token

    def end_all(self, connection: Connection, person: int, at: datetime, *, codes_alone: bool = False) -> None:
        """Let no invitation, and no code for a command, of this person be used any more; or `codes_alone`."""
        kind = INVITATIONS.c.for_command.is_not(None) if codes_alone else true()
        here = (INVITATIONS.c.person == person, INVITATIONS.c.used_at.is_(None), kind)
        open_ones = connection.execute(select(INVITATIONS.c.token_sha256).where(*here)).scalars().all()
        connection.execute(update(INVITATIONS).where(*here).values(used_at=at))
        enter_rows(connection, INVITATIONS, open_ones)

    def person_of(self, token: str, at: datetime) -> Row[Any]:
        """Return the row of the person whom a token invites; SignInError if it is not good."""
        query = (
            select(PEOPLE)
            .join(INVITATIONS, INVITATIONS.c.person == PEOPLE.c.number)
            .where(*self._good(token, at), PEOPLE.c.is_active)
        )
        with self._book.engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise SignInError(NOT_GOOD)
        return row

    def use(self, connection: Connection, token: str, at: datetime) -> None:
        """Use a token up; SignInError if it is not good, or somebody else was quicker."""
        used = update(INVITATIONS).where(*self._good(token, at)).values(used_at=at)
        if connection.execute(used).rowcount != 1:
            raise SignInError(NOT_GOOD)
        enter_rows(connection, INVITATIONS, [sha256_of(token)])

    def _good(self, token: str, at: datetime) -> tuple[Any, ...]:
        return (
            INVITATIONS.c.school == self._book.school,
            INVITATIONS.c.token_sha256 == sha256_of(token),
            INVITATIONS.c.for_command.is_(None),
            INVITATIONS.c.used_at.is_(None),
            INVITATIONS.c.until > at,
        )


def begin_by_invitation(book: Casebook, token: str, at: datetime) -> str:
    """Use up an invitation for a session, with no password set; SignInError for a token that is not good.

    It is for whoever runs the set-up's command on the school's own machine, and who could invite anybody there.
    """
    invitations = DeskInvitations(book)
    row = invitations.person_of(token, at)
    with alone.writing(book.engine) as connection:
        invitations.use(connection, token, at)
        secret = DeskSessions(book).begin(connection, row.number, row.role, at)
    AccessLog(book).write(person=person_of(row), action="signed in", subject="", at=at)
    return secret
