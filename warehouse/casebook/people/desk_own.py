"""What signed-in people change of their own sign-in: the password, the second factor, and where else they are in.

Whoever changes one gives the password, and the code where there is one: a desk that was left open gives nothing away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from warehouse.casebook import alone
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter_rows
from warehouse.casebook.people import desk_credentials
from warehouse.casebook.people.desk_command import CommandSignIn
from warehouse.casebook.people.desk_person import DeskPerson, DeskSession, SignInError, person_of
from warehouse.casebook.people.desk_secrets import LONGEST, LONGEST_IDLE, DeskSessions
from warehouse.casebook.people.desk_sign_in import SignIn, TriedFrom, WrongTries
from warehouse.casebook.people.desk_tables import PEOPLE, SESSIONS

_SIGNED_IN = TriedFrom("somebody signed in", is_known=True)
NOT_PROVED = (
    "The password or the code is not right, so nothing was changed. After five wrong tries the desk waits 15 minutes, "
    "and twice as long after each further one."
)


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session of one's own that stands."""

    number: int
    begun_at: datetime
    last_used_at: datetime


class OwnSignIn:
    """Changes the sign-in of whoever is signed in. `key` is the school's, by which second factors are kept."""

    def __init__(self, book: Casebook, key: str | None, tries: WrongTries | None = None) -> None:
        self._book = book
        self._key = key
        self._log = AccessLog(book)
        self._sign_in = SignIn(book, key, tries)

    def begin_second_factor(self, person: DeskPerson, secret: str | None = None) -> str:
        """Return the otpauth address of a secret, a new one unless given; it is kept nowhere yet.

        SignInError without the key, and for a secret that was not made here.
        """
        desk_credentials.required_key(self._key)
        kept = None if secret is None else desk_credentials.ensure_secret(secret)
        return desk_credentials.uri_of(person.sign_in_name, self._book.school, kept)

    def set_second_factor(self, session: DeskSession, password: str, secret: str, code: str, at: datetime) -> None:
        """Keep the secret once the password and a code of it were given, and end every other session.

        SignInError if one of the two is wrong, or there is a factor. Who has no password gives none.
        """
        if session.person.has_password:
            self._ensure_proved(session.person, password, "", at)
        self.confirm_second_factor(session.person, secret, code, at)
        self._change(session, {}, at)

    def confirm_second_factor(self, person: DeskPerson, secret: str, code: str, at: datetime) -> None:
        """Keep the secret once a code of it was given; SignInError if the code is wrong, or there is a factor.

        It is refused too where the school's key was changed since whoever asks, such as a desk, was given it.
        """
        step = desk_credentials.step_of(desk_credentials.ensure_secret(secret), code, at, after=None)
        if step is None:
            raise SignInError(
                "The code is not right. Look at the telephone's clock, and give the code that it shows now."
            )
        new = {"totp_secret": desk_credentials.locked_away(secret, self._key), "totp_last_step": step}
        free = update(PEOPLE).where(
            PEOPLE.c.number == person.number, PEOPLE.c.is_active, PEOPLE.c.totp_secret.is_(None)
        )
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            desk_credentials.ensure_newest_key(connection, self._book.school, self._key)
            if connection.execute(free.values(**new)).rowcount != 1:
                raise SignInError("There is a second factor already. Take it away first.")
            enter_rows(connection, PEOPLE, [person.number])
        self._log.write(person=person, action="set second factor", subject="", at=at)

    def take_second_factor_away(self, session: DeskSession, password: str, code: str, at: datetime) -> None:
        """Forget the second factor, after the password and a code; SignInError if they are not right."""
        self._ensure_proved(session.person, password, code, at)
        self._change(session, {"totp_secret": None, "totp_last_step": None}, at)
        self._log.write(person=session.person, action="took second factor away", subject="", at=at)

    def change_password(self, session: DeskSession, password: str, code: str, new: str, at: datetime) -> None:
        """Set another password, and end every other session; SignInError if the old one or the code is not right."""
        new_hash = desk_credentials.hash_of(new, session.person.sign_in_name)
        self._ensure_proved(session.person, password, code, at)
        self._change(session, {"password_hash": new_hash}, at)
        self._log.write(person=session.person, action="changed password", subject="", at=at)

    def give_code(self, session: DeskSession, password: str, code: str, command: str, at: datetime) -> str:
        """Return a code for one command, after the password and second factor; SignInError if they are not right.

        Who has no password gives none.
        """
        if session.person.has_password:
            self._sign_in.take_back(self._ensure_proved(session.person, password, code, at), at, _SIGNED_IN)
        return CommandSignIn(self._book, self._key).give(session.person, command, at)

    def sessions(self, person: DeskPerson, at: datetime) -> tuple[OwnSession, ...]:
        """Return the sessions of this person that stand, the newest first."""
        now = at
        query = select(SESSIONS).where(
            SESSIONS.c.school == self._book.school,
            SESSIONS.c.person == person.number,
            SESSIONS.c.role == person.role,
            SESSIONS.c.ended_at.is_(None),
            SESSIONS.c.begun_at >= now - LONGEST,
            SESSIONS.c.last_used_at >= now - LONGEST_IDLE,
        )
        with self._book.engine.connect() as connection:
            rows = connection.execute(query.order_by(SESSIONS.c.number.desc())).all()
        return tuple(OwnSession(row.number, row.begun_at, row.last_used_at) for row in rows)

    def end_others(self, session: DeskSession, at: datetime) -> None:
        """End every session of this person but this one."""
        self._change(session, {}, at)
        self._log.write(person=session.person, action="ended other sessions", subject="", at=at)

    def _ensure_proved(self, person: DeskPerson, password: str, code: str, at: datetime) -> Row[Any]:
        row = self._sign_in.attempt(person.sign_in_name, at, _SIGNED_IN)
        if row is None or not self._sign_in.is_right(row, password, code, at):
            if row is not None and self._sign_in.has_locked(row, _SIGNED_IN):
                self._log.write(person=person_of(row), action="locked out", subject="", at=at)
            raise SignInError(NOT_PROVED)
        return row

    def _change(self, session: DeskSession, values: Mapping[str, Any], at: datetime) -> None:
        """Write these values down with no tries counted, where there are any, and end the other sessions and codes."""
        with writing(self._book.engine) as connection:
            if values:
                whose = update(PEOPLE).where(PEOPLE.c.number == session.person.number, PEOPLE.c.is_active)
                connection.execute(whose.values(failures=0, locked_until=None, **values))
                enter_rows(connection, PEOPLE, [session.person.number])
            DeskSessions(self._book).end_all(connection, session.person.number, at, but=session.number)
