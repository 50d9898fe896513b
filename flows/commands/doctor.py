"""`audit doctor`: looks at everything a run needs, before the run needs it; asks no platform and costs nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import typer

from connectors.errors import SourceError
from connectors.records import Photograph, RegisterColumn, RegisterProblem, RegisterRead
from flows.claims import WHAT_TO_DO, why_unclaimed
from flows.commands.exit_codes import DONE, WRONG_USE
from flows.context import Context, open_context, require_permission
from flows.headings import are_doubtful, in_words
from flows.integrity import verify_files
from flows.settings import ConfigurationError, from_environment
from warehouse.casebook.casebook import CasebookError
from warehouse.casebook.counters import LostError
from warehouse.open import WarehouseError, opened
from warehouse.runs import last_published

_WEEK_AND_A_DAY = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One thing that was looked at: ok, or wrong and what to do."""

    what: str
    is_ok: bool
    says: str


def doctor(school_id: str, *, online: bool = False, as_json: bool) -> int:
    """Print how each part stands, and `online` what each platform says of its accounts; return 2 if one is wrong."""
    from flows.commands.doctor_notify import notify_lines

    context = open_context(from_environment(), school_id, None)
    looks = [*looked_at(context), *notify_lines(context)]
    if online:
        from flows.commands.doctor_online import online as asked

        looks += asked(context)
    if as_json:
        typer.echo(json.dumps([asdict(look) for look in looks], indent=2))
    else:
        for look in looks:
            typer.echo(f"{'ok   ' if look.is_ok else 'wrong'}  {look.what}: {look.says}")
    return DONE if all(look.is_ok for look in looks) else WRONG_USE


def looked_at(context: Context) -> list[DoctorLine]:
    """Return how each part that a run needs stands, in the order of doctor's lines."""
    looks = [
        DoctorLine("school.toml and pack", is_ok=True, says=f"{context.pack.title}, edition {context.pack.edition}")
    ]
    return looks + [look for part in (_privacy, _accounts, _registers, _history, _warehouse) for look in part(context)]


def _privacy(context: Context) -> Iterator[DoctorLine]:
    """Look whether anything is open to others; one line says how many are, and what to run."""
    if not (shared := list(context.places.shared())):
        yield DoctorLine("rights", is_ok=True, says="nothing here may be read by others.")
        return
    what = f"{len(shared)} files or folders may be read by others, such as {shared[0]}."
    yield DoctorLine("rights", is_ok=False, says=f"{what} Run: chmod -R go= {context.places.home}")


def _accounts(context: Context) -> Iterator[DoctorLine]:
    from flows.looking_up import bare

    if not context.school.account:
        yield DoctorLine("accounts", is_ok=False, says="school.toml names none; add one [[account]] block for each.")
    for account in context.school.account:
        where = f"{account.platform} @{account.handle}"
        if account in context.unclaimed:
            yield DoctorLine(where, is_ok=False, says=f"{why_unclaimed(account)} {WHAT_TO_DO}")
        elif account.archive is not None:
            yield _archive(where, context.places.folder / Path(account.archive).expanduser())
            if says := bare(context, account):
                yield DoctorLine(f"{where} followers", is_ok=True, says=says)
        else:
            yield _tried(where, "credential found", partial(context.credential, account))
    yield _tried("permission for a live pull", "recorded, or not needed", lambda: require_permission(context))


def _archive(where: str, path: Path) -> DoctorLine:
    from connectors.x_archive import made_at

    if not path.exists():
        return DoctorLine(where, is_ok=False, says=f"put the archive at {path}.")
    try:
        made = made_at(path)
    except SourceError as error:
        return DoctorLine(where, is_ok=False, says=str(error))
    when = "of no day that it tells" if made is None else f"of {made.date()}"
    return DoctorLine(
        where, is_ok=True, says=f"archive {when}; one of more than a week before a run lets nothing be kept."
    )


def _registers(context: Context) -> Iterator[DoctorLine]:
    from flows.sources import registers_source

    try:
        records = list(registers_source(context).pull())
    except SourceError as error:
        yield DoctorLine("registers", is_ok=False, says=str(error))
        return
    for read in (r for r in records if isinstance(r, RegisterRead)):
        yield DoctorLine(read.file_name, is_ok=True, says=f"{read.rows} rows, {read.set_aside} set aside")
        columns = [r for r in records if isinstance(r, RegisterColumn) and r.register == read.register]
        yield DoctorLine(f"{read.file_name} columns", is_ok=not are_doubtful(columns), says=in_words(columns))
    for bad in (r for r in records if isinstance(r, RegisterProblem)):
        yield DoctorLine(
            f"{bad.file_name} row {bad.row}, {bad.column_name or 'the row'}", is_ok=False, says=bad.problem
        )
    yield from _photographs(context, [r for r in records if isinstance(r, Photograph)])
    missing = {"pupils", "staff", "photographs"} - {str(name) for name in context.school.registers}
    for name in sorted(missing):
        yield DoctorLine(
            name, is_ok=False, says="no such register in school.toml; the checks that need it could not tell."
        )


def _history(context: Context) -> Iterator[DoctorLine]:
    """Look at the registers beside their own history, as a run would."""
    from flows.registers import can_be_accepted, stands_now, what_to_do

    try:
        states = [state for state, _ in stands_now(context)]
    except WarehouseError as error:
        yield DoctorLine("registers beside earlier runs", is_ok=False, says=str(error))
        return
    for short in (short for short in states if can_be_accepted(context, short)):
        yield DoctorLine(short.register, is_ok=False, says=f"{short.why} {what_to_do(context, [short])}")
    if "pupils" not in context.school.expected and (
        rows := {state.register: state.rows for state in states}.get("pupils")
    ):
        says = f"say in school.toml about how many there are: [registers.expected] pupils = {rows}"
        yield DoctorLine("pupils expected", is_ok=True, says=says)


def _photographs(context: Context, rows: list[Photograph]) -> Iterator[DoctorLine]:
    from flows.pictures.photo_files import lost_files

    lost = lost_files(context.places.photographs, (row.file_name for row in rows if row.file_name))
    for row in (row for row in rows if row.file_name in lost):
        near = lost[row.file_name or ""]
        meant = f"; is it {near}? Correct the register, or rename the file." if near else "; put it there."
        says = f"{row.file_name} is not in the photographs folder, so no posted picture can be known by it{meant}"
        yield DoctorLine(f"photograph {row.photograph_id}", is_ok=False, says=says)


def _warehouse(context: Context) -> Iterator[DoctorLine]:
    if not context.places.published.exists():
        yield DoctorLine("last run", is_ok=True, says="none yet; the first one makes the warehouse.")
        return
    try:
        with opened(context.places.published, context.key, read_only=True) as db:
            last = last_published(db)
    except WarehouseError as error:
        yield DoctorLine("key and published copy", is_ok=False, says=str(error))
        return
    yield DoctorLine("key and published copy", is_ok=True, says="the key opens it.")
    yield _tried("casebook, warehouse and published copy", "as the last run left them", partial(verify_files, context))
    is_fresh = last is not None and context.as_of - last <= _WEEK_AND_A_DAY
    yield DoctorLine(
        "last run", is_fresh, f"{last}" if is_fresh else f"{last}; look whether the schedule's worker runs."
    )


def _tried(what: str, fine: str, attempt: Callable[[], object]) -> DoctorLine:
    try:
        attempt()
    except (ConfigurationError, CasebookError, LostError, WarehouseError) as error:
        return DoctorLine(what, is_ok=False, says=str(error))
    return DoctorLine(what, is_ok=True, says=fine)
