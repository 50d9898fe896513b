"""The weekly audit of many schools as Prefect runs it: one flow that starts each school's own run, and waits for all.

Queue, workers and every limit are Prefect's. A school's run is a run of its own deployment `weekly-audit/<school>`,
in a process of its own; nothing of a school is read here. The id that keeps a second start from making a second run
is the school's, the day's and the try's, so that this flow may be killed and repeated: it starts what was not started,
and starts again only what was killed. Each try is a run of its own: a worker that still holds the process of a run
that was taken for dead, and is given the same run once more, ends with an error (Prefect issue 16806).
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Annotated
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES, FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.runtime import flow_run
from prefect.states import AwaitingRetry, Scheduled
from pydantic import Field

from flows.home.exit_codes import scrub_errors
from flows.home.settings import ConfigurationError, from_environment, quiet
from flows.prefect.schools import schools_of

SCHOOLS = r"^[a-z0-9*?\[\]!-]{1,60}$"
_PAGE = 100  # below the most that a Prefect server answers at once
_PAUSE = 3.0  # seconds between two questions how far the runs are
_TRIES = 3  # more of what was killed, and that Prefect marked Crashed
_LONGEST = timedelta(hours=20)  # that one run waits: one that waited for good would keep back every later one
_ENDED = sorted(TERMINAL_STATES)
_REST = timedelta(seconds=30)  # a process that is told to end may still have the school's file open for a while


class GroupIncompleteError(Exception):
    """Every school was started, but not every school's run ended, and ended well."""

    def __init__(self, states: Mapping[str, str]) -> None:
        others = Counter(state for state in states.values() if state != "COMPLETED")
        counts = ", ".join(f"{count} {state.lower().replace('_', ' ')}" for state, count in sorted(others.items()))
        super().__init__(f"Not every school is done: {counts}. The artifact says which; see: audit group report")


@flow(name="group-audit", persist_result=False, log_prints=False)
def group_audit(
    schools: Annotated[str, Field(pattern=SCHOOLS)] = "*", as_of: date | None = None, *, again: bool = False
) -> dict[str, int]:
    """Run each deployed school whose id fits the pattern, and leave an artifact of how each ended.

    Fails where a school's did not end well, once all have ended or 20 hours are over. `again` starts failed runs of the
    day again too.
    """
    quiet()
    with scrub_errors(), get_client(sync_client=True) as client:
        deployments = {each.name: each for each in deployed(client) if fnmatchcase(each.name, schools)}
        lacking = [school for school in _here(schools) if school not in deployments]
        if not deployments:
            raise ConfigurationError("No school of that name is deployed. Run: audit group deploy")
        started = {name: _started(client, deployments[name], as_of) for name in sorted(deployments)}
        if again:
            _begin_failed_again(client, started.values())
        states = _ended(client, started) | dict.fromkeys(lacking, "NOT_DEPLOYED")
    create_markdown_artifact(_table(states), key="group-audit", description="How each school's run ended")
    if set(states.values()) != {"COMPLETED"}:
        raise GroupIncompleteError(states)
    return dict(Counter(states.values()))


def deployed(client: SyncPrefectClient) -> Iterator[DeploymentResponse]:
    """Yield the deployment of each school that has one."""
    weekly, offset = FlowFilter(name=FlowFilterName(any_=["weekly-audit"])), 0
    while page := client.read_deployments(flow_filter=weekly, limit=_PAGE, offset=offset):
        yield from page
        offset += _PAGE


def _here(schools: str) -> tuple[str, ...]:
    """Return the schools of this machine's home; a machine without one leaves it to Prefect which there are."""
    home = from_environment().home
    return schools_of(home, schools) if any(home.glob("*/school.toml")) else ()


def _started(client: SyncPrefectClient, deployment: DeploymentResponse, as_of: date | None) -> UUID:
    """Start the school's run of this day, unless it was started before; return the id of its newest try."""
    day = as_of or _scheduled_day()
    run = client.create_flow_run_from_deployment(
        deployment.id,
        parameters={"as_of": str(as_of)} if as_of else {},
        state=Scheduled(),
        tags=[f"group-{day}"],
        idempotency_key=f"{deployment.name} {day}",
    )
    return _next_try(client, run) if run.state_type == StateType.CRASHED else run.id


def _next_try(client: SyncPrefectClient, killed: FlowRun) -> UUID:
    """Start the first try after this one that was not killed too, unless it was started before; return its id."""
    if killed.deployment_id is None or killed.idempotency_key is None:
        raise ValueError("Only a run that this flow started is started again.")
    school, day, *number = killed.idempotency_key.split()
    run = client.create_flow_run_from_deployment(
        killed.deployment_id,
        parameters=killed.parameters,
        state=Scheduled(scheduled_time=from_environment().clock() + _REST),
        tags=killed.tags,
        idempotency_key=f"{school} {day} {int(number[0]) + 1 if number else 2}",
    )
    return _next_try(client, run) if run.state_type == StateType.CRASHED else run.id


def _scheduled_day() -> date:
    planned = flow_run.get_scheduled_start_time()
    return (planned or from_environment().clock()).date()


def _begin_failed_again(client: SyncPrefectClient, run_ids: Iterable[UUID]) -> None:
    for run in _read(client, run_ids):
        if run.state_type == StateType.FAILED:
            client.set_flow_run_state(run.id, AwaitingRetry())


def _ended(client: SyncPrefectClient, started: Mapping[str, UUID]) -> dict[str, str]:
    """Wait until every school's run has ended, starting again those that were killed; return each school's state.

    One that was taken for dead may come to its end all the same: a school is done with any try that is. What has not
    ended after 20 hours is returned in the state that it is in.
    """
    until = time.monotonic() + _LONGEST.total_seconds()
    tries = {school: [run_id] for school, run_id in started.items()}
    states: dict[str, str] = {}
    while left := tries.keys() - states.keys():
        is_late = time.monotonic() > until
        asked = [run_id for school in left for run_id in tries[school]]
        # Told of every run that is under way, the servers would be kept busy with what is known.
        runs = {run.id: run for run in _read(client, asked, states=None if is_late else _ENDED)}
        for school in sorted(left):
            newest = runs.get(tries[school][-1])
            if any(run_id in runs and runs[run_id].state_type == StateType.COMPLETED for run_id in tries[school]):
                states[school] = StateType.COMPLETED.value
            elif newest is not None and newest.state_type == StateType.CRASHED and len(tries[school]) <= _TRIES:
                tries[school].append(_next_try(client, newest))
            elif newest is not None and newest.state is not None and (newest.state.is_final() or is_late):
                states[school] = newest.state.type.value
        if len(states) < len(tries):
            time.sleep(_PAUSE)
    return states


def _read(
    client: SyncPrefectClient, run_ids: Iterable[UUID], states: Sequence[StateType] | None = None
) -> Iterator[FlowRun]:
    """Yield these runs, or those of them that are in one of some states."""
    every = sorted(run_ids)
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))) if states else None
    for first in range(0, len(every), _PAGE):
        some = FlowRunFilterId(any_=every[first : first + _PAGE])
        yield from client.read_flow_runs(flow_run_filter=FlowRunFilter(id=some, state=state), limit=_PAGE)


def _table(states: Mapping[str, str]) -> str:
    worst_first = sorted(states.items(), key=lambda each: (each[1] == "COMPLETED", each))
    lines = "\n".join(f"| {school} | {state.lower().replace('_', ' ')} |" for school, state in worst_first)
    return f"# {len(states)} schools\n\n| school | run |\n|---|---|\n{lines}\n"
