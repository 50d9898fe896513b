"""Who signs in for one command: by the desk's own password and second factor, or by a code that the desk gave them.

A code is good for ten minutes, once, for one kind of command of one school. It stands where invitations do, as a hash
made with the school's key, and ends with every session of its person: when their password, second factor or role
changes, and when they are let in no more.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import enter_rows
from warehouse.casebook.people.desk_credentials import required_key
from warehouse.casebook.people.desk_person import DeskPerson, SignInError, person_of
from warehouse.casebook.people.desk_secrets import SPOKEN, DeskInvitations, derived, new_code
from warehouse.casebook.people.desk_sign_in import SignIn, TriedFrom, right_password
from warehouse.casebook.people.desk_tables import INVITATIONS

# What a command does in somebody's name, as the desk's page offers it.
COMMANDS: Mapping[str, str] = {
    "decide": "decide about a case",
    "attest": "attest a clause",
    "accept": "accept a register, a picture or a loss",
    "challenge": "record or answer a challenge",
    "request": "record a request, or write a pack for one",
    "hold": "record or end a hold",
    "erase": "erase somebody's data",
    "close": "end the school here for good",
}
GOOD_FOR = timedelta(minutes=10)
NOT_PROVED = (
    "The name, the password or the code is not right, or the code is used, over ten minutes old or for another kind of "
    "command. Nothing was written."
)
_CODE = re.compile(rf"[{SPOKEN}]{{4}}(-[{SPOKEN}]{{4}}){{2}}")
_AT_A_TERMINAL = TriedFrom("a command")


def is_code(text: str) -> bool:
    """Say whether somebody typed a code of the desk's, and no password."""
    return bool(_CODE.fullmatch(text.strip().upper()))


class CommandSignIn:
    """Gives out codes, and says who signs in for a command. `key` is the school's."""

    def __init__(self, book: Casebook, key: str | None) -> None:
        self._book, self._key = book, key
        self._sign_in = SignIn(book, key)

    def give(self, person: DeskPerson, command: str, at: datetime) -> str:
        """Return a new code of a person's for one command; those made before are good no longer. SignInError."""
        if command not in COMMANDS:
            raise SignInError("Choose what the code is for.")
        code = new_code()
        row = {"school": self._book.school, "person": person.number, "until": at + GOOD_FOR, "for_command": command}
        with writing(self._book.engine) as connection:
            DeskInvitations(self._book).end_all(connection, person.number, at, codes_alone=True)
            connection.execute(insert(INVITATIONS).values(**row, token_sha256=self._hash(code)))
            enter_rows(connection, INVITATIONS, [self._hash(code)], "written")
        AccessLog(self._book).write(person=person, action="gave a code for one command", subject=command, at=at)
        return code

    def proved(self, sign_in_name: str, typed: str, factor: str, command: str, at: datetime) -> DeskPerson:
        """Return who signs in with a password and second factor, or a code; SignInError, in one sentence for all."""
        log, by_code = AccessLog(self._book), is_code(typed)
        row = self._sign_in.attempt(sign_in_name, at, _AT_A_TERMINAL, by_password=not by_code)
        if by_code:
            is_right = row is not None and self._use(row.number, typed, command, at)
        else:
            is_right = self._sign_in.is_right(row, typed, factor, at)
        if row is None or not is_right:
            if self._sign_in.has_locked(row, _AT_A_TERMINAL) and row is not None:
                log.write(person=person_of(row), action="locked out", subject="", at=at)
            raise SignInError(NOT_PROVED)
        if by_code:
            self._sign_in.take_back(row, at, _AT_A_TERMINAL)
        else:
            with writing(self._book.engine) as connection:
                self._sign_in.clear(connection, right_password(row, typed))
        log.write(person=person_of(row), action="signed in for a command", subject=command, at=at)
        return person_of(row)

    def _use(self, person: int, code: str, command: str, at: datetime) -> bool:
        here = (INVITATIONS.c.token_sha256 == self._hash(code), INVITATIONS.c.for_command == command)
        good = (INVITATIONS.c.person == person, INVITATIONS.c.used_at.is_(None), INVITATIONS.c.until > at)
        with writing(self._book.engine) as connection:
            if connection.execute(update(INVITATIONS).where(*here, *good).values(used_at=at)).rowcount != 1:
                return False
            enter_rows(connection, INVITATIONS, [self._hash(code)])
            return True

    def _hash(self, code: str) -> str:
        return derived(required_key(self._key), f"code for one command {self._book.school} {code.strip().upper()}")
