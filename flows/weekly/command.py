"""`audit run`."""

import json
import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, get_args

import typer

from connectors.source import Estimate
from flows.home.allowances import ensure_not_used_up
from flows.home.arguments import AsJson, Day, LookUpFollowers, School
from flows.home.claims import WHAT_TO_DO, why_unclaimed
from flows.home.context import Context, open_context
from flows.home.exit_codes import DONE, OPEN, SOURCE_FAILED
from flows.home.integrity import ensure_whole
from flows.home.settings import ConfigurationError, from_environment
from flows.home.workspace import A_LEASE, Workspace, workspace
from flows.notify.state import RunEnding
from flows.notify.telling import telling
from flows.registers.looking_up import planned
from flows.registers.sources import source_names, with_archives
from flows.weekly.progress import ProgressRecorder, published_before, recorded
from flows.weekly.pull import estimate
from flows.weekly.readiness import ensure_ready
from flows.weekly.run import Audited, sequence, start
from policies.platforms.registry import PLATFORMS
from policies.question import Severity

_LONGEST_WINDOW = 60.0  # seconds of X's 900 for which a group's run stays in a worker's slot
SEVERITIES = get_args(Severity)[::-1]  # the least first


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the person at the keyboard, or a fleet, asked of a run.

    `planned` is when a run without a day was due. A patient one waits for another, and passes over what that published.
    One that heeds quotas is not begun while its platform refuses whoever asks by the same allowance.
    """

    as_of: date | None = None
    planned: datetime | None = None
    is_patient: bool = False
    sources: tuple[str, ...] = ()
    only: str | None = None
    is_dry: bool = False
    fail_on: str | None = None
    is_json: bool = False
    looks_up: bool = False
    heeds_quota: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What is typed beside the day to have the same read in the same way."""
        words = [word for source in self.sources for word in ("--source", source)]
        words += ["--only", self.only] if self.only else []
        return (*words, *(["--look-up-followers"] if self.looks_up else []))


def severity(word: str) -> str | None:
    """Return the severity that ends a run with exit code 1, or None for never."""
    if word == "never":
        return None
    if word not in SEVERITIES:
        raise ConfigurationError("--fail-on takes critical, high, medium, low or never.")
    return word


