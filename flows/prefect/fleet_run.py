"""`audit group run`: by Prefect, or here, each school in a process of its own."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Annotated

import typer

from flows.home.allowances import UsedUpError
from flows.home.arguments import AsJson, Day, Schools
from flows.home.exit_codes import DONE, SOURCE_FAILED, WRONG_USE
from flows.home.group_settings import read_group
from flows.home.settings import from_environment
from flows.prefect.quotas import read_ledger
from flows.prefect.schools import SchoolEnd, audited, each_isolated, look_at, schools_of


def run_each(
    schools: Sequence[str], as_of: date | None, at_once: int, *, heeds_quota: bool = False
) -> Iterator[SchoolEnd]:
    """Run each school and yield how it ended, in the order of the schools; one that fails stops no other."""
    yield from each_isolated(look_at(partial(audited, as_of=as_of, heeds_quota=heeds_quota)), schools, at_once)


def run(
    *,
    schools: Schools = "*",
    as_of: Day = None,
    again: Annotated[bool, typer.Option("--again", help="Start failed runs of the day again too.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until all have ended, and answer for them.")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those of the week that waited for quota.")] = False,
    at_once: Annotated[int | None, typer.Option(min=1, help="How many at once without a Prefect server.")] = None,
    as_json: AsJson = False,
) -> int:
    """Run each school's weekly audit: by Prefect where PREFECT_API_URL names a server, else here, so many at once.

    A school for which its platforms have no quota left is not begun, and waits: `--again` begins it all the same.
    """
    day = as_of.date() if as_of else None
    if os.environ.get("PREFECT_API_URL"):
        return _by_prefect(schools, day, again=again, waits=wait, as_json=as_json)
    chosen = schools_of(from_environment(may_be_stored=True), schools)
    turn = TurnAsked(chosen, day, again=again, waiting=waiting)
    return _here(turn, at_once or os.cpu_count() or 1, as_json=as_json)


def _by_prefect(pattern: str, as_of: date | None, *, again: bool, waits: bool, as_json: bool) -> int:
    from flows.prefect.starting import start, waited  # noqa: PLC0415 - Prefect, which is asked where a server is named

    run = start(pattern, as_of, again=again)
    if waits:
        run = waited(run)
    is_well = run.state == "Completed" or not waits
    if as_json:
        typer.echo(json.dumps({"flow_run": str(run.flow_run), "state": run.state, "says": run.says}, indent=2))
    else:
        typer.echo(f"{run.flow_run}: {run.state.lower()}. {run.says}".rstrip())
    return DONE if is_well else SOURCE_FAILED


@dataclass(frozen=True, slots=True)
class TurnAsked:
    """Which schools of which day are to be run; `waiting` are only those that waited, `again` heeds no quota."""

    schools: tuple[str, ...]
    as_of: date | None
    again: bool = False
    waiting: bool = False


def _turns(asked: TurnAsked) -> tuple[TurnAsked, list[SchoolEnd]]:
    """Return what is to be begun now, and how the others stand that wait."""
    if asked.again:
        return asked, []
    settings = from_environment(may_be_stored=True)
    today = settings.clock().date()
    day = asked.as_of or (read_group(settings).objective.of_week(today) if asked.waiting else None)
    ledger = read_ledger(settings, asked.schools, day or today)
    held = ledger.waiting()
    begun = ledger.due() if asked.waiting else tuple(each for each in asked.schools if each not in held)
    waits = [SchoolEnd(each, SOURCE_FAILED, UsedUpError(until).sentence) for each, until in sorted(held.items())]
    return TurnAsked(begun, day), waits


def _here(asked: TurnAsked, at_once: int, *, as_json: bool) -> int:
    turn, ends = _turns(asked)
    for end in ends if not as_json else ():
        typer.echo(f"{end.school}: {end.said}")
    for end in run_each(turn.schools, turn.as_of, at_once, heeds_quota=not asked.again):
        ends.append(end)
        if not as_json:
            typer.echo(f"{end.school}: " + ("done" if end.code == DONE else f"exit code {end.code}. {end.said}"))
    well = sum(end.code == DONE for end in ends)
    if as_json:
        typer.echo(json.dumps([asdict(end) for end in ends], indent=2))
    else:
        typer.echo(f"{well} of {len(ends)} schools are done. See: audit group report")
    if well == len(ends):
        return DONE
    return WRONG_USE if {end.code for end in ends} == {WRONG_USE} else SOURCE_FAILED
