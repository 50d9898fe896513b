"""`audit group deploy`: a fleet's four deployments at a Prefect server, and what they need beside; may be repeated.

The flows are named by module, which every worker has installed: no folder need be the same on two machines.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from functools import partial
from typing import Annotated

import typer
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType, WorkPool
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.home.arguments import Schools
from flows.home.exit_codes import DONE
from flows.home.group_settings import read_group
from flows.home.settings import ConfigurationError, from_environment
from flows.prefect.group import group_audit, group_expiry
from flows.prefect.part import nightly_expiry, weekly_audit
from flows.prefect.parts import PART
from flows.prefect.schools import schools_of

_ENDED = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}
_RUNNING, _BEAT = "prefect.flow-run.Running", "prefect.flow-run.heartbeat"
_NOT_BEGUN = timedelta(minutes=5)
_LATER = 3  # times as long as the first, after which the second of two comes


def automations(silent: timedelta) -> Iterator[AutomationCore]:
    """Yield the automations for runs that are silent for so long, and those for runs that were taken and not begun."""
    lives, told = {_RUNNING, _BEAT}, {_BEAT, *_ENDED}  # one may be killed before it has told once that it lives
    yield _crash("audit: a run fell silent", lives, told, silent)
    yield _crash("audit: a run stayed silent", lives, told, _LATER * silent)
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
_PAGE = 100  # below the most that a Prefect server answers at once
_NOTHING_TO_CHOOSE = {"type": "object", "properties": {}, "additionalProperties": False}
_COMMAND = "python -m prefect.engine"  # Prefect's own; said, lest it start a process before it to prepare a folder
_BEFORE = {"weekly-audit": "", "expire": "-expire"}  # flows that may have a deployment for each school, named so


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """What is deployed: which schools, by a pattern of their ids, when the group's run begins, and in which time zone.

    After `silent` without a word a run is taken for dead.

    `cron` may name several hours: whatever an earlier one began is not begun again, and what was killed is.
    """

    schools: str
    cron: str
    zone: str
    silent: timedelta


def deploy_fleet(plan: FleetPlan) -> None:
    """Make or renew the pools, automations and deployments; a pool that is there keeps its own settings.

    A school's own deployments, of an earlier release or of whoever deployed it alone, give way to the group's.
    """
    with get_client(sync_client=True) as client:
        for pool in (SCHOOLS_POOL, GROUP_POOL):
            _make_pool(client, pool)
        for automation in automations(plan.silent):
            _make_automation(client, automation)
        for deployment in _deployments(plan):
            deployment.apply(work_pool_name=deployment.work_pool_name)
        for name, ending in _BEFORE.items():
            _take_away(client, name, ending, plan.schools)


def _deployments(plan: FleetPlan) -> Iterator[RunnerDeployment]:
    make = partial(RunnerDeployment.from_flow, entrypoint_type=EntrypointType.MODULE_PATH)
    part = partial(make, name=PART, schedules=[], work_pool_name=SCHOOLS_POOL)
    yield part(weekly_audit, description="The weekly audit of some schools. Parameters are ids and days, never people.")
    yield part(nightly_expiry, description="The deletion of what is over its clock. Parameters are ids, never people.")
    asked = {"schools": plan.schools, "zone": plan.zone}
    group = partial(make, name="group", parameters=asked, concurrency_limit=_ONE, work_pool_name=GROUP_POOL)
    for whole, cron in ((group_audit, plan.cron), (group_expiry, _NIGHTLY)):
        says = "Starts the same for all schools, in parts, and waits for them. Parameters are ids and days."
        yield group(whole, schedules=[Cron(cron, timezone=plan.zone)], description=says)


def _take_away(client: SyncPrefectClient, name: str, ending: str, schools: str) -> None:
    of_flow, every = FlowFilter(name=FlowFilterName(any_=[name])), list[DeploymentResponse]()
    while page := client.read_deployments(flow_filter=of_flow, limit=_PAGE, offset=len(every)):
        every += page
    for each in every:
        if each.name != PART and fnmatchcase(each.name.removesuffix(ending), schools):
            client.delete_deployment(each.id)


def _make_pool(client: SyncPrefectClient, name: str) -> None:
    """Make a pool of processes, unless a pool of this name is there: of whatever type, it stays as it is.

    It has no variables: runs take no command, environment or folder from whoever starts them. ConfigurationError for
    one that is there and may let them, or that has no worker any more.
    """
    job = {"command": _COMMAND, "env": {}, "labels": {}, "stream_output": True}
    template = {"job_configuration": job, "variables": _NOTHING_TO_CHOOSE}
    try:
        there = client.read_work_pool(name)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))
    else:
        if why := unfit(there):
            raise ConfigurationError(f"The work pool {name}: {why}")


def unfit(pool: WorkPool) -> str | None:
    """Return what to do about a pool that is not seen to leave nothing to choose to whoever starts a run; or None.

    What a pool's variables do not forbid may be wished: Prefect takes an environment even where none is named. The same
    is to be done about one of a type, or with a command, that an earlier release of this program had.
    """
    anew = f"Stop its workers, run: prefect work-pool delete {pool.name}, and make it anew as docs/scale.md says."
    if pool.type == "forked-process" or "flows.prefect.engine" in str(pool.base_job_template):
        return f"it is an earlier release's, and none of its runs would begin. {anew}"
    variables = pool.base_job_template.get("variables", {})
    if {name: variables.get(name) for name in _NOTHING_TO_CHOOSE} == _NOTHING_TO_CHOOSE:
        return None
    return (
        f"whoever starts a run may choose what it runs, as in a pool that a worker made because there was none. {anew}"
    )


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
    """Deploy the schools of the home to the Prefect server; run again, it changes only what has changed."""
    settings = from_environment(may_be_stored=True)
    chosen = schools_of(settings, schools)
    silent = timedelta(seconds=read_group(settings).silent_after_seconds)
    if not os.environ.get("PREFECT_API_URL"):
        message = "PREFECT_API_URL names no server. Read deploy/prefect.env first, as docs/scale.md says."
        raise ConfigurationError(message)
    deploy_fleet(FleetPlan(schools, cron, zone, silent))
    typer.echo(f"Deployed: {len(chosen)} schools, their audit at {cron} and their deletion at {_NIGHTLY}, {zone}.")
    return DONE
