"""`audit group deploy`: every school's deployments at a Prefect server, and what a fleet needs beside; may be repeated.

The flows are named by module, which every worker has installed: no folder need be the same on two machines.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated

import typer
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate, WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType, WorkPool
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.home.arguments import Schools
from flows.home.exit_codes import DONE
from flows.home.settings import ConfigurationError, from_environment
from flows.prefect.audit import weekly_audit
from flows.prefect.group import group_audit
from flows.prefect.nightly_deletion import nightly_expiry
from flows.prefect.schools import schools_of
from flows.prefect.turns import shared_limits

_ENDED = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}
_RUNNING, _BEAT = "prefect.flow-run.Running", "prefect.flow-run.heartbeat"
SILENT = timedelta(minutes=6)  # prefect.env has runs tell every 30 seconds that they live, and ask for four minutes
_NOT_BEGUN = timedelta(minutes=5)
_LATER = 3  # times as long as the first, after which the second of two comes


def automations() -> Iterator[AutomationCore]:
    """Yield the automations for runs that fell silent, and those for runs that were taken and never begun."""
    lives, told = {_RUNNING, _BEAT}, {_BEAT, *_ENDED}  # one may be killed before it has told once that it lives
    yield _crash("audit: a run fell silent", lives, told, SILENT)
    yield _crash("audit: a run stayed silent", lives, told, _LATER * SILENT)
    begun = {_RUNNING, *_ENDED, "prefect.flow-run.AwaitingConcurrencySlot", "prefect.flow-run.Late"}
    taken = {"prefect.flow-run.Pending"}
    yield _crash("audit: a run was taken and not begun", taken, begun, _NOT_BEGUN)
    yield _crash("audit: a run was taken and never begun", taken, begun, _LATER * _NOT_BEGUN)


def _crash(name: str, after: set[str], expect: set[str], within: timedelta) -> AutomationCore:
    return AutomationCore(
        name=name,
        trigger=EventTrigger(
            after=after,
            expect=expect,
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=within,
        ),
        actions=[
            ChangeFlowRunState(name=None, state=StateType.CRASHED, message="Nothing was heard of it.", force=False)
        ],
    )


SCHOOLS_POOL, GROUP_POOL = "audits", "group-audits"
_ONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
_NIGHTLY = "30 2 * * *"
_NOTHING_TO_CHOOSE = {"type": "object", "properties": {}, "additionalProperties": False}
# The type of each pool, and of its processes the command. Where the command is the pool's own, Prefect starts no other
# process before it to prepare a folder, which none of these flows needs. A forked process has none.
_POOLS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (SCHOOLS_POOL, "forked-process", {}),
    (GROUP_POOL, "process", {"command": "python -m flows.prefect.engine"}),
)


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """What is deployed: the schools, when the group's run begins, and the limits of keys that schools share.

    `cron` may name several hours: whatever an earlier one began is not begun again, and what was killed is.
    """

    schools: Sequence[str]
    cron: str
    zone: str
    limits: Sequence[str] = ()


def deploy_fleet(plan: FleetPlan) -> None:
    """Make or renew the pools, limits, automations and deployments; one that is there keeps its pool's own settings."""
    with get_client(sync_client=True) as client:
        for pool in _POOLS:
            _make_pool(client, *pool)
        for limit in plan.limits:
            _make_limit(client, limit)
        for automation in automations():
            _make_automation(client, automation)
    for deployment in _deployments(plan):
        deployment.apply(work_pool_name=deployment.work_pool_name)


def _deployments(plan: FleetPlan) -> Iterator[RunnerDeployment]:
    make = partial(RunnerDeployment.from_flow, concurrency_limit=_ONE, entrypoint_type=EntrypointType.MODULE_PATH)
    for school in plan.schools:
        of_school = partial(make, parameters={"school": school}, work_pool_name=SCHOOLS_POOL)
        says = "The weekly audit of one school. Parameters are ids and days, never people."
        yield of_school(weekly_audit, school, schedules=[], description=says)
        nightly = [Cron(_NIGHTLY, timezone=plan.zone)]
        says = "The nightly deletion of what is over its clock. The parameter is an id, never a person."
        yield of_school(nightly_expiry, f"{school}-expire", schedules=nightly, description=says)
    begins = [Cron(plan.cron, timezone=plan.zone)]
    says = "Starts each school's weekly audit and waits for all. Parameters are ids and days."
    yield make(group_audit, "group", schedules=begins, description=says, work_pool_name=GROUP_POOL)


def _make_pool(client: SyncPrefectClient, name: str, kind: str, command: Mapping[str, str]) -> None:
    """Make a pool of this type, unless a pool of this name is there: of whatever type, it stays as it is.

    It has no variables: runs take no command, environment or folder from whoever starts them. ConfigurationError for
    one that is there and may let them.
    """
    job = {**command, "env": {}, "labels": {}, "stream_output": True}
    template = {"job_configuration": job, "variables": _NOTHING_TO_CHOOSE}
    try:
        there = client.read_work_pool(name)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=name, type=kind, base_job_template=template))
    else:
        if why := open_to_choice(there):
            raise ConfigurationError(f"The work pool {name}: {why}")


def open_to_choice(pool: WorkPool) -> str | None:
    """Return what to do about a pool that is not seen to leave nothing to choose to whoever starts a run; or None.

    What a pool's variables do not forbid may be wished: Prefect takes an environment even where none is named.
    """
    variables = pool.base_job_template.get("variables", {})
    if {name: variables.get(name) for name in _NOTHING_TO_CHOOSE} == _NOTHING_TO_CHOOSE:
        return None
    return (
        "whoever starts a run may choose what it runs, as in a pool that a worker made because there was none. "
        f"Stop its workers, run: prefect work-pool delete {pool.name}, and make it anew as docs/scale.md says."
    )


def _make_limit(client: SyncPrefectClient, name: str) -> None:
    try:
        client.read_global_concurrency_limit_by_name(name)
    except ObjectNotFound:
        client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=name, limit=1))


def _make_automation(client: SyncPrefectClient, automation: AutomationCore) -> None:
    if there := client.read_automations_by_name(automation.name):
        client.update_automation(there[0].id, automation)
    else:
        client.create_automation(automation)


def deploy(
    *,
    schools: Schools = "*",
    cron: Annotated[str, typer.Option(help="When the group's run begins.")] = "0 6,8,10,12 * * 1",
    zone: Annotated[str, typer.Option("--timezone", help="The time zone of that.")] = "Europe/London",
) -> int:
    """Deploy every school of the home to the Prefect server; run again, it changes only what has changed."""
    settings = from_environment()
    chosen = schools_of(settings.home, schools)
    if not os.environ.get("PREFECT_API_URL"):
        message = "PREFECT_API_URL names no server. Read deploy/prefect.env first, as docs/scale.md says."
        raise ConfigurationError(message)
    limits = shared_limits(settings, chosen)
    deploy_fleet(FleetPlan(chosen, cron, zone, limits))
    typer.echo(f"Deployed: {len(chosen)} schools with their nightly deletions; the group's run at {cron}, {zone}.")
    if limits:
        typer.echo(f"Keys that several schools share: {len(limits)}; their schools are read one after another.")
    return DONE
