"""The commands of `audit group`, each a few lines that call one: many schools of one home."""

from typing import Annotated

import typer

from flows.commands.arguments import AsJson, Day

group = typer.Typer(help="Many schools of one home: run, report, doctor, deploy.", no_args_is_help=True)
Schools = Annotated[str, typer.Option("--schools", help="Which schools, such as 'north-*'; all unless given.")]
AtOnce = Annotated[int | None, typer.Option(min=1, help="How many at once without a Prefect server.")]


@group.command("run")
def group_run(
    *,
    schools: Schools = "*",
    as_of: Day = None,
    again: Annotated[bool, typer.Option("--again", help="Start failed runs of the day again too.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until all have ended, and answer for them.")] = False,
    at_once: AtOnce = None,
    as_json: AsJson = False,
) -> int:
    """Run each school's weekly audit: by Prefect where PREFECT_API_URL names a server, else here, so many at once."""
    from flows.commands import fleet_run

    options = fleet_run.GroupOptions(schools, as_of.date() if as_of else None, again, wait, at_once, as_json)
    return fleet_run.run(options)


@group.command("report")
def group_report(*, schools: Schools = "*", as_of: Day = None, as_json: AsJson = False) -> int:
    """Count what is open by school and clause, never by person, and say which schools could not be seen."""
    from flows.commands import fleet_report

    return fleet_report.report(schools, as_of=as_of.date() if as_of else None, as_json=as_json)


@group.command("doctor")
def group_doctor(*, schools: Schools = "*", as_json: AsJson = False) -> int:
    """Look at what each school's run needs, a line or two for each, and at the Prefect server if there is one."""
    from flows.commands import fleet_doctor

    return fleet_doctor.doctor(schools, as_json=as_json)


@group.command("deploy")
def group_deploy(
    *,
    schools: Schools = "*",
    cron: Annotated[str, typer.Option(help="When the group's run begins.")] = "0 6,8,10,12 * * 1",
    zone: Annotated[str, typer.Option("--timezone", help="The time zone of that.")] = "Europe/London",
) -> int:
    """Deploy every school of the home at the Prefect server; again, it changes only what has changed."""
    from flows.commands import fleet_deploy

    return fleet_deploy.deploy(schools, cron=cron, zone=zone)
