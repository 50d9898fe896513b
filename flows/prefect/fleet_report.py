"""`audit group report`."""

import json
from functools import partial

import typer

from dashboards.group.model import GroupWeek
from dashboards.group.write import as_object, write_group
from flows.home.arguments import AsJson, Day, Schools
from flows.home.exit_codes import DONE, SOURCE_FAILED
from flows.home.settings import from_environment
from flows.prefect.counting import counts_of, died
from flows.prefect.isolated import IsolatedLook, each_isolated
from flows.prefect.schools import schools_of

FOLDER = "group_reports"  # no school is called so: an id has no underscore


def report(*, schools: Schools = "*", as_of: Day = None, as_json: AsJson = False) -> int:
    """Count what is open by school and clause, never by person, and say which schools could not be seen."""
    settings = from_environment()
    day = (as_of or settings.clock()).date()
    asked = IsolatedLook(partial(counts_of, settings, day), died, "flows.prefect.counting")
    week = GroupWeek(day, tuple(each_isolated(asked, schools_of(settings.home, schools))))
    files = write_group(week, settings.home / FOLDER / day.isoformat())
    if as_json:
        typer.echo(json.dumps(as_object(week), ensure_ascii=False, indent=2))
    else:
        _say(week)
        typer.echo(f"Report: {files[-1]}")
    return SOURCE_FAILED if week.not_seen else DONE


def _say(week: GroupWeek) -> None:
    seen, in_part = len(week.schools) - len(week.not_seen), len(week.seen_in_part)
    typer.echo(f"{seen} of {len(week.schools)} schools were audited this week, {in_part} of them in part.")
    for school in week.not_seen:
        typer.echo(f"{school.school}: {' '.join(school.unseen)}")
