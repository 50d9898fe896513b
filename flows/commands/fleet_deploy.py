"""`audit group deploy`."""

import os

import typer

from flows.commands.exit_codes import DONE
from flows.fleet.credential_limits import shared_limits
from flows.fleet.schools import schools_of
from flows.settings import ConfigurationError, from_environment


def deploy(pattern: str, *, cron: str, zone: str) -> int:
    """Deploy the schools at the Prefect server that PREFECT_API_URL names, and say how many."""
    settings = from_environment()
    schools = schools_of(settings.home, pattern)
    if not os.environ.get("PREFECT_API_URL"):
        raise ConfigurationError(
            "PREFECT_API_URL names no server. Read deploy/prefect.env first, as docs/scale.md says."
        )
    from flows.fleet.deploying import FleetPlan
    from flows.fleet.deploying import deploy as deploy_at_server

    limits = shared_limits(settings, schools)
    deploy_at_server(FleetPlan(schools, cron, zone, limits))
    typer.echo(f"Deployed: {len(schools)} schools with their nightly deletions; the group's run at {cron}, {zone}.")
    if limits:
        typer.echo(f"Keys that several schools share: {len(limits)}; their schools are read one after another.")
    return DONE
