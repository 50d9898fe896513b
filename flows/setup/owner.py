"""What each step of the set-up is: how it stands, what it understood of an answer, what it keeps, what a press does."""

from dataclasses import dataclass

from dashboards.desk.school.setup_steps import Answers, KeptAnswer, SentFile, SetupError, SetupStep, Understood
from flows.desk.folder import SchoolFolder
from policies.school import School
from policies.school_file import read_school
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.store.places import Places

NOTHING = "This step does not ask that. Look at it again, and choose of what it shows."


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
