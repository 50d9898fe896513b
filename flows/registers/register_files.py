"""The school's registers as their files lie there now: their rows, the names on them, and which approvals stand."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from connectors.records import Person, Photograph, Record, RegisteredAccount
from connectors.registers.pull import read_register
from engines.naming import PersonName
from engines.pictures.verdicts.approvals import CHANNELS, ENDING, Approval, Pupils, obstacle, pupils_of
from engines.roll_ids import fold_roll_id
from flows.home.context import Context
from policies.errors import UserError
from policies.school import Register, School

Row = Person | Photograph | RegisteredAccount


def register_of(row: Record) -> str:
    """Return the name of the register that a row is of."""
    if isinstance(row, Person):
        return row.register
    return "photographs" if isinstance(row, Photograph) else "accounts"


def rows_of(folder: Path, school: School, register: Register, as_of: date, *, pepper: str = "") -> list[Row]:
    """Return the rows of one register, none where the school has no such register; SourceRefused if unusable."""
    file, mapped = school.registers.get(register), school.columns.get(register)
    read = read_register(folder, register, file, as_of=as_of, mapped=mapped, pepper=pepper) if file else []
    return [record for record in read if isinstance(record, Row)]


def people_of(
    folder: Path, school: School, registers: Iterable[Register], as_of: date, *, pepper: str = ""
) -> list[Person]:
    """Return everybody on these registers, of those that the school has."""
    rows = [row for name in registers for row in rows_of(folder, school, name, as_of, pepper=pepper)]
    return [row for row in rows if isinstance(row, Person)]


def photographs_of(folder: Path, school: School, as_of: date) -> list[Photograph]:
    """Return the rows of the photographs register, none where the school has none."""
    return [row for row in rows_of(folder, school, "photographs", as_of) if isinstance(row, Photograph)]


def pupils_among(people: Iterable[Person], as_of: date) -> Pupils:
    """Return what the registers of pupils and leavers say of being shown."""
    rows = [(each.register.removesuffix("s"), each.person_id, each.picture_consent, each.left_on) for each in people]
    return pupils_of(rows, as_of)


@dataclass(frozen=True, slots=True)
class RegisterOfPhotographs:
    """Every row of the photographs register, and who may not be shown or has left, on a day."""

    rows: Sequence[Photograph]
    pupils: Pupils
    day: date

    def ended(self, row: Photograph) -> str:
        """Return in a sentence what ends a row's approval on a channel that it is for, or why it stands on none."""
        approval = Approval.of(asdict(row))
        channels = [channel for channel in approval.channels.split(";") if channel]
        obstacles = {channel: obstacle(approval, channel, self.day, self.pupils) for channel in channels}
        if not obstacles:
            return "It is approved for no channel."
        found = {channel: each for channel, each in obstacles.items() if each}
        ended = {channel: each.why for channel, each in found.items() if each.kind in ENDING}
        if len(found) < len(obstacles):
            return next((f"On {CHANNELS.get(channel, channel)}: {why}" for channel, why in ended.items()), "")
        return next(iter([*ended.values(), *(each.why for each in found.values())]))


def register_of_photographs(folder: Path, school: School, day: date, *, pepper: str) -> RegisterOfPhotographs:
    """Return the photographs register as it lies in a folder; SourceRefused in a sentence where it is unusable.

    `pepper` is the school's key, with which the ids of pupils without one are made.
    """
    rows = photographs_of(folder, school, day)
    people = people_of(folder, school, ("pupils", "leavers"), day, pepper=pepper)
    return RegisterOfPhotographs(rows, pupils_among(people, day), day)


@dataclass(frozen=True, slots=True)
class RegisterAsItLies:
    """One register as its file lies there: its rows, or why it could not be read."""

    register: str
    rows: Sequence[Record]
    problem: str = ""


def registers_as_they_lie(context: Context) -> tuple[RegisterAsItLies, ...]:
    """Return the rows of every register of school.toml; one that cannot be read says why."""
    return tuple(_register(context, name) for name in context.school.registers)


def _register(context: Context, name: Register) -> RegisterAsItLies:
    try:
        rows = rows_of(context.places.registers, context.school, name, context.as_of, pepper=context.names_key)
    except UserError as error:
        return RegisterAsItLies(name, (), error.sentence)
    return RegisterAsItLies(name, rows)


def names_of(registers: Iterable[RegisterAsItLies], person: str | None = None) -> tuple[str, ...]:
    """Return every form of the name that the registers have for this roll id; for everybody without one."""
    return tuple(
        name
        for register in registers
        for row in register.rows
        if isinstance(row, Person) and (person is None or fold_roll_id(row.person_id) == fold_roll_id(person))
        for name in name_of(row).forms
    )


def name_of(row: Person) -> PersonName:
    """Return what a row of a register says of somebody's name."""
    return PersonName(row.full_name, row.given_names, row.surname, row.known_as, row.other_names)
