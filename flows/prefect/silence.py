"""What Prefect does about a run that says nothing any more: the machine was switched off, or its processes killed.

A process of Prefect's tells every so often that it lives. Where that stops, an automation of Prefect's marks the run
Crashed; `group.py` starts again what is Crashed. An automation acts once, and what it does may be lost with a part of
the server that dies just then: each has a second one behind it, which comes later. Where the server was away,
beats are lost: a run that outlived that must not be taken for dead, so it is waited for longer than a run asks again.
"""

from collections.abc import Iterator
from datetime import timedelta

from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

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
