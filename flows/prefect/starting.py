"""Starts the group's run at a Prefect server, waits for it, and says how the server stands."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkerFilter,
    WorkerFilterStatus,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.home.settings import ConfigurationError
from flows.home.terminal import DoctorLine
from flows.prefect.deploying import GROUP_POOL, SCHOOLS_POOL, unfit
from flows.prefect.parts import PART

_PAUSE, _GROUP = 1.0, "group-audit/group"
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
            deployment = client.read_deployment_by_name(_GROUP)
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
            group = _group(client)
            lines = [*(_pool_line(client, pool) for pool in (SCHOOLS_POOL, GROUP_POOL)), _next_line(client)]
    except (ConfigurationError, PrefectHTTPStatusError):
        return [DoctorLine("Prefect's server", is_ok=False, says=_SILENT)]
    pattern = group.parameters.get("schools", "*") if group else ""
    lacking = [school for school in schools if not fnmatchcase(school, pattern)]
    says = f"{len(lacking)} not deployed, such as {lacking[0]}. Run: audit group deploy" if lacking else "all deployed."
    return [*lines, DoctorLine("deployments", is_ok=not lacking, says=says)]


def _group(client: SyncPrefectClient) -> DeploymentResponse | None:
    """Return the group's own deployment; None where one of a fleet's is not there."""
    names = (f"weekly-audit/{PART}", f"expire/{PART}", "group-expire/group", _GROUP)
    try:
        return [client.read_deployment_by_name(name) for name in names][-1]
    except ObjectNotFound:
        return None


def _pool_line(client: SyncPrefectClient, pool: str) -> DoctorLine:
    online = WorkerFilter(status=WorkerFilterStatus(any_=["ONLINE"]))
    try:
        why = unfit(client.read_work_pool(pool))
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
    of_flow = FlowFilter(name=FlowFilterName(any_=["group-audit"]))
    waiting = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    runs = client.read_flow_runs(flow_filter=of_flow, deployment_filter=group, flow_run_filter=waiting, limit=100)
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
