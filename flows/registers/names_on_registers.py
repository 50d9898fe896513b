"""The school's registers as their files lie there now, and the names on them, which nothing that is kept may have."""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.records import Person, Record
from connectors.registers.pull import read_register
from dashboards.ask.reasons import ensure_names_nobody
from engines.naming import PersonName
from engines.roll_ids import fold_roll_id
from flows.home.context import Context
from policies.errors import UserError


@dataclass(frozen=True, slots=True)
class RegisterAsItLies:
    """One register as its file lies there: its rows, or why it could not be read."""

    register: str
    rows: tuple[Record, ...]
    problem: str = ""


def registers_now(context: Context) -> tuple[RegisterAsItLies, ...]:
    """Return the rows of every register of school.toml; one that cannot be read says why."""
    return tuple(_register(context, name, file) for name, file in context.school.registers.items())


def names_of(registers: Sequence[RegisterAsItLies], person: str | None = None) -> tuple[str, ...]:
    """Return every form of the name that the registers have for this roll id; for everybody without one."""
    people = (row for register in registers for row in register.rows if isinstance(row, Person))
    return tuple(
        name
        for row in people
        if person is None or fold_roll_id(row.person_id) == fold_roll_id(person)
        for name in name_of(row).forms
    )


def name_of(row: Person) -> PersonName:
    """Return what a row of a register says of somebody's name."""
    return PersonName(row.full_name, row.given_names, row.surname, row.known_as, row.other_names)


def ensure_names_nobody_registered(context: Context, text: str, *, option: str) -> None:
    """Raise AskError, one sentence, where the text has a whole name of the registers as their files lie there now."""
    ensure_names_nobody(text, everybody=names_of(registers_now(context)), option=option)


def _register(context: Context, name: str, file: str) -> RegisterAsItLies:
    own = context.school.columns.get(name)  # type: ignore[call-overload]
    try:
        read = read_register(context.places.registers, name, file, as_of=context.as_of, mapped=own, pepper=context.key)
    except UserError as error:
        return RegisterAsItLies(name, (), error.sentence)
    return RegisterAsItLies(name, tuple(row for row in read if _is_row(row)))


def _is_row(record: Record) -> bool:
    return type(record).__name__ in {"Person", "Photograph", "RegisteredAccount"}
