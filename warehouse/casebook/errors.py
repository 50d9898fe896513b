"""Says in one sentence why the casebook cannot be used: the error of the database, and what stands on its disk."""

import os
from pathlib import Path

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError

from policies.errors import UserError

_ROOM = 1_000_000  # bytes; SQLite's error on a full disk is often no more than "disk I/O error"

FULL = "The disk is full, so the casebook could not be written. Free some space and run again."
READ_ONLY = "The casebook stands on a disk that may only be read. Mount the disk for writing, then run again."
IN_USE = "Another program has the casebook locked. Wait until it ends, then run again; nothing was changed."
DAMAGED = (
    "The casebook is damaged or not a casebook. Keep it aside, put the last backup in its place, and run again; "
    "nothing was changed."
)
TOO_OLD = (
    "This casebook was made before release 0.2.0, and this program cannot read it. Keep it aside and begin anew, or go "
    "on with the program that made it; nothing was changed."
)
NOT_OPENED = (
    "The key does not open the casebook, or its first page is damaged. If the key was changed since this was begun, as "
    "a desk, begin it anew; never put an old key in its place. If the casebook was put back from a copy of before the "
    "change, run: audit keys rotate --home. Else check keys/casebook.key or AUDIT_CASEBOOK_KEY; if the key is right, "
    "keep the casebook aside and put the last backup in its place. Nothing was changed."
)
NOT_OURS = "The casebook may not be written by this user. Check its owner and mode."
OTHERWISE = "The casebook cannot be opened. Check CASEBOOK_URL, or the rights on casebook.sqlite."
LOST = (
    "The connection to the casebook's server was lost. What was being written is wholly there or not at all: see that "
    "the server runs, look, and do it again if it is not there."
)
ABSENT = (
    "The casebook's server does not answer, or lets nobody in. See that it runs, and check CASEBOOK_URL; nothing was "
    "changed."
)
WAITED = "The casebook's server kept this waiting too long, or has no connection free. Try again; nothing was changed."
IN_MEMORY = (
    "The casebook would be in memory alone, and what is written there lost. Let CASEBOOK_URL name a file, such as "
    "sqlite:////srv/audit/casebook.sqlite, or a PostgreSQL database; or leave it out."
)
OTHER_KEY = (
    "The record of what people did is kept with the key {key_id}, which is not the one here. If the key was changed "
    "since this was begun, as a desk, begin it anew. Else name the key's file with AUDIT_CHAIN_KEY; or, if it is lost "
    "for good: audit accept-loss {school} --by ROLE --note WHY"
)
KEYLESS = (
    "The record of what people did is kept without the key that is set now. If the key was set just now, run: "
    "audit keys chain {school}. Otherwise somebody made the record anew: put the last backup back."
)

_BY_CODE = (
    ("SQLITE_FULL", FULL),
    ("SQLITE_BUSY", IN_USE),
    ("SQLITE_LOCKED", IN_USE),
    ("SQLITE_NOTADB", NOT_OPENED),
    ("SQLITE_CORRUPT", DAMAGED),
)

# PostgreSQL's classes and codes of errors (its manual, appendix A); every other one of its connection is a lost one.
_BY_STATE = (
    ("55P03", IN_USE),
    ("40", IN_USE),
    ("57014", WAITED),
    ("53300", WAITED),
    ("53100", FULL),
    ("25006", READ_ONLY),
    ("57P", LOST),
    ("08", LOST),
)

_MAY_PASS = (IN_USE, LOST, ABSENT, WAITED)

# Mistakes in our own SQL stay what they are.
_OURS = ("SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_RANGE")
_OF_THE_SERVER = (OperationalError, InterfaceError)


class CasebookError(UserError):
    """The casebook cannot be used; the message says what to do."""


class CasebookAwayError(CasebookError):
    """The casebook's server does not answer, or let the connection go, or keeps others waiting."""

    may_pass = True


def in_a_sentence(context: ExceptionContext) -> None:
    """Raise CasebookError instead of an error of the casebook's database, except for errors of our own SQL."""
    if context.is_pre_ping:
        return  # a connection that went while nobody used it is made anew
    code = str(getattr(context.original_exception, "sqlite_errorname", ""))
    is_sqlite = context.dialect.name == "sqlite"
    if code.startswith(_OURS) if is_sqlite else not isinstance(context.sqlalchemy_exception, _OF_THE_SERVER):
        return
    if not is_sqlite:
        said = _of_the_server(context)
        raise (CasebookAwayError if said in _MAY_PASS else CasebookError)(said) from context.original_exception
    place = context.engine.url.database if context.engine is not None else None
    raise CasebookError(sentence_of(code, Path(place) if place else None)) from context.original_exception


def _of_the_server(context: ExceptionContext) -> str:
    state = str(getattr(context.original_exception, "sqlstate", None) or "")
    if sentence := next((sentence for sign, sentence in _BY_STATE if state.startswith(sign)), None):
        return sentence
    if context.is_disconnect:
        return LOST
    return OTHERWISE if state else ABSENT  # without a state no session began


def sentence_of(code: str, place: Path | None) -> str:
    """Return what is so, and what to do, of an error of SQLite by its name; `place` is the casebook's file."""
    if sentence_of_code := next((sentence for sign, sentence in _BY_CODE if code.startswith(sign)), None):
        return sentence_of_code
    if place is not None and place.parent.exists():
        if code.startswith("SQLITE_READONLY") and os.access(place, os.W_OK):
            return NOT_OPENED  # as a connection says that met pages of another key
        disk = os.statvfs(place.parent)
        if disk.f_flag & os.ST_RDONLY:
            return READ_ONLY
        if disk.f_bavail * disk.f_frsize < _ROOM:
            return FULL
    return NOT_OURS if code.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")) else OTHERWISE
