"""The key of the casebooks that tests make, a look into one without the program, and cases that are erased from one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.casebook.at_rest import connected
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.erasing import erase_from
from warehouse.places import Places
from warehouse.subject_patterns import Subject, SubjectMatcher

CASEBOOK_KEY = "the-casebooks-key-of-the-tests-0123456789"


def looked_into(casebook: Path, key: str = CASEBOOK_KEY) -> Any:
    """Return a connection to an encrypted casebook, which commits each statement."""
    return connected(casebook, key)


def key_of(places: Places) -> str:
    """Return the casebook's key as the program made it for this home."""
    return places.casebook_key.read_text(encoding="ascii").strip()


def erase_cases(book: Casebook, *fingerprints: str) -> int:
    """Take these cases out of the casebook, as an erasure does; return how many standing decisions went with them."""
    before = len(book.standing())
    matcher = SubjectMatcher(Subject(hashes=frozenset(fingerprints)))
    erase_from(book, matcher, token=fingerprints[0][:32], at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    return before - len(book.standing())
