"""The photographs register and what the registers of pupils and leavers say of it, read from the files as they lie."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from connectors.records import Person, Photograph
from connectors.registers.pull import read_register
from engines.pictures.verdicts.approvals import Approval, Pupils, obstacle, pupils_of
from policies.school import Register, School


@dataclass(frozen=True, slots=True)
class RegisterOfPhotographs:
    """Every row of the photographs register, and who may not be shown or has left, on a day."""

    rows: tuple[Photograph, ...]
    pupils: Pupils
    day: date

    def ended(self, row: Photograph) -> str:
        """Return in a sentence why the approval of a row stands on no channel; nothing where it stands on one."""
        approval = Approval.of(asdict(row))
        channels = [channel for channel in approval.channels.split(";") if channel]
        obstacles = [obstacle(approval, channel, self.day, self.pupils) for channel in channels]
        if not obstacles:
            return "It is approved for no channel."
        return "" if None in obstacles else next(found.why for found in obstacles if found)


def register_of_photographs(folder: Path, school: School, day: date) -> RegisterOfPhotographs:
    """Return the photographs register as it lies in a folder; SourceRefused in a sentence where it is unusable."""
    read = read_register(
        folder,
        "photographs",
        school.registers["photographs"],
        as_of=day,
        mapped=school.columns.get("photographs"),
    )
    rows = tuple(record for record in read if isinstance(record, Photograph))
    return RegisterOfPhotographs(rows, registered_pupils(folder, school, day), day)


def registered_pupils(folder: Path, school: School, today: date) -> Pupils:
    """Return what the registers of pupils and leavers say of being shown, where the school has them."""
    people = people_of(folder, school, today, ("pupils", "leavers"))
    rows = [
        (person.register.removesuffix("s"), person.person_id, person.picture_consent, person.left_on)
        for person in people
    ]
    return pupils_of(rows, today)


def people_of(folder: Path, school: School, today: date, asked: Sequence[Register]) -> list[Person]:
    """Return everybody on these registers, of those that the school has."""
    files = [(name, school.registers.get(name), school.columns.get(name)) for name in asked]
    read = [read_register(folder, name, file, as_of=today, mapped=own) for name, file, own in files if file]
    return [record for records in read for record in records if isinstance(record, Person)]
