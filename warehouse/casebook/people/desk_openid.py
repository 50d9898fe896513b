"""Signing in with an account of the school's own provider: whose it is, and how it became theirs.

A person is known by the provider's immutable id. It becomes theirs in one of three ways: the technician gave it; they
took an invitation with it; or at the first sign-in the provider had verified the e-mail address that was invited,
which is then forgotten. An account that is nobody's makes nobody.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select, update

from policies.desk import InvitedAccount, SignedInAs
from warehouse.casebook import alone
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter_rows
from warehouse.casebook.people.desk_person import SignInError, person_of
from warehouse.casebook.people.desk_secrets import GOOD_FOR, DeskInvitations, DeskSessions
from warehouse.casebook.people.desk_tables import PEOPLE

NOBODY_S = "This account is nobody's at the desk. Ask your IT technician to invite you."
ANOTHER_S = "This account is another person's at the desk. Choose another one."
NO_ACCOUNT: Mapping[str, None] = MappingProxyType(
    dict.fromkeys(("provider_issuer", "provider_subject", "invited_email", "invited_until"))
)


class OpenIdSignIn:
    """Lets the people of one school in by their accounts at the school's provider."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._log = AccessLog(book)
        self._invitations = DeskInvitations(book)
        self._sessions = DeskSessions(book)

    def sign_in(self, who: SignedInAs, at: datetime) -> str:
        """Return a new session's secret; SignInError, and nothing made, if the account is nobody's."""
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            row = self._bound(connection, who) or self._invited(connection, who, at)
            if row is None:
                raise SignInError(NOBODY_S)
            secret = self._sessions.begin(connection, row.number, row.role, at)
        self._log.write(person=person_of(row), action="signed in by provider", subject="", at=at)
        return secret

    def take_invitation(self, token: str, who: SignedInAs, at: datetime) -> str:
        """Make the account the invited person's, in place of any other, and return a new session's secret.

        SignInError for a token that is not good any more, and for an account that is another person's.
        """
        row = self._invitations.person_of(token, at)
        with alone.alone(self._book.engine, alone.DESK_PEOPLE) as connection:
            ensure_free(connection, self._book.school, InvitedAccount(who.issuer, subject=who.subject), row.number)
            self._invitations.use(connection, token, at)
            self._bind(connection, row.number, who)
            self._sessions.end_all(connection, row.number, at)
            secret = self._sessions.begin(connection, row.number, row.role, at)
        self._log.write(person=person_of(row), action="took invitation", subject="", at=at)
        return secret

    def _bound(self, connection: Connection, who: SignedInAs) -> Row[Any] | None:
        theirs = (PEOPLE.c.provider_issuer == who.issuer, PEOPLE.c.provider_subject == who.subject)
        here = (PEOPLE.c.school == self._book.school, PEOPLE.c.is_active, *theirs)
        return connection.execute(select(PEOPLE).where(*here)).first()

    def _invited(self, connection: Connection, who: SignedInAs, at: datetime) -> Row[Any] | None:
        """Return the one person whose invited address the provider has verified, and make the account theirs."""
        if who.email is None:
            return None
        waiting = (PEOPLE.c.provider_issuer == who.issuer, PEOPLE.c.provider_subject.is_(None))
        invited = (PEOPLE.c.invited_email == plain_email(who.email), PEOPLE.c.invited_until.is_not(None))
        here = (PEOPLE.c.school == self._book.school, PEOPLE.c.is_active, *waiting, *invited)
        rows = connection.execute(select(PEOPLE).where(*here)).all()
        if len(rows) != 1 or rows[0].invited_until <= at:
            return None
        self._bind(connection, rows[0].number, who)
        self._invitations.end_all(connection, rows[0].number, at)
        return rows[0]

    def _bind(self, connection: Connection, number: int, who: SignedInAs) -> None:
        values = {**NO_ACCOUNT, "provider_issuer": who.issuer, "provider_subject": who.subject}
        connection.execute(update(PEOPLE).where(PEOPLE.c.number == number).values(**values))
        enter_rows(connection, PEOPLE, [number])


def plain_email(address: str) -> str:
    """Return an e-mail address as it is kept and compared; SignInError for what is none."""
    plain = address.strip().casefold()
    before, at, after = plain.partition("@")
    if not (before and at and "." in after) or not plain.isascii() or not plain.isprintable() or " " in plain:
        raise SignInError(
            "The e-mail address is none, or has letters that no school's has. Write it as in a@b.example."
        )
    return plain


def account_values(account: InvitedAccount, at: datetime) -> dict[str, Any]:
    """Return what is kept of the account that an invited person will sign in with; an address waits for three days."""
    values: dict[str, Any] = {**NO_ACCOUNT, "provider_issuer": account.issuer}
    if account.subject is not None:
        return {**values, "provider_subject": account.subject}
    return {**values, "invited_email": plain_email(account.email or ""), "invited_until": at + GOOD_FOR}


def ensure_free(connection: Connection, school: str, account: InvitedAccount, number: int) -> None:
    """Raise SignInError if the account, or the address by which it is to be found, is another person's."""
    known = PEOPLE.c.provider_subject == account.subject
    if account.subject is None:
        known = PEOPLE.c.invited_email == plain_email(account.email or "")
    others = (PEOPLE.c.school == school, PEOPLE.c.provider_issuer == account.issuer, PEOPLE.c.number != number, known)
    if connection.execute(select(PEOPLE.c.number).where(*others)).first() is not None:
        raise SignInError(ANOTHER_S)
