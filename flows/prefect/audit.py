"""The weekly audit as Prefect runs it: the steps of `flows/weekly/run.py` as tasks of one flow.

Only this room and the look-up of a key in `flows/home/keys.py` import Prefect; `audit run` does the same without it.
Parameters are a school's id and a day, never people, and no result is kept.
"""

import logging
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from typing import Annotated

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.tasks import exponential_backoff
from pydantic import Field

from flows.home.context import Context, open_context
from flows.home.exit_codes import DONE, SOURCE_FAILED, scrub_errors
from flows.home.settings import Settings, from_environment, quiet
from flows.home.workspace import known_as, workspace, workspace_settings
from flows.notify.telling import telling
from flows.prefect.turns import in_turn
from flows.registers.looking_up import planned
from flows.weekly.judge import Outcomes, judge
from flows.weekly.progress import recorded
from flows.weekly.publish import Published, publish
from flows.weekly.pull import PullEnded, pull
from flows.weekly.run import Audited, Steps, sequence
from policies.school import SCHOOL_ID

# A task takes the run under way from here: as a parameter Prefect would look at it, and might keep it.
_HELD: ContextVar[Context | None] = ContextVar("the run under way, with its warehouse open", default=None)


class PullUnfinishedError(Exception):
    """A pull ended early and may do better later; tells Prefect to retry."""

    def __init__(self, ended: PullEnded) -> None:
        super().__init__(f"{ended.source} could not be read to its end.")
        self.ended = ended


@task(
    name="pull",
    retries=2,
    retry_delay_seconds=exponential_backoff(backoff_factor=60),
    retry_jitter_factor=0.5,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def _pull_task(school: str, as_of: date, source: str) -> PullEnded:
    with scrub_errors():
        context = _context(school, as_of)
        with in_turn(context, source):
            ended = pull(context, source)
    if ended.may_improve:
        raise PullUnfinishedError(ended)
    return ended


def _pull_or_what_came(context: Context, source: str) -> PullEnded:
    try:
        with known_as(_HELD, context):
            return _pull_task(context.school.id, context.as_of, source)
    except PullUnfinishedError as unfinished:
        return unfinished.ended


@task(name="judge", cache_policy=NO_CACHE, persist_result=False)
def _judge_task(school: str, as_of: date) -> Outcomes:
    with scrub_errors():
        return judge(_context(school, as_of))


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def _publish_task(school: str, as_of: date, *, is_complete: bool) -> Published:
    with scrub_errors():
        return publish(_context(school, as_of), is_complete)


def _judged(context: Context) -> Outcomes:
    with known_as(_HELD, context):
        return _judge_task(context.school.id, context.as_of)


def _published(context: Context, is_complete: bool) -> Published:
    with known_as(_HELD, context):
        return _publish_task(context.school.id, context.as_of, is_complete=is_complete)


def _context(school: str, as_of: date) -> Context:
    held = _HELD.get()
    return open_context(workspace_settings(), school, as_of) if held is None else held


_TASKS = Steps(pull=_pull_or_what_came, judge=_judged, publish=_published)


@flow(name="weekly-audit", persist_result=False, log_prints=False)
def weekly_audit(
    school: Annotated[str, Field(pattern=SCHOOL_ID)], as_of: date | None = None, *, look_up_followers: bool = False
) -> dict[str, int]:
    """Audit one school and leave an artifact of counts; fails if a source could not be read to its end.

    `look_up_followers` asks X for the profiles of the bare ids in archives, inside the run's budget.
    """
    quiet()
    with scrub_errors():
        audited = _audited(school, as_of, look_up_followers=look_up_followers)
    create_markdown_artifact(_counts(audited), key=f"weekly-audit-{school}", description="Counts of one run")
    if not audited.is_complete:
        raise RunIncompleteError(audited)
    return audited.outcomes.statuses


def _audited(school: str, as_of: date | None, *, look_up_followers: bool) -> Audited:
    """Make the run where the school's folder is at hand, write down how far it is, and tell whoever is told."""
    options = ("--look-up-followers",) if look_up_followers else ()
    with workspace(from_environment(may_be_stored=True), school, waits=True) as here:
        settings: Settings = here.settings
        with recorded(settings, school, as_of, options) as recorder, telling(settings, school, as_of) as ending:
            day = as_of or _scheduled_day(settings, school)
            context = replace(open_context(settings, school, day), looks_up=look_up_followers)
            if context.looks_up:
                logging.getLogger(__name__).info(planned(context))
            audited = sequence(context, steps=_TASKS, recorder=recorder)
            here.put_back()
            ending.published = audited.as_published(settings)
            recorder.code = DONE if audited.is_complete else SOURCE_FAILED
    return audited


class RunIncompleteError(Exception):
    """The run was published, but a source could not be read to its end."""

    def __init__(self, audited: Audited) -> None:
        names = ", ".join(ended.source for ended in audited.pulls if ended.state != "complete")
        super().__init__(f"Published, but not everything was seen ({names}). The report says what to do.")


def _scheduled_day(settings: Settings, school: str) -> date | None:
    planned = flow_run.get_scheduled_start_time()
    if planned is None:
        return None
    context = open_context(settings, school, None)
    return planned.astimezone(context.zone).date()


def _counts(audited: Audited) -> str:
    statuses = "\n".join(f"| {status} | {count} |" for status, count in audited.outcomes.statuses.items())
    verdicts = "\n".join(f"| {check} | {verdict} |" for check, verdict in audited.outcomes.verdicts.items())
    pulls = "\n".join(f"| {ended.source} | {ended.state} |" for ended in audited.pulls)
    return (
        f"# Run {audited.run_id}\n\n| exceptions | count |\n|---|---|\n{statuses}\n\n"
        f"| check | verdict |\n|---|---|\n{verdicts}\n\n| source | pull |\n|---|---|\n{pulls}\n"
    )
