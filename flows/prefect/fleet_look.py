"""`audit group report` and `audit group doctor`: each school is looked at in a process of its own."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import typer

from dashboards.group.report import GroupWeek, SchoolCounts, as_object, read_counts, write_group
from dashboards.report.manifest import printed_head
from flows.doctor.doctor import looks_at
from flows.home.arguments import AsJson, Day, Schools
from flows.home.context import Context, open_context
from flows.home.exit_codes import DONE, SOURCE_FAILED, WRONG_USE, answer_to
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.home.terminal import DoctorLine
from flows.prefect.schools import IsolatedLook, each_isolated, schools_of
from flows.weekly.readiness import ensure_ready, not_set_up
from policies.errors import UserError
from warehouse.runs.publish import ensure_current
from warehouse.runs.run_progress import read_progress
from warehouse.store.open import opened


@dataclass(frozen=True, slots=True)
class SchoolHealth:
    """What is wrong with one school, in doctor's lines; none where all is well."""

    school: str
    wrong: tuple[DoctorLine, ...]


def doctor(*, schools: Schools = "*", as_json: AsJson = False) -> int:
    """Check what each school's run needs, a line or two for each, and the Prefect server if there is one."""
    settings = from_environment()
    chosen = schools_of(settings.home, schools)
    server = _server_lines(chosen)
    asked = IsolatedLook(partial(health_of, settings), _no_health, (__name__,))
    healths = list(each_isolated(asked, chosen))
    if as_json:
        whole = {"server": [asdict(line) for line in server], "schools": [asdict(health) for health in healths]}
        typer.echo(json.dumps(whole, indent=2))
    else:
        for line in server:
            typer.echo(line.text)
        for health in healths:
            _say_health(health)
    return DONE if all(line.is_ok for line in server) and not any(health.wrong for health in healths) else WRONG_USE


def health_of(settings: Settings, school: str) -> SchoolHealth:
    """Look at one school, in the school's own process."""
    try:
        lines = looks_at(settings, school)
    except UserError as error:
        lines = [DoctorLine("school", is_ok=False, says=error.sentence)]
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        lines = [DoctorLine("school", is_ok=False, says=answer_to(error)[0])]
    return SchoolHealth(school, tuple(line for line in lines if not line.is_ok))


def _no_health(school: str) -> SchoolHealth:
    return SchoolHealth(school, (DoctorLine("school", is_ok=False, says="its process ended before it answered."),))


def _say_health(health: SchoolHealth) -> None:
    if not health.wrong:
        typer.echo(f"ok     {health.school}")
        return
    more = f" And {len(health.wrong) - 1} more: audit doctor {health.school}" if len(health.wrong) > 1 else ""
    typer.echo(f"wrong  {health.school}: {health.wrong[0].what}: {health.wrong[0].says}{more}")


def _server_lines(schools: tuple[str, ...]) -> list[DoctorLine]:
    if not os.environ.get("PREFECT_API_URL"):
        return []
    from flows.prefect.starting import server_lines  # noqa: PLC0415 - Prefect, which is asked where a server is named

    return server_lines(schools)


def counts_of(settings: Settings, as_of: date, school: str) -> SchoolCounts:
    """Return what is told of the school as of a day; where it cannot be read, why, in a sentence that names nobody."""
    try:
        return _counts(settings, as_of, school)
    except UserError as error:
        return SchoolCounts(school, unseen=(error.sentence,))
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        return SchoolCounts(school, unseen=(answer_to(error)[0],))


def no_counts(school: str) -> SchoolCounts:
    """Return what is told of a school over which the process died."""
    return SchoolCounts(school, unseen=("Its process ended before it answered. Run: audit doctor " + school,))


def _counts(settings: Settings, as_of: date, school: str) -> SchoolCounts:
    context = open_context(settings, school, None)
    if told := not_set_up(context):
        return SchoolCounts(school, context.school.school.name, unseen=(told,))
    if not context.places.published.exists():
        _ensure_set_up(context)
        raise ConfigurationError(f"No run was published yet.{_last_try(context.places.folder)}")
    with opened(context.places.published, context.key, read_only=True) as copy:
        ensure_current(copy)
        counts = read_counts(copy, school, as_of)
    if counts.run_id is None and (tried := _last_try(context.places.folder)):
        return SchoolCounts(school, counts.name, unseen=(*counts.unseen, tried.strip()))
    return (
        counts if counts.run_id is None else replace(counts, head=printed_head(context.places.reports(counts.run_id)))
    )


def _ensure_set_up(context: Context) -> None:
    """Raise ConfigurationError where a school without a run lacks what a run needs: it is not set up."""
    try:
        ensure_ready(context)
    except UserError as error:
        raise ConfigurationError(f"{context.school.id} is not set up: {error.sentence}") from error


def _last_try(folder: Path) -> str:
    """Return how the run that was begun last ended, where it ended with a sentence of what is wrong."""
    progress = read_progress(folder)
    return f" The run that was begun last: {progress.sentence}" if progress and progress.sentence else ""


FOLDER = "group_reports"  # no school is called so: an id has no underscore


def report(*, schools: Schools = "*", as_of: Day = None, as_json: AsJson = False) -> int:
    """Count what is open by school and clause, never by person, and say which schools could not be seen."""
    settings = from_environment()
    day = (as_of or settings.clock()).date()
    asked = IsolatedLook(partial(counts_of, settings, day), no_counts, (__name__,))
    week = GroupWeek(day, tuple(each_isolated(asked, schools_of(settings.home, schools))))
    files = write_group(week, settings.home / FOLDER / day.isoformat())
    if as_json:
        typer.echo(json.dumps(as_object(week), ensure_ascii=False, indent=2))
    else:
        _say_week(week)
        typer.echo(f"Report: {files[-1]}")
    return SOURCE_FAILED if week.not_seen else DONE


def _say_week(week: GroupWeek) -> None:
    seen, in_part = len(week.schools) - len(week.not_seen), len(week.seen_in_part)
    typer.echo(f"{seen} of {len(week.schools)} schools were audited this week, {in_part} of them in part.")
    for school in week.not_seen:
        typer.echo(f"{school.school}: {' '.join(school.unseen)}")