def run(
    school_id: School,
    *,
    as_of: Day = None,
    source: Annotated[list[str] | None, typer.Option(help="x=archive:FILE.zip reads an archive instead.")] = None,
    only: Annotated[str | None, typer.Option(help="Only these platforms: x,youtube")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what a pull would cost, and stop.")] = False,
    look_up_followers: LookUpFollowers = False,
    fail_on: Annotated[str, typer.Option(help="critical, high, medium, low or never.")] = "never",
    as_json: AsJson = False,
) -> int:
    """Audit a school as of one day: pull, judge, publish."""
    options = RunOptions(
        as_of=as_of.date() if as_of else None, sources=tuple(source or ()), only=only, is_dry=dry_run,
        fail_on=severity(fail_on), is_json=as_json, looks_up=look_up_followers,
    )  # fmt: skip
    return run_school(school_id, options)


def run_school(school_id: str, options: RunOptions) -> int:
    """Audit one school and say what came of it; return the exit code."""
    with workspace(from_environment(may_be_stored=True), school_id, waits=A_LEASE if options.is_patient else 0) as lent:
        here = lent.making_room(_LONGEST_WINDOW) if options.is_patient and options.heeds_quota else lent
        settings = here.settings
        if options.is_patient and published_before(settings, school_id, options.as_of):
            typer.echo("{}")
            return DONE
        if options.heeds_quota:
            ensure_not_used_up(settings, school_id)
        if options.is_dry:
            return _run(here, school_id, options, RunEnding(), ProgressRecorder())
        told = telling(settings, school_id, options.as_of, is_watched=sys.stdin.isatty())
        with recorded(settings, school_id, options.as_of, options.words) as recorder, told as ending:
            recorder.code = _run(here, school_id, options, ending, recorder)
            return recorder.code


def _run(here: Workspace, school_id: str, options: RunOptions, ending: RunEnding, recorder: ProgressRecorder) -> int:
    context = open_context(here.settings, school_id, options.as_of)
    if options.as_of is None and options.planned is not None:
        context = open_context(here.settings, school_id, options.planned.astimezone(context.zone).date())
    context = replace(context, school=with_archives(context.school, options.sources), looks_up=options.looks_up)
    context.places.close_copied()
    only = frozenset(options.only.split(",")) if options.only else None
    if only and not only <= PLATFORMS.keys():
        raise ConfigurationError(f"--only takes one or more of {', '.join(PLATFORMS)}, with a comma between.")
    if options.is_dry:
        return _say_estimate(context, only, is_json=options.is_json)
    if options.looks_up:
        if only and "x" not in only:
            raise ConfigurationError("--look-up-followers asks X, which --only leaves out: take x into --only.")
        typer.echo(planned(context), err=True)
    with _shown_working(f"Auditing {school_id} as of {context.as_of}…"):
        audited = sequence(context, only=only, recorder=recorder)
        here.put_back()
    ending.published = audited.as_published(context.settings)
    _say_outcome(audited, options, ending.published.report)
    if not audited.is_complete:
        return SOURCE_FAILED
    floor = options.fail_on
    return OPEN if floor and any(at_least(each, floor) for each in audited.outcomes.open_severities) else DONE


def at_least(one: str, floor: str) -> bool:
    """Say whether one severity is as severe as another, or more severe."""
    return SEVERITIES.index(one) >= SEVERITIES.index(floor)


def _shown_working(says: str) -> AbstractContextManager[object]:
    """Return what shows on a terminal that work goes on, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console  # noqa: PLC0415 - forty modules, which no scheduled run needs

    return Console(stderr=True).status(says)


def _say_estimate(context: Context, only: frozenset[str] | None, *, is_json: bool) -> int:
    ensure_ready(replace(context, looks_up=False), only)  # its price is told before it is decided
    ensure_whole(context)
    start(context)
    made: list[tuple[str, Estimate]] = [
        (name, listing) for name in source_names(context, only) for listing in estimate(context, name)
    ]
    usd = sum(listing.cost.usd for _, listing in made)
    units = sum(listing.cost.units for _, listing in made)
    if is_json:
        lines = [{"source": n, "listing": e.listing, "usd": str(e.cost.usd), "units": e.cost.units} for n, e in made]
        typer.echo(json.dumps({"usd": str(usd), "units": units, "listings": lines}, indent=2))
        return DONE
    for name, listing in made:
        cost = listing.cost
        typer.echo(f"{name:10} {listing.listing:40} {cost.resources:8,} resources  ${cost.usd:.2f}  {cost.units} units")
    for account in context.unclaimed:
        typer.echo(f"{why_unclaimed(account)} {WHAT_TO_DO}")
    budget = context.school.budget
    typer.echo(f"In all about ${usd:.2f} of ${budget.usd_per_run} and {units} of {budget.units_per_run} units.")
    return DONE


def _say_outcome(audited: Audited, options: RunOptions, report_file: str) -> None:
    if options.is_json:
        answer = {
            "run": audited.run_id, "complete": audited.is_complete, "exceptions": audited.outcomes.statuses,
            "verdicts": audited.outcomes.verdicts, "report": report_file, "upkeep": audited.published.upkeep,
            "problems": [{"source": p.source, "problem": p.problem} for p in audited.pulls if p.problem],
            "remarks": [{"source": p.source, "remark": p.remark} for p in audited.pulls if p.remark],
        }  # fmt: skip
        typer.echo(json.dumps(answer, indent=2))
        return
    for ended in audited.pulls:
        typer.echo(f"{ended.source}: {ended.state}, {ended.rows:,} rows")
        if ended.problem:
            typer.echo(f"  {ended.problem} {ended.what_to_do or ''}".rstrip())
        if ended.remark:
            typer.echo(f"  {ended.remark}")
    typer.echo(", ".join(f"{count} {status.replace('_', ' ')}" for status, count in audited.outcomes.statuses.items()))
    for check, verdict in audited.outcomes.verdicts.items():
        typer.echo(f"{check}: {verdict.replace('_', ' ')}")
    if not audited.is_complete:
        whole = again(audited.school, audited.run_id, replace(options, only=None))
        typer.echo(f"Not everything was seen. To finish this run: {whole}")
    typer.echo("\n".join([*audited.published.upkeep, f"Report: {report_file}"]))


def again(school_id: str, run_id: str, options: RunOptions) -> str:
    """Return the command that goes on with this run, as it is to be typed."""
    return shlex.join(["audit", "run", school_id, "--as-of", run_id, *options.words])
