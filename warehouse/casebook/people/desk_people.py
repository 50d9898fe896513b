"""Who may use the desk: invited by the technician, with a password and a second factor of their own, and signed in.

Every way in says no in the same sentence, whether there is such a person or not.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from policies.desk import InvitedAccount
from warehouse.casebook import alone
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import add_sealed, enter_rows
from warehouse.casebook.people import desk_credentials
from warehouse.casebook.people.desk_openid import NO_ACCOUNT, account_values, ensure_free
from warehouse.casebook.people.desk_person import (
    DeskPerson,
    DeskSession,
    SignInError,
    allowed_name,
    allowed_role,
    person_of,
    plain_name,
)
from warehouse.casebook.people.desk_secrets import DeskInvitations, DeskSessions
from warehouse.casebook.people.desk_sign_in import (
    ANYWHERE,
    NOT_RIGHT,
    RightPassword,
    SignIn,
    TriedFrom,
    WrongTries,
    right_password,
)
from warehouse.casebook.people.desk_tables import PEOPLE

__all__ = ["AccessLog", "DeskPeople", "DeskPerson", "DeskSession", "SignInError"]

NOBODY = "Nobody of this name uses the desk. `audit desk people` lists who does."


class DeskPeople:
    """The people of one school's desk. `key` is the school's, by which second factors are kept; none without."""

    def __init__(self, book: Casebook, *, key: str | None = None) -> None:
        self._book = book
        self._log = AccessLog(book)
        self._invitations = DeskInvitations(book)
        self._sessions = DeskSessions(book)
        self._sign_in = SignIn(book, key)

    @property
    def tries(self) -> WrongTries:
        """What was tried since the desk began."""
        return self._sign_in.tries

    def invite(self, sign_in_name: str, role: str, at: datetime, *, account: InvitedAccount | None = None) -> str:
        """Return a token by which a person, new or not, sets a password; SignInError for a name or role that is none.

        Whoever has another role keeps it until `change_role`: SignInError. `account` is what they will sign in with
        at the school's provider, in place of any that they had; SignInError if it is another person's.
        """
        name, role = allowed_name(sign_in_name), allowed_role(role)
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            row = self._row(connection, name)
            if row is None:
                new = {"school": self._book.school, "sign_in_name": name, "role": role, "failures": 0}
                number = add_sealed(connection, PEOPLE, {**new, "is_active": True, "made_at": at})
            elif row.is_active and row.role != role:
                raise SignInError("This person has another role. Change it with `audit desk role`, then invite again.")
            else:
                number = row.number
                self._change(connection, number, {"is_active": True, "role": role})
            if account is not None:
                ensure_free(connection, self._book.school, account, number)
                self._change(connection, number, account_values(account, at))
                self._sessions.end_all(connection, number, at)
            return self._invitations.make(connection, number, at)

    def invited(self, token: str, at: datetime) -> str:
        """Return the sign-in name of the person whom a token invites, and use nothing up; SignInError without one."""
        return str(self._invitations.person_of(token, at).sign_in_name)

    def take_invitation(self, token: str, password: str, at: datetime) -> DeskPerson:
        """Set the password of the person whom a token invites, and begin them anew: no session, no second factor.

        SignInError for a token that is not good any more, and for a password that will not do; the token stays good.
        """
        row = self._invitations.person_of(token, at)
        hashed = desk_credentials.hash_of(password, row.sign_in_name)
        new = {"password_hash": hashed, "failures": 0, "locked_until": None}
        with alone.writing(self._book.engine) as connection:
            self._invitations.use(connection, token, at)
            self._change(connection, row.number, {**new, "totp_secret": None, "totp_last_step": None})
            self._sessions.end_all(connection, row.number, at)
            person = person_of(connection.execute(select(PEOPLE).where(PEOPLE.c.number == row.number)).one())
        self._log.write(person=person, action="took invitation", subject="", at=at)
        return person

    def sign_in(
        self, sign_in_name: str, password: str, code: str | None, at: datetime, tried: TriedFrom = ANYWHERE
    ) -> str:
        """Return a new session's secret; SignInError if anything is not right, in one sentence for all of it."""
        return self.begin_session(self.right_password(sign_in_name, password, at, tried), code, at, tried)

    def right_password(
        self, sign_in_name: str, password: str, at: datetime, tried: TriedFrom = ANYWHERE
    ) -> RightPassword:
        """Return whose password this is; SignInError, in the sentence for all of it, if it is not the person's."""
        row = self._sign_in.attempt(sign_in_name, at, tried)
        if not desk_credentials.is_right(row.password_hash if row else None, password) or row is None:
            raise self._refused(row, at, tried)
        if row.totp_secret is not None:
            self._sign_in.take_back(row, at, tried)
        return right_password(row, password)

    def begin_session(self, right: RightPassword, code: str | None, at: datetime, tried: TriedFrom = ANYWHERE) -> str:
        """Return a new session's secret after a right password, and after its person's code if there is one."""
        if right.needs_code:
            row = self._sign_in.attempt(right.sign_in_name, at, tried)
            if row is None or row.totp_secret is None or not self._sign_in.takes_code(row, code or "", at):
                raise self._refused(row, at, tried)
        with alone.writing(self._book.engine) as connection:
            self._sign_in.clear(connection, right)
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.number == right.number)).one()
            secret = self._sessions.begin(connection, row.number, row.role, at)
        self._log.write(person=person_of(row), action="signed in", subject="", at=at)
        return secret

    def session(self, secret: str, at: datetime) -> DeskSession | None:
        """Return the session that stands; None if ended, unused for 8 hours, 24 hours old, or of a changed person."""
        return self._sessions.find(secret, at)

    def lapsed(self, secret: str) -> DeskSession | None:
        """Return the session that nobody ended, though its time may be over: to know whose it was, no more."""
        return self._sessions.lapsed(secret)

    def end(self, secret: str, at: datetime) -> None:
        """End a session; nothing happens to one that has ended."""
        session = self._sessions.find(secret, at)
        if session is not None and self._sessions.end(session.number, at):
            self._log.write(person=session.person, action="signed out", subject="", at=at)

    def change_role(self, sign_in_name: str, role: str, at: datetime) -> None:
        """Give a person another role, and end their sessions; SignInError if there is no such person or role."""
        self._set(sign_in_name, {"role": allowed_role(role)}, at)

    def unlock(self, sign_in_name: str, at: datetime) -> None:
        """Let a person try again at once after too many wrong tries; SignInError for nobody."""
        self._set(sign_in_name, {"failures": 0, "locked_until": None}, at, ends_sessions=False)

    def reset_second_factor(self, sign_in_name: str, at: datetime) -> None:
        """Forget a person's second factor, and end their sessions; the password stays. SignInError for nobody."""
        self._set(sign_in_name, {"totp_secret": None, "totp_last_step": None}, at)

    def deactivate(self, sign_in_name: str, at: datetime) -> None:
        """Let a person in no more, and forget by what they signed in; SignInError for nobody."""
        gone = {"is_active": False, "password_hash": None, "totp_secret": None, "totp_last_step": None, **NO_ACCOUNT}
        self._set(sign_in_name, gone, at, ends_invitations=True)

    def people(self) -> tuple[DeskPerson, ...]:
        """Return everyone who was ever invited, in that order."""
        query = select(PEOPLE).where(PEOPLE.c.school == self._book.school).order_by(PEOPLE.c.number)
        with self._book.engine.connect() as connection:
            return tuple(person_of(row) for row in connection.execute(query).all())

    def _refused(self, row: Row[Any] | None, at: datetime, tried: TriedFrom) -> SignInError:
        if row is not None and self._sign_in.has_locked(row, tried):
            self._log.write(person=person_of(row), action="locked out", subject="", at=at)
        return SignInError(NOT_RIGHT)

    def _set(
        self,
        sign_in_name: str,
        values: Mapping[str, Any],
        at: datetime,
        *,
        ends_sessions: bool = True,
        ends_invitations: bool = False,
    ) -> None:
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            row = self._row(connection, plain_name(sign_in_name))
            if row is None or not row.is_active:
                raise SignInError(NOBODY)
            self._change(connection, row.number, values)
            if ends_sessions:
                self._sessions.end_all(connection, row.number, at)
            if ends_invitations:
                self._invitations.end_all(connection, row.number, at)

    def _row(self, connection: Connection, name: str) -> Row[Any] | None:
        here = (PEOPLE.c.school == self._book.school, PEOPLE.c.sign_in_name == name)
        return connection.execute(select(PEOPLE).where(*here)).first()

    def _change(self, connection: Connection, number: int, values: Mapping[str, Any]) -> None:
        connection.execute(update(PEOPLE).where(PEOPLE.c.number == number).values(**values))
        enter_rows(connection, PEOPLE, [number])
