"""The weekly audit of one school: pull, judge, publish.

The steps are ordinary functions of a context; `sequence` puts them in order, and Prefect's decorators are
applied at the end. Parameters are a school's id and a day, never people, and no result is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.tasks import exponential_backoff

from flows.context import Context, open_context, require_permission
from flows.judge import Outcomes, judge
from flows.pull import PullEnded, note_unclaimed, pull
from flows.report import Published, publish
from flows.settings import Settings, from_environment, keep_private, quiet
from flows.sources import source_names
from flows.wholeness import guarded, must_lack_nothing
from warehouse.runs import AccountRow, PolicyRow, SchoolRow, begin


@dataclass(frozen=True, slots=True)
class Audited:
    """What one run came to, in counts."""

    school: str
    run_id: str
    pulls: tuple[PullEnded, ...]
    outcomes: Outcomes
    published: Published

    @property
    def is_complete(self) -> bool:
        """Whether every source was pulled to its end."""
        return all(ended.state == "complete" for ended in self.pulls)


@dataclass(frozen=True, slots=True)
class Steps:
    """The three steps, plain or dressed as Prefect tasks."""

    pull: Callable[[Context, str], PullEnded] = pull
    judge: Callable[[Context], Outcomes] = judge
    publish: Callable[[Context, bool], Published] = publish


def sequence(context: Context, *, only: frozenset[str] | None = None, steps: Steps | None = None) -> Audited:
    """Audit one school as of one day: pull each source, judge every clause, publish."""
    keep_private()
    require_permission(context)
    with guarded(context):
        if steps is not None:
            return _in_order(context, only, steps)
        with context.warehouse() as db:  # opened once for all steps; Prefect's tasks each open it for themselves
            return _in_order(replace(context, held=db), only, Steps())


def _in_order(context: Context, only: frozenset[str] | None, steps: Steps) -> Audited:
    start(context)
    pulls = (*note_unclaimed(context), *(steps.pull(context, name) for name in source_names(context, only)))
    is_complete = all(ended.state == "complete" for ended in pulls)
    outcomes = steps.judge(context)
    published = steps.publish(context, is_complete)
    return Audited(context.school.id, context.run_id, pulls, outcomes, published)


def start(context: Context) -> None:
    """Open the run in the warehouse."""
    identity = context.school.school
    rows = [AccountRow(a.platform, a.account_id, a.handle, a.reads) for a in context.school.account]
    school = SchoolRow(
        school_id=identity.id,
        school_name=identity.name,
        aliases=identity.aliases,
        town=identity.town,
        county=identity.county,
        website=identity.website,
        timezone=identity.timezone,
        registers=tuple(context.school.registers),
    )
    pack = context.pack
    policy = PolicyRow(
        pack=pack.id,
        title=pack.title,
        edition=pack.edition,
        adopted_on=pack.adopted_on,
        review_by=pack.review_by,
    )
    with context.warehouse() as db:
        must_lack_nothing(context, db)
        begin(db, as_of=context.as_of, school=school, policy=policy, accounts=rows, at=context.now())


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
    ended = pull(open_context(from_environment(), school, as_of), source)
    if ended.may_improve:
        raise PullUnfinishedError(ended)
    return ended


def _pull_or_what_came(context: Context, source: str) -> PullEnded:
    try:
        return _pull_task(context.school.id, context.as_of, source)
    except PullUnfinishedError as unfinished:
        return unfinished.ended


@task(name="judge", cache_policy=NO_CACHE, persist_result=False)
def _judge_task(school: str, as_of: date) -> Outcomes:
    return judge(open_context(from_environment(), school, as_of))


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def _publish_task(school: str, as_of: date, *, is_complete: bool) -> Published:
    return publish(open_context(from_environment(), school, as_of), is_complete)


_TASKS = Steps(
    pull=_pull_or_what_came,
    judge=lambda context: _judge_task(context.school.id, context.as_of),
    publish=lambda context, done: _publish_task(context.school.id, context.as_of, is_complete=done),
)


@flow(name="weekly-audit", persist_result=False, log_prints=False)
def weekly_audit(school: str, as_of: date | None = None) -> dict[str, int]:
    """Audit one school and leave an artifact of counts; fails if a source could not be read to its end."""
    quiet()
    settings: Settings = from_environment()
    day = as_of or _scheduled_day(settings, school)
    audited = sequence(open_context(settings, school, day), steps=_TASKS)
    create_markdown_artifact(_counts(audited), key=f"weekly-audit-{school}", description="Counts of one run")
    if not audited.is_complete:
        raise RunIncompleteError(audited)
    return audited.outcomes.statuses


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
