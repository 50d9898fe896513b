"""`audit doctor`: looks at everything a run needs, before the run needs it; asks no platform and costs nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial

import typer

from connectors.errors import SourceError
from connectors.records import RegisterProblem, RegisterRead
from flows.cli.ending import DONE, WRONG_USE
from flows.context import Context, open_context, require_permission
from flows.settings import ConfigurationError, from_environment
from flows.wholeness import look
from warehouse.casebook import CasebookError
from warehouse.counters import LostError
from warehouse.open import WarehouseError, opened
from warehouse.runs import last_published

_WEEK_AND_A_DAY = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at: ok, or wrong and what to do."""

    what: str
    is_ok: bool
    says: str


def doctor(school_id: str, *, as_json: bool) -> int:
    """Print how each part stands; return 2 if one is wrong."""
    context = open_context(from_environment(), school_id, None)
    looks = [Look("school.toml and pack", is_ok=True, says=f"{context.pack.title}, edition {context.pack.edition}")]
    looks += [look for part in (_privacy, _accounts, _registers, _warehouse) for look in part(context)]
    if as_json:
        typer.echo(json.dumps([asdict(look) for look in looks], indent=2))
    else:
        for look in looks:
            typer.echo(f"{'ok   ' if look.is_ok else 'wrong'}  {look.what}: {look.says}")
    return DONE if all(look.is_ok for look in looks) else WRONG_USE


def _privacy(context: Context) -> Iterator[Look]:
    """Look whether anything is open to others; one line says how many are, and what to run."""
    if not (shared := list(context.places.shared())):
        yield Look("rights", is_ok=True, says="nothing here may be read by others.")
        return
    what = f"{len(shared)} files or folders may be read by others, such as {shared[0]}."
    yield Look("rights", is_ok=False, says=f"{what} Run: chmod -R go= {context.places.home}")


def _accounts(context: Context) -> Iterator[Look]:
    if not context.school.account:
        yield Look("accounts", is_ok=False, says="school.toml names none; add one [[account]] block for each.")
    for account in context.school.account:
        where = f"{account.platform} @{account.handle}"
        if account.archive is not None:
            path = context.places.folder / account.archive
            yield Look(where, path.exists(), "archive found" if path.exists() else f"put the archive at {path}.")
        else:
            yield _tried(where, "credential found", partial(context.credential, account))
    yield _tried("permission for a live pull", "recorded, or not needed", lambda: require_permission(context))


def _registers(context: Context) -> Iterator[Look]:
    from flows.sources import registers_source  # noqa: PLC0415 - brings the connectors' libraries along

    try:
        records = list(registers_source(context).pull())
    except SourceError as error:
        yield Look("registers", is_ok=False, says=str(error))
        return
    for read in (r for r in records if isinstance(r, RegisterRead)):
        yield Look(read.file_name, is_ok=True, says=f"{read.rows} rows, {read.set_aside} set aside")
    for bad in (r for r in records if isinstance(r, RegisterProblem)):
        yield Look(f"{bad.file_name} row {bad.row}, {bad.column_name or 'the row'}", is_ok=False, says=bad.problem)
    missing = {"pupils", "staff", "photographs"} - {str(name) for name in context.school.registers}
    for name in sorted(missing):
        yield Look(name, is_ok=False, says="no such register in school.toml; the checks that need it could not tell.")


def _warehouse(context: Context) -> Iterator[Look]:
    if not context.places.published.exists():
        yield Look("last run", is_ok=True, says="none yet; the first one makes the warehouse.")
        return
    try:
        with opened(context.places.published, context.key, read_only=True) as db:
            last = last_published(db)
    except WarehouseError as error:
        yield Look("key and published copy", is_ok=False, says=str(error))
        return
    yield Look("key and published copy", is_ok=True, says="the key opens it.")
    yield _tried("casebook, warehouse and published copy", "as the last run left them", partial(look, context))
    is_fresh = last is not None and context.as_of - last <= _WEEK_AND_A_DAY
    yield Look("last run", is_fresh, f"{last}" if is_fresh else f"{last}; look whether the schedule's worker runs.")


def _tried(what: str, fine: str, attempt: Callable[[], object]) -> Look:
    try:
        attempt()
    except (ConfigurationError, CasebookError, LostError, WarehouseError) as error:
        return Look(what, is_ok=False, says=str(error))
    return Look(what, is_ok=True, says=fine)
