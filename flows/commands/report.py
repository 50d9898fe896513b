"""`audit report`."""

from typing import cast, get_args

import typer

from dashboards.report.model import Tier
from dashboards.report.write import write_report
from flows.context import open_context
from flows.report import mark_corrections, renew
from flows.settings import ConfigurationError, from_environment
from warehouse.open import opened
from warehouse.publish import must_be_current


def report(school_id: str, *, run_id: str | None, tier: str, formats: tuple[str, ...]) -> None:
    """Write one run's report again and print where it is."""
    context = open_context(from_environment(), school_id, None)
    if tier not in get_args(Tier):
        raise ConfigurationError(f"--tier takes one of {', '.join(get_args(Tier))}.")
    chosen = cast("Tier", tier)
    renew(context)
    with opened(context.places.published, context.key, read_only=True) as db:
        must_be_current(db)
        runs = [name for (name,) in db.execute("select run_id from published.runs order by as_of").fetchall()]
        if not runs or (run_id is not None and run_id not in runs):
            raise ConfigurationError(f"There is no such run. These are published: {', '.join(runs) or 'none yet'}.")
        wanted = run_id or runs[-1]
        for path in write_report(db, context.places.reports(wanted), run_id=wanted, tier=chosen, formats=formats):
            typer.echo(str(path))
    mark_corrections(context)
