"""`audit report`."""

import shutil
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from dashboards.report.model import Tier
from dashboards.report.write import write_report
from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.home.workspace import read_copy
from flows.weekly.publish import mark_corrections, renew
from warehouse.runs.publish import ensure_current
from warehouse.store.open import opened


def report(
    school_id: School,
    *,
    run_id: Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")] = None,
    tier: Annotated[str, typer.Option(help="governors, headteacher, lead, dsl or dpo.")] = "lead",
    formats: Annotated[str, typer.Option("--format", help="html,csv,xlsx,json")] = "html,csv,xlsx,json",
    out: Annotated[Path | None, typer.Option(help="A folder that gets a copy; for a home in an object store.")] = None,
) -> None:
    """Write a run's report again, from the published copy."""
    settings = from_environment(may_be_stored=True)
    if settings.store is not None and out is None:
        raise ConfigurationError("The school is in an object store: say with --out into which folder its report goes.")
    if tier not in get_args(Tier):
        raise ConfigurationError(f"--tier takes one of {', '.join(get_args(Tier))}.")
    with read_copy(settings, school_id) as local:
        context = open_context(local, school_id, None)
        if local.store is None:
            renew(context)
        written = _written(context, run_id, cast("Tier", tier), tuple(formats.split(",")))
        mark_corrections(context)
        for path in written if out is None else _copied(written, out):
            typer.echo(str(path))


def _written(context: Context, run_id: str | None, tier: Tier, formats: tuple[str, ...]) -> list[Path]:
    with opened(context.places.published, context.key, read_only=True) as db:
        ensure_current(db)
        runs = [name for (name,) in db.execute("select run_id from published.runs order by as_of").fetchall()]
        if not runs or (run_id is not None and run_id not in runs):
            raise ConfigurationError(f"There is no such run. These are published: {', '.join(runs) or 'none yet'}.")
        wanted = run_id or runs[-1]
        return list(write_report(db, context.places.reports(wanted), run_id=wanted, tier=tier, formats=formats))


def _copied(written: list[Path], out: Path) -> list[Path]:
    """Copy the report's files into a folder, which is made if it is not there, and return where they are."""
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [Path(shutil.copy2(path, out / path.name)) for path in written]
