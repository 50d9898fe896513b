"""The runs: how the newest one saw its sources, what it cost, the earlier ones, and how one goes that is under way."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.pages.run_words import ToFinish, headline, steps, to_finish
from dashboards.desk.pages.trend import Trend, TrendPicture, picture_of, trend_of, work_of
from dashboards.desk.school.desk import TIERS, Desk, NothingPublishedError, RunStarter
from dashboards.desk.school.desk_notices import PUTS_RIGHT, DeskNotice, DeskPagesThere, desk_notices, pages_there
from dashboards.desk.school.rendering import render
from dashboards.queries import rows
from dashboards.report.model import COUNTS_ONLY, Week
from dashboards.report.notices import Notice, of_pull
from dashboards.report.operations import Pull, QualityCheckResult
from policies.calendar import calendar_sentence
from policies.errors import UserError
from policies.roles import LEAD
from warehouse.runs.run_progress import RunProgress, Standing, read_progress, standing

STARTS = frozenset({LEAD, "it_technician"})  # who may begin a run
READS_HEALTH = STARTS | {"dpo"}  # who reads why a source came short; others read counts


@dataclass(frozen=True, slots=True)
class RunInList:
    """One run in the list: whether it saw everything, its cases in counts, and what it cost."""

    run_id: str
    as_of: date
    is_complete: bool
    cost_usd: Decimal | None
    quota_units: int | None
    new_count: int | None
    open_count: int | None
    late_count: int | None
    cleared_count: int | None


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What was paid in a month, in how many runs, and whether some of it was asked beside them, as by the doctor."""

    runs: int
    has_more: bool
    usd: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the newest published run stands: each source that came short, the runs before it, and the trend."""

    week: Week
    problems: tuple[Notice, ...]
    runs: tuple[RunInList, ...]
    month: MonthCost
    trend: Trend

    @property
    def picture(self) -> TrendPicture:
        """The trend as it is drawn."""
        return picture_of(self.trend)

    @property
    def work(self) -> Trend:
        """How many cases were open, late and cleared in each run; no line for readers of counts."""
        counted = [run for run in reversed(self.runs) if run.open_count is not None]
        rows = [(run.as_of, run.open_count or 0, run.late_count or 0, run.cleared_count or 0) for run in counted]
        return work_of(rows)

    @property
    def work_picture(self) -> TrendPicture:
        """The same as it is drawn."""
        return picture_of(self.work)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The run that was begun last, as it stands now."""

    progress: RunProgress | None
    standing: Standing

    @classmethod
    def of(cls, desk: Desk) -> "UnderWay":
        """Return how it stands at this moment; what was read before a run ended is read again."""
        folder = desk.published.parent
        now = standing(folder, read_progress(folder))
        progress = read_progress(folder)
        return cls(progress, standing(folder, progress) if now != "running" else now)


def runs_page(request: Request) -> Response:
    """Return the page of the runs; a school without a published run is shown how to begin one."""
    desk, role = request.app.state.desk, request.state.session.person.role
    health, now = _health(desk, role), UnderWay.of(desk)
    is_followed = request.query_params.get("follow") == "yes" and now.standing in {"running", "handed"}
    school = desk.starter.school() if desk.starter is not None else None
    return render(
        request,
        "runs.html",
        health=health,
        headline=headline(now.standing, now.progress),
        progress=now.progress,
        standing=now.standing,
        steps=steps(now.progress, now.standing) if now.progress else (),
        is_followed=is_followed,
        starts=desk.starter is not None and role in STARTS,
        budget=school.budget if school else None,
        unfinished=_unfinished(desk, health, now),
        calendar=calendar_sentence(school.calendar, desk.today()) if school else None,
        reads_health=role in READS_HEALTH,
        problems=_problems(health, role, pages_there(request)) if health else (),
    )


def start(request: Request) -> Response:
    """Begin a run of today, and lead to its progress."""
    _starter(request).start(None)
    return _begun(request, request.app.state.desk.today())


def finish(request: Request) -> Response:
    """Go on with the run that is not whole, as it was begun, and lead to its progress."""
    starter, desk = _starter(request), request.app.state.desk
    wanted = _unfinished(desk, _health(desk, request.state.session.person.role), UnderWay.of(desk))
    if wanted is None or request.state.form.get("day") != wanted.day.isoformat():
        raise UserError("There is no such run to finish any more. Look at the page Runs again.")
    starter.start(wanted.day, wanted.options)
    return _begun(request, wanted.day)


def _problems(health: Health, role: str, there: DeskPagesThere) -> tuple[DeskNotice, ...]:
    """Return why sources came short, with what to do as whoever reads it can do it."""
    if role in PUTS_RIGHT:
        return desk_notices(health.problems, role, there)
    return tuple(
        DeskNotice(short.title, short.text, short.is_severe, (role in READS_HEALTH and short.what_to_do) or "")
        for short in health.problems
    )


def _starter(request: Request) -> RunStarter:
    starter: RunStarter | None = request.app.state.desk.starter
    if starter is None:
        raise UserError("This desk cannot start a run. Type it on the school's machine: audit run")
    return starter


def _begun(request: Request, day: date) -> Response:
    write_log(request, "run begun", day.isoformat())
    return RedirectResponse("/runs?follow=yes", status_code=303)


def _unfinished(desk: Desk, health: Health | None, now: UnderWay) -> ToFinish | None:
    """Return the run that can be gone on with: the one that was begun last, or the newest published one."""
    newest = health.week.run if health else None
    begun = to_finish(now.progress, now.standing, desk.zone, newest.as_of if newest else None)
    if begun or newest is None or newest.is_complete or now.standing in {"running", "handed"}:
        return begun
    return ToFinish(newest.as_of, ())


def _health(desk: Desk, role: str) -> Health | None:
    try:
        week = desk.week(TIERS[role])
    except NothingPublishedError:
        return None
    with desk.copy() as db:
        if role in READS_HEALTH:  # also of those who read counts of the cases: no case stands in it
            pulls = rows(db, "pulls", Pull, run_id=week.run.run_id)
            quality = rows(db, "quality_checks", QualityCheckResult, run_id=week.run.run_id)
            week = replace(week, pulls=pulls, quality_checks=quality)
        history = rows(db, "run_history", RunInList)
        if week.tier in COUNTS_ONLY:  # how many are open stands in the trend, as the least that it may be
            history = tuple(
                replace(run, new_count=None, open_count=None, late_count=None, cleared_count=None) for run in history
            )
        [month] = rows(db, "month_cost", MonthCost, month=f"{week.run.as_of:%Y-%m}")
    problems = tuple(of_pull(week, pull) for pull in week.pulls if pull.state != "complete")
    return Health(week, problems, history, month, trend_of(desk, week))
