"""`audit group deploy`."""

import os
from typing import Annotated

import typer

from flows.home.arguments import Schools
from flows.home.exit_codes import DONE
from flows.home.settings import ConfigurationError, from_environment
from flows.prefect import deploying
from flows.prefect.schools import schools_of
from flows.prefect.turns import shared_limits


def deploy(
    *,
    schools: Schools = "*",
    cron: Annotated[str, typer.Option(help="When the group's run begins.")] = "0 6,8,10,12 * * 1",
    zone: Annotated[str, typer.Option("--timezone", help="The time zone of that.")] = "Europe/London",
) -> int:
    """Deploy every school of the home to the Prefect server; run again, it changes only what has changed."""
    settings = from_environment()
    chosen = schools_of(settings.home, schools)
    if not os.environ.get("PREFECT_API_URL"):
        message = "PREFECT_API_URL names no server. Read deploy/prefect.env first, as docs/scale.md says."
        raise ConfigurationError(message)
    limits = shared_limits(settings, chosen)
    deploying.deploy(deploying.FleetPlan(chosen, cron, zone, limits))
    typer.echo(f"Deployed: {len(chosen)} schools with their nightly deletions; the group's run at {cron}, {zone}.")
    if limits:
        typer.echo(f"Keys that several schools share: {len(limits)}; their schools are read one after another.")
    return DONE
