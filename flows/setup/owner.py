"""What each step of the set-up is: how it stands, what it understood of an answer, what it keeps, what a press does.

school.toml is changed one key at a time and read again before it is put in place, comments and all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboards.desk.school.setup_steps import Answers, KeptAnswer, SentFile, SetupError, SetupStep, Understood
from flows.desk.folder import SchoolFolder, replace_file
from policies.school import School
from policies.school_file import SchoolError, read_school, school_in
from policies.toml_text import read_text
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.store.places import Places

NOTHING = "This step does not ask that. Look at it again, and choose of what it shows."
# What only a run, or whoever edits school.toml, is told, and what is said of it here.
_HERE = (
    (re.compile(r", then run again\.$"), "."),
    (re.compile(r"\bname ((?:it|the (?:zip )?file)\b[^,:]*?) in school\.toml"), r"drop here \1"),
    (re.compile(r"^name in school\.toml is still .*"), "Name the school first."),
    (re.compile(r"^.* is not set up: no official account .*"), "No official account is named yet: name one first."),
)


@dataclass(frozen=True, slots=True)
class StepOwner:
    """The owner of one step. `folder` is the school's, whose settings are read anew for each answer."""

    folder: SchoolFolder

    @property
    def places(self) -> Places:
        """Where the school's files are."""
        return Places(self.folder.settings.home, self.folder.school_id)

    @property
    def school(self) -> School:
        """school.toml as it stands now; SchoolError names every mistake."""
        return read_school(self.places.settings)

    def step(self) -> SetupStep:
        """Return the step as it stands."""
        raise NotImplementedError

    def look(self, answers: Answers, file: SentFile | None) -> Understood:  # noqa: ARG002
        """Return what is understood of the answers and the file; nothing is kept."""
        raise SetupError(NOTHING)

    def keep(self, answers: Answers, file: SentFile | None, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Keep what was understood."""
        raise SetupError(NOTHING)

    def press(self, item: str, answer: str, person: DeskPerson) -> KeptAnswer:  # noqa: ARG002
        """Do what was pressed beside an item."""
        raise SetupError(NOTHING)


def listed(text: str) -> list[str]:
    """Return the parts of an answer that a comma or a new line sets apart."""
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def in_counts(count: int, one: str, several: str = "") -> str:
    """Return a count with what is counted, such as `1 clause` or `3 clauses`."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


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
