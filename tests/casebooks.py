"""The key of the casebooks that tests make, a look into one without the program, and cases that are erased from one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from policies.roles import DoneBy
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.connecting import connected
from warehouse.casebook.decisions import Answer, Decision
from warehouse.casebook.holds import Holds
from warehouse.casebook.people import desk_credentials
from warehouse.privacy.erasing import erase_from
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.store.places import Places

DPO = DoneBy("dpo", user="somebody")
CASEBOOK_KEY = "the-casebooks-key-of-the-tests-0123456789"

_QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def hash_quickly(patch: pytest.MonkeyPatch) -> None:
    """Have passwords hashed with less work: as thoroughly as the program does it, each takes a sixth of a second."""
    patch.setattr(desk_credentials, "_HASHER", _QUICK)
    patch.setattr(desk_credentials, "_NOBODYS", _QUICK.hash("a password that nobody knows"))


def looked_into(casebook: Path, key: str = CASEBOOK_KEY) -> Any:
    """Return a connection to an encrypted casebook, which commits each statement."""
    return connected(casebook, key)


def rows_of(connection: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what a SQLite file holds: the statement that made each table and index, then every row of every table."""
    made = connection.execute("select type, name, tbl_name, sql from sqlite_master order by type, name").fetchall()
    yield from made
    for name in [name for kind, name, _, _ in made if kind == "table"]:
        yield from ((name, *row) for row in connection.execute(f'select rowid, * from "{name}" order by rowid'))


def key_of(places: Places) -> str:
    """Return the casebook's key as the program made it for this home."""
    return places.casebook_key.read_text(encoding="ascii").strip()


def erase_cases(book: Casebook, *fingerprints: str) -> int:
    """Take these cases out of the casebook, as an erasure does; return how many standing decisions went with them."""
    before = len(book.decisions.standing())
    matcher = SubjectMatcher(Subject(hashes=frozenset(fingerprints)))
    erase_from(book, matcher, token=fingerprints[0][:32], at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    return before - len(book.decisions.standing())


def decide(book: Casebook, case: str, answer: Answer, *, by_role: str, note: str, at: datetime, **said: Any) -> None:
    """Write a decision into a casebook as it is, whatever the rule would say of it."""
    by_user = None if "by_person" in said else "somebody"
    known = {"sequence": 0, "run_id": "2026-11-02", "by_person": None, "by_user": by_user} | said
    book.decisions.add(Decision(case, answer=answer, by_role=by_role, note=note, decided_at=at, **known))


def hold(book: Casebook, *, platform: str, subject_id: str, reason: str, until: date) -> None:
    """Keep one subject's rows, as the Data Protection Officer."""
    Holds(book).add(kind=platform, subject_id=subject_id, reason=reason, by=DPO, until=until)
