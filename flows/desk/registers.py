"""The registers behind the desk: how they stand, what a new file would change, and the change itself."""

from dataclasses import replace
from pathlib import PurePath
from typing import cast, get_args

from connectors.records import Person, Photograph, RegisterColumn
from connectors.registers.editing import RegisterFile
from dashboards.desk.school.school_desk import RegisterNow, RegisterTrial
from engines.roll_ids import fold_roll_id
from flows.desk.careful_reading import ensure_readable
from flows.desk.folder import SchoolFolder, sha256_of
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.registers.acceptances import accept_now, accept_picture_now, acceptance_of
from flows.registers.registers import RegistersNow, can_be_accepted, headings_sentence, problem_sentences, registers_now
from policies.roles import DoneBy
from policies.school import Register
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.registers.register_states import RegisterState
from warehouse.registers.shortfall import Copy, copied


def registers(context: Context) -> tuple[RegisterNow, ...]:
    """Return how a run would find each register now."""
    return tuple(_shown(context, state) for state in registers_now(context).states)


def try_register(folder: SchoolFolder, register: str, body: bytes) -> RegisterTrial:
    """Return what a new file would change; ConfigurationError in the reader's own sentence."""
    context = folder.context()
    file = _sent(context, _known(register), body)
    ensure_readable(file, context.as_of)
    return trial_in(context, file)


def trial_in(context: Context, file: RegisterFile) -> RegisterTrial:
    """Return what a file would change in the place of its register's, read by its own name and headings."""
    then = registers_now(reading(context, file), {file.register: file.body})
    if file.register not in then.copies:
        raise ConfigurationError(then.refusal.replace(", then run again.", "."))
    return _trial(file, sha256_of(_there(context, file.file_name)), registers_now(context), then)


def reading(context: Context, file: RegisterFile) -> Context:
    """Return the context of a school that reads a register from a file of this name and with these headings."""
    of = context.school.registers_
    columns = {**of.columns, _known(file.register): dict(file.mapped or {})}
    registers = of.model_copy(update={file.register: file.file_name, "columns": columns})
    return replace(context, school=context.school.model_copy(update={"registers_": registers}))


def put_register(folder: SchoolFolder, body: bytes, trial: RegisterTrial, note: str, person: DeskPerson) -> None:
    """Put a new file in the old one's place, and accept it where a run would find it short."""
    context = folder.context()
    before = _there(context, trial.file_name)
    if sha256_of(before) != trial.sha256_before:
        raise ConfigurationError(f"Somebody changed {trial.file_name} meanwhile. Look at it, and send yours again.")
    file = RegisterFile(trial.register, trial.file_name, before)
    folder.change(file, body, "uploaded", "", note, person)
    [state] = [state for state in registers_now(context).states if state.register == trial.register]
    if state.is_short:
        folder.book.accept(
            acceptance_of(context, state, trial.sha256, by=DoneBy(person.role, person.number), note=note)
        )


def accept_register(folder: SchoolFolder, register: str, note: str, person: DeskPerson) -> None:
    """Write down that a register which came short is right as it lies there."""
    accept_now(folder.context(), _known(register), by=DoneBy(person.role, person.number), note=note)


def accept_picture(folder: SchoolFolder, photograph_id: str, note: str, person: DeskPerson) -> None:
    """Write down that the picture in a photograph's file, which is another than it was, is meant."""
    accept_picture_now(folder.context(), photograph_id, by=DoneBy(person.role, person.number), note=note)


def _known(register: str) -> Register:
    if register not in get_args(Register):
        raise ConfigurationError("There is no such register. Choose one of the list.")
    return cast("Register", register)


def _shown(context: Context, state: RegisterState) -> RegisterNow:
    name = context.school.registers.get(_known(state.register))
    said = (state.word, state.why, state.rows, state.accepted_by)
    return RegisterNow(state.register, name, *said, state.is_short, can_be_accepted(context, state))


def _sent(context: Context, register: Register, body: bytes) -> RegisterFile:
    """Return the file under the register's own name; refused where it is of another kind than that name says."""
    name = context.school.registers.get(register)
    if name is None:
        raise ConfigurationError(f"school.toml names no {register} register. Add it under [registers].")
    is_workbook, wants = body.startswith(b"PK"), PurePath(name).suffix.casefold()
    if is_workbook and wants not in {".xlsx", ".xlsm"}:
        raise ConfigurationError(f"The {register} register is {name}, and this is an Excel workbook. Save it as CSV.")
    if not is_workbook and wants == ".xlsm":
        raise ConfigurationError(f"The {register} register is {name}, and this is no Excel workbook. Save it as one.")
    return RegisterFile(register, name, body, context.school.columns.get(register))


def _there(context: Context, name: str) -> bytes:
    path = context.places.registers / name
    return path.read_bytes() if path.is_file() else b""


def _trial(file: RegisterFile, sha256_before: str, now: RegistersNow, then: RegistersNow) -> RegisterTrial:
    register = file.register
    after, before = then.copies[register], now.copies.get(register) or copied(register, [])
    gone, both = before.lines.keys() - after.lines.keys(), before.lines.keys() & after.lines.keys()
    [state] = [state for state in then.states if state.register == register]
    columns = [record for record in then.records if isinstance(record, RegisterColumn) and record.register == register]
    return RegisterTrial(
        register=register,
        file_name=file.file_name,
        rows_before=before.rows,
        rows_after=after.rows,
        added=len(after.lines.keys() - before.lines.keys()),
        gone_ids=tuple(sorted(_ids(now, register, frozenset(gone)))),
        changed=sum(before.lines[ident] != after.lines[ident] for ident in both),
        years=_years(before, after),
        columns_lost=tuple(sorted(_columns(before) - _columns(after))) if before.rows else (),
        columns_gained=tuple(sorted(_columns(after) - _columns(before))) if before.rows else (),
        headings=headings_sentence(columns),
        causes=tuple(_cause(column) for column in columns if column.nearest),
        problems=tuple(problem_sentences(then.records, register)),
        why_short=state.why if state.is_short else "",
        sha256_before=sha256_before,
        sha256=sha256_of(file.body),
    )


def _ids(now: RegistersNow, register: str, gone: frozenset[str]) -> list[str]:
    """Return the ids, as they are written, of the rows that would go; of accounts their folded keys."""
    people = [r.person_id for r in now.records if isinstance(r, Person) and r.register == register]
    photographs = [r.photograph_id for r in now.records if isinstance(r, Photograph) and register == "photographs"]
    written = [ident for ident in (*people, *photographs) if fold_roll_id(ident) in gone]
    return written or list(gone)


def _years(before: Copy, after: Copy) -> tuple[tuple[str, int, int], ...]:
    groups = [[line.get("year_group", "") for line in copy.lines.values()] for copy in (before, after)]
    names = sorted({name for group in groups for name in group if name}, key=lambda name: (len(name), name))
    return tuple((name, groups[0].count(name), groups[1].count(name)) for name in names)


def _columns(copy: Copy) -> set[str]:
    return {column.replace("_", " ") for line in copy.lines.values() for column in line}


def _cause(column: RegisterColumn) -> str:
    """Return what is to be done about a heading that may be meant for a column that is missing."""
    ours = str(column.nearest)
    return (
        f"The heading “{column.heading}” is not known, so {ours.replace('_', ' ')} is missing: rename it to {ours}, "
        "or map it under [registers.columns] in school.toml."
    )
