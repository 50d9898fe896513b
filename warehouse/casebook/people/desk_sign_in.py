"""Whether a name, a password and a code are right, and how often one may try.

Tries count by where they come from, so that nobody who guesses shuts the person out: after five wrong ones that
browser or address waits. Of all together many more count, and a browser in which the person signed in before is never
held up by others'. A try is counted before it is looked at, so that many at once are no more than many in a row.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Row, or_, select, true, update

from warehouse.casebook.alone import DESK_PEOPLE, alone
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter_rows
from warehouse.casebook.people import desk_credentials
from warehouse.casebook.people.desk_person import SignInError, plain_name
from warehouse.casebook.people.desk_tables import PEOPLE

FREE_TRIES = 5
TRIES_OF_ALL = 50
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(hours=24)
NOT_RIGHT = (
    "The name, the password or the code is not right. After five wrong tries the desk waits 15 minutes, and twice as "
    "long after each further one."
)


@dataclass(frozen=True, slots=True)
class TriedFrom:
    """Where a try comes from: an address, or a browser in which the person has signed in before (`is_known`)."""

    where: str = ""
    is_known: bool = False


ANYWHERE = TriedFrom()


@dataclass(slots=True)
class WrongTries:
    """How often was tried for each person from where, and until when that place waits; kept while the desk runs."""

    _counts: dict[tuple[int, str], tuple[int, datetime | None]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def begin_anew(self, number: int) -> None:
        """Forget what was tried for a person."""
        self._counts = {key: tries for key, tries in self._counts.items() if key[0] != number}

    def is_waiting(self, number: int, tried: TriedFrom, at: datetime) -> bool:
        """Say whether no try counts from there yet."""
        _, until = self._counts.get((number, tried.where), (0, None))
        return until is not None and until > at

    def add(self, number: int, tried: TriedFrom, at: datetime, tries: int) -> None:
        """Count tries more from there, or take them back."""
        count = self._counts.get((number, tried.where), (0, None))[0] + tries
        until = at + _wait(count) if tries > 0 and count >= FREE_TRIES else None
        self._counts[number, tried.where] = (count, until)

    def is_last(self, number: int, tried: TriedFrom) -> bool:
        """Say whether that place must wait now."""
        return self._counts.get((number, tried.where), (0, None))[0] >= FREE_TRIES


@dataclass(frozen=True, slots=True)
class RightPassword:
    """A person whose password was right, as they stood then; a session begins once the code is right too."""

    number: int
    sign_in_name: str = field(repr=False)
    password_hash: str = field(repr=False)
    new_hash: str = field(repr=False)
    totp_secret: str | None = field(repr=False)

    @property
    def needs_code(self) -> bool:
        """Whether the person has a second factor."""
        return self.totp_secret is not None


def right_password(row: Row[Any], password: str) -> RightPassword:
    """Return that this was the right password of the person whom a row tells of."""
    new_hash = desk_credentials.hash_again(row.password_hash, password)
    return RightPassword(row.number, row.sign_in_name, row.password_hash, new_hash, row.totp_secret)


class SignIn:
    """Judges the tries to sign in to one school's desk."""

    def __init__(self, book: Casebook, key: str | None, tries: WrongTries | None = None) -> None:
        self._book = book
        self._key = key
        self.tries = WrongTries() if tries is None else tries

    def attempt(
        self, sign_in_name: str, at: datetime, tried: TriedFrom = ANYWHERE, *, by_password: bool = True
    ) -> Row[Any] | None:
        """Count a try of this person and return their row; None for nobody, or where that place or all must wait."""
        may_try = true() if tried.is_known else or_(PEOPLE.c.locked_until.is_(None), PEOPLE.c.locked_until <= at)
        name = PEOPLE.c.sign_in_name == plain_name(sign_in_name)
        has_one = PEOPLE.c.password_hash.is_not(None) if by_password else true()
        here = (PEOPLE.c.school == self._book.school, name, PEOPLE.c.is_active, has_one)
        with self.tries.lock, self._book.engine.begin() as connection:
            known = connection.execute(select(PEOPLE).where(*here)).first()
            if known is not None and known.failures == 0:  # they were let in since, or the technician let them try
                self.tries.begin_anew(known.number)
            if known is None or self.tries.is_waiting(known.number, tried, at):
                return None
            counted = update(PEOPLE).where(*here, may_try).values(failures=PEOPLE.c.failures + 1)
            if connection.execute(counted).rowcount != 1:
                return None
            self.tries.add(known.number, tried, at, 1)
            row = connection.execute(select(PEOPLE).where(*here)).one()
            if row.failures >= TRIES_OF_ALL:
                locked = update(PEOPLE).where(PEOPLE.c.number == row.number)
                until = at + _wait(row.failures - TRIES_OF_ALL + FREE_TRIES)
                connection.execute(locked.values(locked_until=until))
            return row

    def has_locked(self, row: Row[Any] | None, tried: TriedFrom = ANYWHERE) -> bool:
        """Say whether a try that was counted lets the place that it came from wait, or all."""
        return row is not None and (self.tries.is_last(row.number, tried) or row.failures >= TRIES_OF_ALL)

    def is_right(self, row: Row[Any] | None, password: str, code: str | None, at: datetime) -> bool:
        """Say whether password and code are the person's; as slow for nobody. SignInError if a code cannot be read."""
        if not desk_credentials.is_right(row.password_hash if row else None, password) or row is None:
            return False
        return row.totp_secret is None or self.takes_code(row, code or "", at)

    def take_back(self, row: Row[Any], at: datetime, tried: TriedFrom = ANYWHERE) -> None:
        """Count a try no more: its password was right, and the code's tries are counted by themselves."""
        with self.tries.lock:
            self.tries.add(row.number, tried, at, -1)
        same = (PEOPLE.c.number == row.number, PEOPLE.c.failures == row.failures)
        back = update(PEOPLE).where(*same).values(failures=row.failures - 1, locked_until=None)
        with self._book.engine.begin() as connection:
            connection.execute(back)

    def clear(self, connection: Connection, right: RightPassword) -> None:
        """Begin to count anew after a right try; SignInError if the person was changed meanwhile."""
        same = (
            PEOPLE.c.number == right.number,
            PEOPLE.c.is_active,
            PEOPLE.c.password_hash == right.password_hash,
            PEOPLE.c.totp_secret.is_(None) if right.totp_secret is None else PEOPLE.c.totp_secret == right.totp_secret,
        )
        cleared = update(PEOPLE).where(*same).values(failures=0, locked_until=None, password_hash=right.new_hash)
        if connection.execute(cleared).rowcount != 1:
            raise SignInError(NOT_RIGHT)
        if right.new_hash != right.password_hash:
            enter_rows(connection, PEOPLE, [right.number])

    def takes_code(self, row: Row[Any], code: str, at: datetime) -> bool:
        """Say whether a code is the person's, and use it up; SignInError if their secret cannot be read."""
        secret = desk_credentials.brought_out(row.totp_secret, self._key)
        step = desk_credentials.step_of(secret, code, at, after=row.totp_last_step)
        if step is None:
            return False
        newer = or_(PEOPLE.c.totp_last_step.is_(None), PEOPLE.c.totp_last_step < step)
        used = update(PEOPLE).where(PEOPLE.c.number == row.number, newer).values(totp_last_step=step)
        with self._book.engine.begin() as connection:
            return connection.execute(used).rowcount == 1


def keep_factors_with(book: Casebook, old: str, new: str) -> None:
    """Keep each second factor that the old key opens with the new one, and enter by name that the new one counts.

    One that neither opens lets its person in no more, and says why.
    """
    here = (PEOPLE.c.school == book.school, PEOPLE.c.totp_secret.is_not(None))
    with alone(book.engine, DESK_PEOPLE) as connection:
        for row in connection.execute(select(PEOPLE).where(*here)).all():
            with suppress(SignInError):
                secret = desk_credentials.locked_away(desk_credentials.brought_out(row.totp_secret, old), new)
                connection.execute(update(PEOPLE).where(PEOPLE.c.number == row.number).values(totp_secret=secret))
                enter_rows(connection, PEOPLE, [row.number])
        desk_credentials.enter_key(connection, book.school, new)


def _wait(failures: int) -> timedelta:
    doubled: timedelta = FIRST_LOCK * 2 ** min(failures - FREE_TRIES, 10)
    return min(doubled, LONGEST_LOCK)
