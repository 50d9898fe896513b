"""The key of the casebooks that tests make, and a look into one without the program."""

from pathlib import Path
from typing import Any

from warehouse.casebook.at_rest import connected
from warehouse.places import Places

CASEBOOK_KEY = "the-casebooks-key-of-the-tests-0123456789"


def looked_into(casebook: Path, key: str = CASEBOOK_KEY) -> Any:
    """Return a connection to an encrypted casebook, which commits each statement."""
    return connected(casebook, key)


def key_of(places: Places) -> str:
    """Return the casebook's key as the program made it for this home."""
    return places.casebook_key.read_text(encoding="ascii").strip()
