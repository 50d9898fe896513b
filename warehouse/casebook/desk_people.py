"""Who may use the desk: invited by the technician, with a password and a second factor of their own, and signed in.

Every way in says no in the same sentence, whether there is such a person or not.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from warehouse.casebook import alone, desk_codes, desk_passwords
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_invitations import DeskInvitations
from warehouse.casebook.desk_person import (
    DeskPerson,
    DeskSession,
    SignInError,
    allowed_name,
    allowed_role,
    person_of,
    plain_name,
)
from warehouse.casebook.desk_sessions import DeskSessions
from warehouse.casebook.desk_sign_in import FREE_TRIES, NOT_RIGHT, SignIn
from warehouse.casebook.desk_tables import PEOPLE

__all__ = ["AccessLog", "DeskPeople", "DeskPerson", "DeskSession", "SignInError"]

NOBODY = "Nobody of this name uses the desk. `audit desk people` lists who does."


class DeskPeople:
    """The people of one school's desk. `key` is the school's, by which second factors are kept; none without."""

    def __init__(self, book: Casebook, *, key: str | None = None) -> None:
        self._book = book
        self._key = key
        self._log = AccessLog(book)
        self._invitations = DeskInvitations(book)
        self._sessions = DeskSessions(book)
        self._sign_in = SignIn(book, key)

    def invite(self, sign_in_name: str, role: str, at: datetime) -> str:
        """Return a token by which a person, new or not, sets a password; SignInError for a name or role that is none.

        Whoever has another role keeps it until `change_role`: SignInError.
        """
        name, role = allowed_name(sign_in_name), allowed_role(role)
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            row = self._row(connection, name)
            if row is None:
                new = {"school": self._book.school, "sign_in_name": name, "role": role, "failures": 0}
                made = connection.execute(insert(PEOPLE).values(**new, is_active=True, made_at=at.astimezone(UTC)))
                return self._invitations.make(connection, int(made.inserted_primary_key[0]), at)  # type: ignore[index]
            if row.is_active and row.role != role:
                raise SignInError("This person has another role. Change it with `audit desk role`, then invite again.")
            self._change(connection, row.number, {"is_active": True, "role": role})
            return self._invitations.make(connection, row.number, at)

    def take_invitation(self, token: str, password: str, at: datetime) -> DeskPerson:
        """Set the password of the person whom a token invites, and begin them anew: no session, no second factor.

        SignInError for a token that is not good any more, and for a password that will not do; the token stays good.
        """
        row = self._invitations.person_of(token, at)
        new = {"password_hash": desk_passwords.hash_of(password, row.sign_in_name), "failures": 0, "locked_until": None}
        with self._book.engine.begin() as connection:
            self._invitations.use(connection, token, at)
            self._change(connection, row.number, {**new, "totp_secret": None, "totp_last_step": None})
            self._sessions.end_all(connection, row.number, at)
            person = person_of(connection.execute(select(PEOPLE).where(PEOPLE.c.number == row.number)).one())
        self._log.write(person=person, action="took invitation", subject="", at=at)
        return person

    def sign_in(self, sign_in_name: str, password: str, code: str | None, at: datetime) -> str:
        """Return a new session's secret; SignInError if anything is not right, in one sentence for all of it."""
        row = self._sign_in.attempt(sign_in_name, at)
        if not self._sign_in.is_right(row, password, code, at) or row is None:
            if row is not None and row.failures >= FREE_TRIES:
                self._log.write(person=person_of(row), action="locked out", subject="", at=at)
            raise SignInError(NOT_RIGHT)
        with self._book.engine.begin() as connection:
            self._sign_in.clear(connection, row, password)
            secret = self._sessions.begin(connection, row.number, row.role, at)
        self._log.write(person=person_of(row), action="signed in", subject="", at=at)
        return secret

    def session(self, secret: str, at: datetime) -> DeskSession | None:
        """Return the session that stands; None if ended, unused for 8 hours, 24 hours old, or of a changed person."""
        return self._sessions.find(secret, at)

    def end(self, secret: str, at: datetime) -> None:
        """End a session; nothing happens to one that has ended."""
        session = self._sessions.find(secret, at)
        if session is not None and self._sessions.end(session.number, at):
            self._log.write(person=session.person, action="signed out", subject="", at=at)

    def change_role(self, sign_in_name: str, role: str, at: datetime) -> None:
        """Give a person another role, and end their sessions; SignInError if there is no such person or role."""
        new = {"role": allowed_role(role)}
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            self._change_and_end_sessions(connection, sign_in_name, new, at)

    def deactivate(self, sign_in_name: str, at: datetime) -> None:
        """Let a person in no more, and forget their password and second factor; SignInError for nobody."""
        gone = {"is_active": False, "password_hash": None, "totp_secret": None, "totp_last_step": None}
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            number = self._change_and_end_sessions(connection, sign_in_name, gone, at)
            self._invitations.end_all(connection, number, at)

    def begin_second_factor(self, person: DeskPerson) -> str:
        """Return the otpauth address of a new secret, which is kept nowhere yet; SignInError without the key."""
        desk_codes.must_have(self._key)
        return desk_codes.new_uri(person.sign_in_name, self._book.school)

    def confirm_second_factor(self, person: DeskPerson, secret: str, code: str, at: datetime) -> None:
        """Keep the secret once a code of it was given; SignInError if the code is wrong, or there is a factor."""
        step = desk_codes.step_of(desk_codes.must_be_secret(secret), code, at, after=None)
        if step is None:
            raise SignInError(
                "The code is not right. Look at the telephone's clock, and give the code that it shows now."
            )
        new = {"totp_secret": desk_codes.locked_away(secret, self._key), "totp_last_step": step}
        free = update(PEOPLE).where(
            PEOPLE.c.number == person.number, PEOPLE.c.is_active, PEOPLE.c.totp_secret.is_(None)
        )
        with self._book.engine.begin() as connection:
            if connection.execute(free.values(**new)).rowcount != 1:
                raise SignInError("There is a second factor already. A new invitation begins without one.")
        self._log.write(person=person, action="set second factor", subject="", at=at)

    def people(self) -> tuple[DeskPerson, ...]:
        """Return everyone who was ever invited, in that order."""
        query = select(PEOPLE).where(PEOPLE.c.school == self._book.school).order_by(PEOPLE.c.number)
        with self._book.engine.connect() as connection:
            return tuple(person_of(row) for row in connection.execute(query).all())

    def _change_and_end_sessions(
        self, connection: Connection, sign_in_name: str, values: Mapping[str, Any], at: datetime
    ) -> int:
        row = self._row(connection, plain_name(sign_in_name))
        if row is None or not row.is_active:
            raise SignInError(NOBODY)
        self._change(connection, row.number, values)
        self._sessions.end_all(connection, row.number, at)
        return int(row.number)

    def _row(self, connection: Connection, name: str) -> Row[Any] | None:
        here = (PEOPLE.c.school == self._book.school, PEOPLE.c.sign_in_name == name)
        return connection.execute(select(PEOPLE).where(*here)).first()

    def _change(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        connection.execute(update(PEOPLE).where(PEOPLE.c.number == number).values(**values))
