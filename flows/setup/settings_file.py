"""Writes school.toml of the set-up: one change at a time, read again before it is put in place, comments and all."""

import re
from collections.abc import Callable
from pathlib import Path

from flows.desk.folder import replace_file
from policies.school import School
from policies.school_file import SchoolError, read_school, school_in
from policies.toml_text import read_text
from warehouse.store.places import Places

# What only a run, or whoever edits school.toml, is told, and what is said of it here.
_HERE = (
    (re.compile(r", then run again\.$"), "."),
    (re.compile(r"\bname ((?:it|the (?:zip )?file)\b[^,:]*?) in school\.toml"), r"drop here \1"),
    (re.compile(r"^name in school\.toml is still .*"), "Name the school first."),
    (re.compile(r"^.* is not set up: no official account .*"), "No official account is named yet: name one first."),
)


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


def sentence_of(error: Exception) -> str:
    """Return the sentence of an error in the words of the set-up, which asks for files and answers itself."""
    sentence = str(error)
    for told, here in _HERE:
        sentence = told.sub(here, sentence)
    return sentence
