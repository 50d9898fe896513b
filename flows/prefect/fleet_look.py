"""`audit group report`: each school is looked at in a process of its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dashboards.group.report import GroupWeek, SchoolCounts, read_counts
from dashboards.group.states import WORDS, Recorded, SchoolState, state_of
from dashboards.group.write import as_object, write_group
from dashboards.report.manifest import printed_head
from flows.home.arguments import AsJson, Day, Schools
from flows.home.context import Context, open_context
from flows.home.exit_codes import DONE, SOURCE_FAILED, answer_to
from flows.home.group_settings import read_group
from flows.home.settings import Settings, from_environment
from flows.home.workspace import read_copy
from flows.notify.telemetry import send_metrics
from flows.prefect.drill import drill_said
from flows.prefect.objective import group_folder, objective_of, told_of_miss
from flows.prefect.quotas import read_ledger
from flows.prefect.schools import IsolatedLook, each_isolated, schools_of
from flows.weekly.readiness import PERMISSION, needs
from policies.dates import WEEK_AND_A_DAY
from warehouse.runs.run_progress import RunProgress, read_progress, standing
from warehouse.store.places import Places


@dataclass(frozen=True, slots=True)
class WeekAsked:
    """What is asked of each school: the day, from when on a run is of its week, and what the group's ledger says."""

    settings: Settings
    as_of: date
    since: date
    waits: Mapping[str, datetime] = field(default_factory=dict)


def counts_of(asked: WeekAsked, school: str) -> SchoolCounts:
    """Return what is told of the school as of a day; where it cannot be read, why, in a sentence that names nobody.

    One that cannot be fetched from an object store is late: nobody knows whether it was ever set up.
    """
    try:
        with read_copy(asked.settings, school) as local:
            return _counts(replace(asked, settings=local), school)
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        return SchoolCounts(school, unseen=(answer_to(error)[0],))


def _counts(asked: WeekAsked, school: str) -> SchoolCounts:
    try:
        context = open_context(asked.settings, school, None)
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        state: SchoolState = "late" if Places(asked.settings.home, school).published.exists() else "not_set_up"
        return SchoolCounts(school, unseen=(answer_to(error)[0],), state=state)
    try:
        counts = _published(context, asked.as_of)
    except Exception as error:  # noqa: BLE001
        counts = SchoolCounts(school, context.school.school.name, unseen=(answer_to(error)[0],))
    return _with_state(context, counts, asked)


def no_counts(school: str) -> SchoolCounts:
    """Return what is told of a school over which the process died."""
    return SchoolCounts(school, unseen=("Its process ended before it answered. Run: audit doctor " + school,))


def _published(context: Context, as_of: date) -> SchoolCounts:
    """Return what the school's published copy tells of the week; nothing where no run was published yet."""
    school = context.school.id
    if not context.places.published.exists():
        return SchoolCounts(school, context.school.school.name, unseen=("No run was published yet.",))
    with context.published() as copy:
        counts = read_counts(copy, school, as_of)
    if counts.run_id is None:
        return replace(counts, name=counts.name or context.school.school.name)
    return replace(counts, head=printed_head(context.places.reports(counts.run_id)))


def _with_state(context: Context, counts: SchoolCounts, asked: WeekAsked) -> SchoolCounts:
    """Add how the school stands, and where no run of the week was published, why.

    A school that was published once was set up: what it lacks now makes it late, and the objective missed.
    """
    progress, has_run = read_progress(context.places.folder), counts.published_since(asked.since) is not None
    in_the_way = [] if has_run else [need for need in needs(context) if need.problem and need.stops]
    lacks = [need for need in in_the_way if need.what != PERMISSION]
    of_week = progress is not None and progress.as_of is not None and asked.as_of - progress.as_of < WEEK_AND_A_DAY
    recorded = Recorded(
        is_set_up=not lacks or context.places.published.exists(),
        is_permitted=len(lacks) == len(in_the_way),
        is_running=standing(context.places.folder, progress) == "running",
        is_judged=bool(progress and of_week and progress.is_judged),
        is_published=has_run,
        is_whole=not counts.unseen and not counts.blind_checks,
        waits_until=asked.waits.get(counts.school),
    )
    state = state_of(recorded)
    old = [f"No run of {asked.since} or later is published."] if counts.run_id and not has_run else []
    why = [] if has_run else [*old, *(str(need.problem) for need in in_the_way[:1]), _last_try(progress)]
    until = recorded.waits_until if state == "waiting_for_quota" else None
    unseen, is_audited = (*counts.unseen, *filter(None, why)), counts.is_audited and has_run
    took = progress.took if progress and of_week else None
    return replace(counts, state=state, unseen=unseen, waits_until=until, is_audited=is_audited, run_seconds=took)


def _last_try(progress: RunProgress | None) -> str:
    """Return how the run that was begun last ended, where it ended with a sentence of what is wrong."""
    return f"The run that was begun last: {progress.sentence}" if progress and progress.sentence else ""


def report(
    *,
    schools: Schools = "*",
    as_of: Day = None,
    alert: Annotated[bool, typer.Option("--alert", help="Tell a missed objective, once, as group.toml says.")] = False,
    as_json: AsJson = False,
) -> int:
    """Count how schools stand and what is open by clause, never by person, with what was spent of every allowance."""
    settings = from_environment(may_be_stored=True)
    day = (as_of or settings.clock()).date()
    week, page, told = written(settings, schools_of(settings, schools), day, alerts=alert)
    if told:
        typer.echo(told, err=True)
    if as_json:
        typer.echo(json.dumps(as_object(week), ensure_ascii=False, indent=2))
    else:
        _say_week(week)
        typer.echo(f"Report: {page}")
    return SOURCE_FAILED if week.not_seen or week.states["late"] else DONE


def written(settings: Settings, schools: Sequence[str], day: date, *, alerts: bool) -> tuple[GroupWeek, Path, str]:
    """Write the group's report of a day; return it, its page, and what is to be said of an alert that was asked for."""
    week = group_week(settings, schools, day)
    files = write_group(week, folder := group_folder(settings) / day.isoformat())
    send_metrics(week, folder)
    return week, files[-1], told_of_miss(settings, week) if alerts else ""


def group_week(settings: Settings, schools: Sequence[str], day: date) -> GroupWeek:
    """Look at each school in a process of its own, and return how all of them stand in the week that ends on a day."""
    objective = read_group(settings).objective
    since = objective.published_from(day, settings.clock())
    ledger = read_ledger(settings, schools, objective.of_week(day))
    asked = IsolatedLook(partial(counts_of, WeekAsked(settings, day, since, ledger.waiting())), no_counts, (__name__,))
    seen = [
        replace(counts, usd_this_month=ledger.spent_this_month(school=counts.school))
        for counts in each_isolated(asked, schools)
    ]
    met = objective_of(ledger.group, day, seen, settings.clock())
    return GroupWeek(day, tuple(seen), ledger.lines(), met, drill_said(settings))


def _say_week(week: GroupWeek) -> None:
    states = ", ".join(f"{count} {WORDS[state]}" for state, count in week.states.items() if count)
    typer.echo(f"{week.audited} of {len(week.schools)} schools were audited this week: {states}.")
    for school in (each for each in week.schools if each.run_id is None or each.state == "late"):
        typer.echo(f"{school.school}: {school.state_in_words}. {' '.join(school.unseen)}")
    for said in filter(None, (week.objective and week.objective.sentence, week.drill)):
        typer.echo(said)
