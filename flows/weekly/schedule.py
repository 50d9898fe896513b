"""`audit schedule`: installs, shows, removes and checks what lets the audit run every week."""

from functools import partial
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

import typer

from flows.home.arguments import School
from flows.home.context import find_school, open_school
from flows.home.exit_codes import DONE, SOURCE_FAILED
from flows.home.settings import ConfigurationError, from_environment
from flows.notify.missed import missed, note_schedule, tell
from flows.notify.telling import Teller, noted
from flows.schedule.plan import Plan, chosen, remove_all
from flows.schedule.program import program_of
from flows.schedule.times import weekly_of

With = Annotated[str, typer.Option("--with", help="auto, systemd, cron or prefect.")]
At = Annotated[str, typer.Option("--at", help="The day and the time, in the school's time zone.")]
_NO_SCHEDULE = (
    "A schedule would audit the folder, and not what is there: `audit group deploy` has all of its schools audited, or "
    "a crontab of yours does by `audit group run`, and by `audit group report --alert` tells of a miss."
)
Way = Literal["systemd", "cron", "prefect"]


def install(
    school_id: School,
    *,
    way: With = "auto",
    at: At = "Mon 06:00",
    write_only: Annotated[Path | None, typer.Option(help="Only write the files into this folder.")] = None,
) -> int:
    """Schedule the weekly audit and a daily check that it was done; without systemd, print the lines for a crontab."""
    teller, plan = _planned(school_id, way, at)
    if write_only is not None:
        for path in plan.write(write_only):
            typer.echo(str(path))
        return DONE
    said, warnings = _installed(school_id, teller, plan)
    typer.echo(said)
    for sentence in warnings:
        typer.echo(sentence, err=True)
    return DONE


def scheduled(school_id: str, at: str = "Mon 06:00") -> str:
    """Schedule a school's weekly audit in the way that this machine has, and return what is to be said of it."""
    teller, plan = _planned(school_id, "auto", at)
    said, warnings = _installed(school_id, teller, plan)
    return " ".join((said, *warnings))


def _installed(school_id: str, teller: Teller, plan: Plan) -> tuple[str, list[str]]:
    still_to_do = plan.install()
    note_schedule(teller, teller.today())
    warnings = [sentence for sentence in (plan.warning, still_to_do) if sentence]
    if plan.way == "cron":
        return plan.files["crontab"].rstrip("\n"), warnings
    return (
        f"{school_id} is audited {plan.weekly.words}, by {plan.way}. Every day it is looked whether it was.",
        warnings,
    )


def show(school_id: School, *, way: With = "auto", at: At = "Mon 06:00") -> int:
    """Print what would be installed, and touch nothing."""
    _, plan = _planned(school_id, way, at)
    for name, text in plan.files.items():
        typer.echo(f"# {name}\n{text}")
    if plan.warning:
        typer.echo(plan.warning, err=True)
    return DONE


def remove(school_id: School) -> int:
    """Remove what was installed for this school, and nothing else."""
    settings = from_environment(instead=_NO_SCHEDULE)
    ways = remove_all(settings.home, school_id)
    if teller := Teller.of(settings, school_id, None):
        noted(partial(note_schedule, teller, None))
    taken = f"Taken away: {', '.join(ways)}." if ways else f"Nothing was scheduled for {school_id}."
    typer.echo(f"{taken} A crontab's lines are yours to take out: crontab -e")
    return DONE


def check(school_id: School) -> int:
    """Tell people if no run was published for eight days, or the last one ended badly; quiet otherwise."""
    teller = _teller(school_id)
    miss = missed(teller)
    if miss is None:
        return DONE
    typer.echo(f"{miss.sentence} What is wrong: audit doctor {school_id}")
    tell(teller, miss)
    return SOURCE_FAILED


def _teller(school_id: str) -> Teller:
    """Return who is told of the school; it need not be one that could be audited now."""
    settings = from_environment(instead=_NO_SCHEDULE)
    if teller := Teller.of(settings, school_id, None):
        return teller
    find_school(settings, school_id)  # says what there is instead
    raise ConfigurationError(f"school.toml of {school_id} is no file. Put it back, then try again.")


def _planned(school_id: str, way: str, at: str) -> tuple[Teller, Plan]:
    if way != "auto" and way not in get_args(Way):
        raise ConfigurationError(f"--with takes auto, {', '.join(get_args(Way))}.")
    weekly = weekly_of(at)
    teller = _teller(school_id)
    _, school, _ = open_school(teller.settings, school_id)
    program = program_of(teller.settings.home, school_id)
    return teller, Plan(chosen(way), program, weekly, ZoneInfo(school.school.timezone), teller.today().year)
