"""The school's registers compared with their own history: in a run, and before one from the files as they lie there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import duckdb

from connectors.errors import SourceRefused
from connectors.records import Record, RegisterColumn, RegisterProblem, RegisterRead
from connectors.registers.headers import ON_ROLL
from flows.home.context import Context
from flows.pictures.masters import MasterFile, master_files, meant_changes
from flows.registers.register_files import Row, photographs_of, register_of
from flows.registers.sources import registers_source
from warehouse.registers.register_states import NO_FILE, RegisterState, match_registers, states
from warehouse.registers.shortfall import Copy, copied
from warehouse.runs.run_memory import last_masters
from warehouse.store.migrate import NOT_LOOKED, migrate, pending
from warehouse.store.open import WarehouseError, opened


def in_counts(school_id: str, records: Iterable[object]) -> str | None:
    """Return what a run says of headings that were ignored and columns that are missing; None where there are none."""
    columns = [record for record in records if isinstance(record, RegisterColumn)]
    states = Counter(column.state for column in columns)
    near = sum(column.nearest is not None for column in columns)
    if not states["ignored"] and not states["missing"]:
        return None
    headings = "1 heading was" if states["ignored"] == 1 else f"{states['ignored']} headings were"
    meant = f" ({near} may be meant for one that is missing)" if near else ""
    missing = "1 column is" if states["missing"] == 1 else f"{states['missing']} columns are"
    return f"{headings} not read{meant}, {missing} missing; audit doctor {school_id} names them."


def are_doubtful(columns: Sequence[RegisterColumn]) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return any(column.nearest or (column.state == "missing" and column.heading) for column in columns)


def headings_sentence(columns: Sequence[RegisterColumn]) -> str:
    """Return what became of each heading of one file, for the person who can put it right."""
    parts = [f"{sum(column.state == 'recognised' for column in columns)} recognised"]
    if ignored := [_ignored(column) for column in columns if column.state == "ignored"]:
        parts.append(f"ignored: {', '.join(ignored)}")
    if missing := [_missing(column) for column in columns if column.state == "missing"]:
        parts.append(f"missing: {', '.join(missing)}")
    if any(column.state == "missing" and column.column_name == "person_id" for column in columns):
        of = "date of birth" if columns[0].register in ON_ROLL else "role"
        parts.append(f"without ids of their own, people are given one made of their name and {of}")
    if any(column.nearest for column in columns):
        parts.append("map a heading under [registers.columns] in school.toml")
    return "; ".join(parts) + "."


_MOST_PROBLEMS, _MOST_ROWS = 100, 10


def problem_sentences(records: Iterable[object], register: str) -> Iterator[str]:
    """Yield each sentence about a register once, the most frequent first, with how many rows it is about, and which."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for problem in records:
        if isinstance(problem, RegisterProblem) and problem.register == register:
            column = f"{problem.column_name}: " if problem.column_name else ""
            found[f"{column}{problem.problem}"].append(problem.row or 0)
    grouped = sorted(found.items(), key=lambda item: -len(item[1]))
    yield from (f"{_rows(rows)}: {sentence}" for sentence, rows in grouped[:_MOST_PROBLEMS])
    if len(grouped) > _MOST_PROBLEMS:
        yield f"And {len(grouped) - _MOST_PROBLEMS:,} more."


def _rows(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]}" if rows[0] else "The file"
    more = " and more" if len(rows) > _MOST_ROWS else ""
    return f"{len(rows):,} rows ({', '.join(map(str, rows[:_MOST_ROWS]))}{more})"


def _ignored(column: RegisterColumn) -> str:
    if column.nearest:
        return f"{column.heading} (did you mean {column.nearest}?)"
    return (
        f"{column.heading} ({column.column_name} is read from another)" if column.column_name else str(column.heading)
    )


def _missing(column: RegisterColumn) -> str:
    mapped = f" (school.toml maps {column.heading}, which the file does not have)" if column.heading else ""
    return f"{column.column_name}{mapped}"


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


def changed_masters(context: Context) -> list[MasterFile]:
    """Return the photographs whose file has other bytes than a run read, and of which nobody has said that it is meant.

    None where the register or the runs before cannot be read just now: whoever needs them says so.
    """
    try:
        rows = photographs_of(context.places.registers, context.school, context.as_of)
        with history(context) as db, context.casebook() as book:
            remembered, meant = last_masters(db), meant_changes(book.acceptances())
    except (SourceRefused, WarehouseError):
        return []
    files = master_files(context.places.photographs, map(asdict, rows), remembered, meant)
    return [file for file in files if file.found]


@contextmanager
def history(context: Context) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend what earlier runs read, if any; WarehouseError where what is asked of it comes with an update's next run."""
    if not context.places.warehouse.exists():
        with duckdb.connect() as empty:
            migrate(empty)
            yield empty
        return
    with opened(context.places.warehouse, context.key, read_only=True) as db:
        todo = pending(db)
        try:
            yield db
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            if todo:
                raise WarehouseError(f"Earlier runs were {NOT_LOOKED}") from error
            raise
