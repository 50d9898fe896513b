"""Starts the group's run at a Prefect server, waits for it, and says how the server stands."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkerFilter,
    WorkerFilterStatus,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.home.settings import ConfigurationError
from flows.home.terminal import DoctorLine
from flows.prefect.deploying import GROUP_POOL, SCHOOLS_POOL, open_to_choice
from flows.prefect.group import deployed

_PAUSE = 1.0
_SILENT = "Prefect does not answer at PREFECT_API_URL, or does not know the password. Start its server, or look there."


@dataclass(frozen=True, slots=True)
class GroupRun:
    """The group's run at the server: its id, the name of its state, and what the state says."""

    flow_run: UUID
    state: str
    says: str = ""


def start(schools: str, as_of: date | None, *, again: bool) -> GroupRun:
    """Start a run of group-audit and return it; ConfigurationError where none is deployed, or nobody answers."""
    parameters: dict[str, Any] = {"schools": schools, "again": again} | ({"as_of": str(as_of)} if as_of else {})
    try:
        with _answering() as client:
            deployment = client.read_deployment_by_name("group-audit/group")
            run = client.create_flow_run_from_deployment(deployment.id, parameters=parameters)
    except ObjectNotFound as error:
        raise ConfigurationError("The group is not deployed at this server. Run: audit group deploy") from error
    except PrefectHTTPStatusError as error:
        raise ConfigurationError(_SILENT) from error
    return GroupRun(run.id, "Scheduled")


def waited(started: GroupRun) -> GroupRun:
    """Wait until the run has ended, and return it as it is then."""
    with get_client(sync_client=True) as client:
        while True:
            state = client.read_flow_run(started.flow_run).state
            if state is not None and state.is_final():
                return GroupRun(started.flow_run, state.name or state.type.value, state.message or "")
            time.sleep(_PAUSE)


def server_lines(schools: tuple[str, ...]) -> list[DoctorLine]:
    """Return how the server stands: whether it answers, has a worker for each pool, and knows each school."""
    try:
        with _answering() as client:
            names = {deployment.name for deployment in deployed(client)}
            lines = [*(_pool_line(client, pool) for pool in (SCHOOLS_POOL, GROUP_POOL)), _next_line(client)]
    except (ConfigurationError, PrefectHTTPStatusError):
        return [DoctorLine("Prefect's server", is_ok=False, says=_SILENT)]
    lacking = [school for school in schools if school not in names]
    says = f"{len(lacking)} not deployed, such as {lacking[0]}. Run: audit group deploy" if lacking else "all deployed."
    return [*lines, DoctorLine("deployments", is_ok=not lacking, says=says)]


def _pool_line(client: SyncPrefectClient, pool: str) -> DoctorLine:
    online = WorkerFilter(status=WorkerFilterStatus(any_=["ONLINE"]))
    try:
        why = open_to_choice(client.read_work_pool(pool))
        workers = client.read_workers_for_work_pool(pool, worker_filter=online)
    except ObjectNotFound:
        return DoctorLine(f"work pool {pool}", is_ok=False, says="it is not there. Run: audit group deploy")
    if why:
        return DoctorLine(f"work pool {pool}", is_ok=False, says=why)
    if not workers:
        says = f"no worker is online. Run: prefect worker start --pool {pool}"
        return DoctorLine(f"work pool {pool}", is_ok=False, says=says)
    return DoctorLine(f"work pool {pool}", is_ok=True, says=f"workers online: {len(workers)}.")


def _next_line(client: SyncPrefectClient) -> DoctorLine:
    """Say when the group's next run begins: a server whose scheduler does not run makes none, and says nothing."""
    group = DeploymentFilter(name=DeploymentFilterName(any_=["group"]))
    waiting = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    runs = client.read_flow_runs(deployment_filter=group, flow_run_filter=waiting, limit=100)
    times = sorted(run.next_scheduled_start_time for run in runs if run.next_scheduled_start_time)
    if not times:
        says = "none is scheduled. Look into the log of Prefect's server, or start it by: audit group run"
        return DoctorLine("the group's next run", is_ok=False, says=says)
    return DoctorLine("the group's next run", is_ok=True, says=f"{times[0]:%Y-%m-%d %H:%M} UTC.")


@contextmanager
def _answering() -> Iterator[SyncPrefectClient]:
    """Lend a client of the server; ConfigurationError where nothing answers."""
    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            raise ConfigurationError(_SILENT)
        yield client
