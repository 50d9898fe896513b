"""`audit group run`."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date

import typer

from flows.commands.exit_codes import DONE, SOURCE_FAILED
from flows.fleet.schools import schools_of
from flows.settings import from_environment


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """What the person at the keyboard asked of a group's run."""

    schools: str = "*"
    as_of: date | None = None
    again: bool = False
    waits: bool = False
    at_once: int | None = None
    is_json: bool = False


def run(options: GroupOptions) -> int:
    """Run the schools; return 0 where all ended well or were handed over, 3 where one did not."""
    return _by_prefect(options) if os.environ.get("PREFECT_API_URL") else _here(options)


def _by_prefect(options: GroupOptions) -> int:
    from flows.fleet.starting import start, waited

    run = start(options.schools, options.as_of, again=options.again)
    if options.waits:
        run = waited(run)
    is_well = run.state == "Completed" or not options.waits
    if options.is_json:
        typer.echo(json.dumps({"flow_run": str(run.flow_run), "state": run.state, "says": run.says}, indent=2))
    else:
        typer.echo(f"{run.flow_run}: {run.state.lower()}. {run.says}".rstrip())
    return DONE if is_well else SOURCE_FAILED


def _here(options: GroupOptions) -> int:
    from flows.fleet.by_process import run_each

    schools = schools_of(from_environment().home, options.schools)
    ends = []
    for end in run_each(schools, options.as_of, options.at_once or os.cpu_count() or 1):
        ends.append(end)
        if not options.is_json:
            typer.echo(f"{end.school}: " + ("done" if end.code == DONE else f"exit code {end.code}. {end.said}"))
    well = sum(end.code == DONE for end in ends)
    if options.is_json:
        typer.echo(json.dumps([asdict(end) for end in ends], indent=2))
    else:
        typer.echo(f"{well} of {len(ends)} schools are done. See: audit group report")
    return DONE if well == len(ends) else SOURCE_FAILED
