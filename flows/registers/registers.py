"""The school's registers compared with their own history: in a run, and before one from the files as they lie there."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import duckdb

from connectors.errors import SourceRefused
from connectors.records import Record, RegisterRead
from flows.home.context import Context
from flows.registers.register_files import Row, register_of
from flows.registers.sources import registers_source
from warehouse.registers.register_states import NO_FILE, RegisterState, match_registers, states
from warehouse.registers.shortfall import Copy, copied
from warehouse.store.migrate import migrate, pending
from warehouse.store.open import opened


def know(context: Context, db: duckdb.DuckDBPyConnection) -> list[RegisterState]:
    """Compare the registers that this run read with the last that were whole; keep and return how each stands."""
    with context.casebook() as book:
        accepted = book.acceptances()
    return match_registers(
        db,
        run_id=context.run_id,
        named=context.school.registers,
        expected={str(register): rows for register, rows in context.school.expected.items()},
        accepted=accepted,
    )


def problem(short: Sequence[RegisterState]) -> str:
    """Return what a run says of the registers that came short: figures, and never a value."""
    return " ".join(state.why for state in short)


def what_to_do(context: Context, short: Sequence[RegisterState]) -> str:
    """Return how to put it right, with the command for a change that is meant."""
    accept = "; ".join(
        f"audit registers accept {context.school.id} {state.register} --by ROLE --note REASON"
        for state in short
        if can_be_accepted(context, state)
    )
    export = "Export them whole and run the audit again"
    return f"{export}, or, if the change is right: {accept}" if accept else f"{export}."


def can_be_accepted(context: Context, state: RegisterState) -> bool:
    """Say whether there is something to accept: a file that was read, or that school.toml names none any more."""
    return state.is_short and (state.state == "partial" or state.register not in context.school.registers)


@dataclass(frozen=True, slots=True)
class RegistersNow:
    """The registers as a run would find them now: how each stands, its copy, all records, and why some are unusable."""

    states: tuple[RegisterState, ...]
    copies: Mapping[str, Copy]
    records: tuple[Record, ...]
    refusal: str

    def sha256_of(self, register: str) -> str:
        """Return the hash of a register's file; NO_FILE where none could be used."""
        return self.copies[register].sha256 if register in self.copies else NO_FILE


def stands_now(context: Context) -> list[tuple[RegisterState, str]]:
    """Return how a run would find each register as its file lies there now, and the file's hash; writes nothing."""
    now = registers_now(context)
    return [(state, now.sha256_of(state.register)) for state in now.states]


def registers_now(context: Context, instead: Mapping[str, bytes] | None = None) -> RegistersNow:
    """Return the registers as a run would find them, with these bytes in place of a register's file; writes nothing."""
    records, refusal = _records(context, instead)
    with context.casebook() as book, history(context) as db:
        now = {copy.register: copy for copy in _copies(records)}
        register_states = states(
            db,
            now,
            before=context.run_id,
            named=context.school.registers,
            expected={str(register): rows for register, rows in context.school.expected.items()},
            accepted=book.acceptances(),
        )
    return RegistersNow(tuple(register_states), now, records, refusal)


def _records(context: Context, instead: Mapping[str, bytes] | None) -> tuple[tuple[Record, ...], str]:
    """Return all records, what came before a refusal too, and the refusal; one that cannot be used is left out."""
    records: list[Record] = []
    try:
        for record in registers_source(context, instead).pull():
            records.append(record)  # noqa: PERF402 - what came before a refusal counts
    except SourceRefused as refusal:
        return tuple(records), str(refusal)
    return tuple(records), ""


def _copies(records: Sequence[Record]) -> Iterator[Copy]:
    """Yield each register that was read."""
    for read in (record for record in records if isinstance(record, RegisterRead)):
        rows = [asdict(row) for row in records if isinstance(row, Row) and register_of(row) == read.register]
        yield copied(read.register, rows, read.sha256)


@contextmanager
def history(context: Context) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend what earlier runs read; an empty history where there is none, or none that this program has brought up."""
    if context.places.warehouse.exists():
        with opened(context.places.warehouse, context.key, read_only=True) as db:
            if not pending(db):
                yield db
                return
    with duckdb.connect() as empty:
        migrate(empty)
        yield empty
