"""The weekly audit and the nightly deletion of many schools: cut into parts, of which each is a run of one deployment.

Queue, workers and every limit are Prefect's. A part's run is found again by the key that its schools, its day and its
try make, so that this flow may be killed and repeated: it begins what was not begun, and begins again only what was
killed, by its tasks' retries. Each try is a run of its own: a worker that still holds the process of a run that was
taken for dead, and is given the same run once more, ends with an error (Prefect issue 16806).
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from prefect import allow_failure, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun, State, StateType, TaskRun
from prefect.exceptions import ObjectNotFound
from prefect.futures import PrefectFuture, wait
from prefect.runtime import flow_run, task_run
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task
from pydantic import Field

from flows.home.exit_codes import scrub_errors
from flows.home.settings import ConfigurationError, from_environment, quiet
from flows.prefect.parts import PartsAsked, Turn, name_of, turns_of
from flows.prefect.schools import schools_of
from policies.errors import UserError

SCHOOLS = r"^[a-z0-9*?\[\]!-]{1,60}$"
_AT_ONCE = 100  # parts that are waited for; each takes a thread
_PAGE = 200  # the most that a Prefect server answers at once
_LONGEST = timedelta(hours=20)  # that one run waits: one that waited for good would keep back every later one
_SETTLED = 15.0  # seconds in which the server has noted how a part's tasks ended

Pattern = Annotated[str, Field(pattern=SCHOOLS)]


class PartEndedError(UserError):
    """A part did not come to its end, or not well; `was_killed` where it may be begun again."""

    def __init__(self, run: FlowRun) -> None:
        state = run.state
        super().__init__((state.message if state else None) or f"The part is {run.state_name or 'unknown'}.")
        self.was_killed = state is not None and state.is_crashed()


class GroupIncompleteError(UserError):
    """Every school was begun, but not every school came to its end, and ended well."""

    def __init__(self, states: Mapping[str, str]) -> None:
        others = Counter(state for state in states.values() if state != "COMPLETED")
        counts = ", ".join(f"{count} {state.lower().replace('_', ' ')}" for state, count in sorted(others.items()))
        super().__init__(f"Not every school is done: {counts}. The artifact says which; see: audit group report")


def _was_killed(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, PartEndedError) and error.was_killed


@task(
    name="part",
    task_run_name="{name}",
    retries=3,
    retry_delay_seconds=5,
    retry_condition_fn=_was_killed,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def _part(name: str, schools: Sequence[str], asked: PartsAsked) -> None:  # noqa: ARG001 - what it is called
    with scrub_errors():
        try:
            run = asked.run(schools, str(task_run.get_run_count()))
            if asked.again and run.state is not None and run.state.is_failed():
                run = asked.run(schools, asked.again)
        except ObjectNotFound:
            raise ConfigurationError("The group is not deployed at this server. Run: audit group deploy") from None
        if run.state is None or not run.state.is_completed():
            raise PartEndedError(run)


_group = partial(flow, persist_result=False, task_runner=ThreadPoolTaskRunner(max_workers=_AT_ONCE))


@_group(name="group-audit")
def group_audit(
    schools: Pattern = "*", as_of: date | None = None, *, again: bool = False, zone: str = "Europe/London"
) -> None:
    """Audit each school whose id fits the pattern, and leave an artifact of how each ended.

    Without a day it is that for which the run was planned, in this zone. Fails where a school did not end well, once
    all have ended or 20 hours are over. `again` begins parts of the day again that failed, too.
    """
    quiet()
    day = as_of or _planned_day(zone)
    _in_parts("weekly-audit", schools, day, {"as_of": str(day)}, again=again)


@_group(name="group-expire")
def group_expiry(schools: Pattern = "*", *, zone: str = "Europe/London") -> None:
    """Delete in each school what is over its clock, and leave an artifact of how each ended."""
    quiet()
    _in_parts("expire", schools, _planned_day(zone), {}, again=False)


def _planned_day(zone: str) -> date:
    planned = flow_run.get_scheduled_start_time() or from_environment().clock()
    return planned.astimezone(ZoneInfo(zone)).date()


def _in_parts(name: str, pattern: str, day: date, parameters: Mapping[str, Any], *, again: bool) -> None:
    with scrub_errors():
        settings = from_environment()
        schools = schools_of(settings.home, pattern)
        turns = turns_of(settings, schools)
        until = time.monotonic() + _LONGEST.total_seconds()
        asked = PartsAsked(name, day, parameters, until, flow_run.get_id() if again else None)
        done = _ended(asked, turns)
        states = _states(asked.tag, schools, done)
        create_markdown_artifact(_table(states), key=f"group-{name}", description="How each school ended")
        if set(states.values()) != {"COMPLETED"}:
            raise GroupIncompleteError(states)


def _ended(asked: PartsAsked, turns: Sequence[Turn]) -> set[str]:
    """Begin every part, those of one turn one after another, and wait for all; return the schools of what is done."""
    begun: list[tuple[Sequence[str], PrefectFuture[None]]] = []
    for turn in turns:
        before: list[Any] = []
        for part in turn:
            future = _part.submit(name_of(part), part, asked, return_state=False, wait_for=before)
            begun.append((part, future))
            before = [allow_failure(future)]
    wait([future for _, future in begun])
    return {school for part, future in begun if future.state.is_completed() for school in part}


def _states(tag: str, schools: Sequence[str], done: Collection[str]) -> dict[str, str]:
    """Return how each school ended, in the last of its parts; the server notes it a little after its part has ended."""
    until = time.monotonic() + _SETTLED
    while True:
        states = dict.fromkeys(schools, "NOT_BEGUN") | _noted(tag) | dict.fromkeys(done, "COMPLETED")
        states = {school: states[school] for school in schools}
        if not set(states.values()) & {"PENDING", "RUNNING"} or time.monotonic() > until:
            return states
        time.sleep(1.0)


def _noted(tag: str) -> dict[str, str]:
    """Return how the newest try of each school stands at the server; one that came to its end once is done."""
    runs: list[TaskRun] = []
    with get_client(sync_client=True) as client:
        of_parts = FlowRunFilter(tags=FlowRunFilterTags(all_=[tag]))
        while page := client.read_task_runs(flow_run_filter=of_parts, limit=_PAGE, offset=len(runs)):
            runs += page
    runs.sort(key=lambda run: (run.state_type == StateType.COMPLETED, str(run.created)))
    return {run.name: run.state_type.value for run in runs if run.state_type}


def _table(states: Mapping[str, str]) -> str:
    worst_first = sorted(states.items(), key=lambda each: (each[1] == "COMPLETED", each))
    lines = "\n".join(f"| {school} | {state.lower().replace('_', ' ')} |" for school, state in worst_first)
    return f"# {len(states)} schools\n\n| school | state |\n|---|---|\n{lines}\n"
