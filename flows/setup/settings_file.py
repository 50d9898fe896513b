"""Writes school.toml of the set-up: one change at a time, read again before it is put in place, comments and all."""

from collections.abc import Callable
from pathlib import Path

from flows.desk.folder import replace_file
from policies.errors import UserError
from policies.school import School
from policies.school_file import SchoolError, read_school, school_in
from policies.toml_text import read_text
from warehouse.store.places import Places


def settings_of(places: Places) -> School:
    """Return school.toml as it stands; SchoolError names every mistake."""
    return read_school(places.settings)


def change_settings(places: Places, change: Callable[[str], str]) -> School:
    """Put a changed school.toml in place and return it; SchoolError, and nothing changed, where it would be none."""
    text = change(read_text(places.settings, SchoolError))
    school = school_in(text, places.settings.name)
    replace_file(places.settings, text.encode())
    return school


def put_file(path: Path, body: bytes) -> None:
    """Put a file that was given into the school's folder, its owner's alone whatever its mode was."""
    replace_file(path, body)
    path.chmod(0o600)


def sentence_of(error: UserError) -> str:
    """Return the sentence of an error without what only a run is told."""
    return error.sentence.replace(", then run again.", ".")
