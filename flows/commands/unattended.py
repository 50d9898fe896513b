"""The commands that let the audit run unattended, each a few lines that call one: who is told, and the schedule."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import School


def notify(
    school: School,
    *,
    test: Annotated[bool, typer.Option("--test", help="Send a test message to everyone named.")] = False,
) -> int:
    """Say who is told how a run ended, or with --test whether a message reaches each of them."""
    from flows.commands import notify as notify_command

    return notify_command.notify(school, is_test=test)


schedule = typer.Typer(help="Lets the audit run every week: installs, shows, removes, checks.", no_args_is_help=True)
With = Annotated[str, typer.Option("--with", help="auto, systemd, cron or prefect.")]
At = Annotated[str, typer.Option("--at", help="The day and the time, in the school's time zone.")]


@schedule.command("install")
def schedule_install(
    school: School,
    *,
    with_: With = "auto",
    at: At = "Mon 06:00",
    write_only: Annotated[Path | None, typer.Option(help="Only write the files into this folder.")] = None,
) -> int:
    """Let the audit run every week, in place of an earlier schedule; a daily look tells if it did not."""
    from flows.commands import schedule as schedule_command

    return schedule_command.install(school, way=with_, at=at, write_only=write_only)


@schedule.command("show")
def schedule_show(school: School, *, with_: With = "auto", at: At = "Mon 06:00") -> int:
    """Print what would be installed, and touch nothing."""
    from flows.commands import schedule as schedule_command

    return schedule_command.show(school, way=with_, at=at)


@schedule.command("remove")
def schedule_remove(school: School) -> int:
    """Take away what was installed for this school, and nothing else."""
    from flows.commands import schedule as schedule_command

    return schedule_command.remove(school)


@schedule.command("check")
def schedule_check(school: School) -> int:
    """Tell if no run was published for eight days, or the last one ended badly; quiet otherwise."""
    from flows.commands import schedule as schedule_command

    return schedule_command.check(school)
