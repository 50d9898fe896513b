"""How each school of a group's run ended, as Prefect's server noted it of the tasks of its parts."""

import time
from collections.abc import Collection, Mapping, Sequence

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import StateType, TaskRun

_PAGE = 200  # the most that a Prefect server answers at once
_SETTLED = 15.0  # seconds in which the server has noted how a part's tasks ended


def states_of(tag: str, schools: Sequence[str], done: Collection[str]) -> dict[str, str]:
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


def table_of(states: Mapping[str, str]) -> str:
    """Return in Markdown how each school ended, those that are not done first."""
    worst_first = sorted(states.items(), key=lambda each: (each[1] == "COMPLETED", each))
    lines = "\n".join(f"| {school} | {state.lower().replace('_', ' ')} |" for school, state in worst_first)
    return f"# {len(states)} schools\n\n| school | state |\n|---|---|\n{lines}\n"
