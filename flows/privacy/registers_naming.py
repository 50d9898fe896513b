"""Which rows of the school's registers, as their files lie there now, name a subject in any field."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from connectors.records import Person, Photograph, RegisteredAccount
from engines.roll_ids import fold_roll_id
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.registers.erased_registers import Row, names_of_registers
from flows.registers.registers import registers_now
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher

_OWN = {Person: "person_id", Photograph: "photograph_id"}
_PLATFORMS = {"x_account": "x", "youtube_account": "youtube"}


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """The rows that name the subject: those that are the subject's own, and all others."""

    own: tuple[Row, ...]
    others: tuple[Row, ...]

    @property
    def register(self) -> str | None:
        """A register that has a row of the subject's own; None where none has."""
        return next(iter(names_of_registers(self.own)), None)

    def by_file(self, context: Context) -> dict[str, int]:
        """Return how many rows of each file name the subject and are not the subject's own."""
        files = context.school.registers
        return {
            f"registers/{files[register]}": rows  # type: ignore[index]
            for register, rows in sorted(names_of_registers(self.others).items())
        }


def register_rows(context: Context, subject: Subject) -> RegisterRows:
    """Return the rows that name the subject; ConfigurationError where a register cannot be read."""
    rows = _rows_now(context)
    matcher = SubjectMatcher(subject)
    ids = [(row, _OWN[type(row)]) for row in rows if type(row) in _OWN]
    own = [row for row, name in ids if matcher.names(getattr(row, name), name)]
    return RegisterRows(tuple(own), tuple(row for row in _naming(rows, matcher) if row not in own))


def rows_of_id(context: Context, *, person: str | None, photograph: str | None) -> tuple[Row, ...]:
    """Return the rows of this roll id, or photograph's id; ConfigurationError where a register cannot be read."""
    if person is None and photograph is None:
        return ()
    return tuple(
        row
        for row in _rows_now(context)
        if (isinstance(row, Person) and person is not None and fold_roll_id(row.person_id) == fold_roll_id(person))
        or (isinstance(row, Photograph) and row.photograph_id == photograph)
    )


def _rows_now(context: Context) -> list[Row]:
    now = registers_now(context)
    if now.refusal:
        raise ConfigurationError(f"Whether a register still has the subject cannot be told: {now.refusal}")
    return [record for record in now.records if isinstance(record, Row)]


def _naming(rows: Sequence[Row], matcher: SubjectMatcher) -> list[Row]:
    return [row for row in rows if any(_is_named(row, field.name, matcher) for field in fields(row))]


def _is_named(row: Row, field: str, matcher: SubjectMatcher) -> bool:
    platform = row.platform if isinstance(row, RegisteredAccount) else _PLATFORMS.get(field)
    return matcher.names(getattr(row, field), field, platform)
