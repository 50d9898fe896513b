"""Invitations to the desk: a token that is shown once, good for three days and for one use."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_person import SignInError
from warehouse.casebook.people.desk_secrets import new_secret, sha256_of
from warehouse.casebook.people.desk_tables import INVITATIONS, PEOPLE

GOOD_FOR = timedelta(days=3)
KEPT = timedelta(days=30)  # after an invitation's last day
NOT_GOOD = "This link was used, or is too old. Ask for a new one."


class DeskInvitations:
    """Reads and writes the invitations of one school."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    def make(self, connection: Connection, person: int, at: datetime) -> str:
        """Return a new token for this person; those made before are good no longer, and old ones are deleted."""
        old = delete(INVITATIONS).where(
            INVITATIONS.c.school == self._book.school, INVITATIONS.c.until < at.astimezone(UTC) - KEPT
        )
        connection.execute(old)
        self.end_all(connection, person, at)
        token = new_secret()
        row = {"token_sha256": sha256_of(token), "school": self._book.school, "person": person}
        connection.execute(insert(INVITATIONS).values(**row, until=at.astimezone(UTC) + GOOD_FOR))
        return token

    def end_all(self, connection: Connection, person: int, at: datetime) -> None:
        """Let no invitation of this person be used any more."""
        open_ones = update(INVITATIONS).where(INVITATIONS.c.person == person, INVITATIONS.c.used_at.is_(None))
        connection.execute(open_ones.values(used_at=at.astimezone(UTC)))

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
        used = update(INVITATIONS).where(*self._good(token, at)).values(used_at=at.astimezone(UTC))
        if connection.execute(used).rowcount != 1:
            raise SignInError(NOT_GOOD)

    def _good(self, token: str, at: datetime) -> tuple[Any, ...]:
        return (
            INVITATIONS.c.school == self._book.school,
            INVITATIONS.c.token_sha256 == sha256_of(token),
            INVITATIONS.c.used_at.is_(None),
            INVITATIONS.c.until > at.astimezone(UTC),
        )
