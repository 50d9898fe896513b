"""The weekly audit and the nightly deletion of many schools: cut into parts, of which each is a run of one deployment.

Queue, workers and every limit are Prefect's. A part's run is found again by the key that its schools, its day and its
try make, so that this flow may be killed and repeated: it begins what was not begun, and begins again only what was
killed, by its tasks' retries. Each try is a run of its own: a worker that still holds the process of a run that was
taken for dead, and is given the same run once more, ends with an error (Prefect issue 16806).
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import allow_failure, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.futures import PrefectFuture, wait
from prefect.runtime import deployment, flow_run, task_run
from prefect.states import Scheduled
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from flows.home.exit_codes import scrub_errors
from flows.home.group_settings import read_group
from flows.home.settings import ConfigurationError, Settings, from_environment, quiet
from flows.notify.telemetry import are_metrics_asked
from flows.prefect.drill import ensure_drilled
from flows.prefect.ends import states_of, table_of
from flows.prefect.fleet_look import written
from flows.prefect.parts import REPEATED, EndedBadlyError, PartsAsked, name_of, turn_of, turns_of
from flows.prefect.quotas import read_ledger
from flows.prefect.schools import schools_of
from policies.errors import UserError

SCHOOLS = r"^[a-z0-9*?\[\]!-]{1,60}$"
_AT_ONCE = 100  # parts that are waited for; each takes a thread
_LONGEST = timedelta(hours=20)  # that one run waits: one that waited for good would keep back every later one
_A_WEEK = timedelta(days=6)
_AFTER_RESET = timedelta(minutes=1)

Pattern = Annotated[str, Field(pattern=SCHOOLS)]


class PartEndedError(EndedBadlyError):
    """A part did not come to its end, or not well."""

    def __init__(self, run: FlowRun) -> None:
        state = run.state
        super().__init__((state.message if state else None) or f"The part is {run.state_name or 'unknown'}.")
        self.is_to_be_repeated = state is not None and state.is_crashed()


class GroupIncompleteError(UserError):
    """Every school was begun, but not every school came to its end, and ended well."""

    def __init__(self, states: Mapping[str, str]) -> None:
        others = Counter(state for state in states.values() if state != "COMPLETED")
        counts = ", ".join(f"{count} {state.lower().replace('_', ' ')}" for state, count in sorted(others.items()))
        super().__init__(f"Not every school is done: {counts}. The artifact says which; see: audit group report")


@task(name="part", task_run_name="{name}", **REPEATED)
def _part(name: str, schools: Sequence[str], asked: PartsAsked) -> Sequence[str]:  # noqa: ARG001 - what it is called
    with scrub_errors():
        try:
            run = asked.run(schools, str(task_run.get_run_count()))
            if asked.again and run.state is not None and run.state.is_failed():
                run = asked.run(schools, asked.again)
        except ObjectNotFound:
            raise ConfigurationError("The group is not deployed at this server. Run: audit group deploy") from None
        if run.state is None or not run.state.is_completed():
            raise PartEndedError(run)
        begun: Sequence[str] = run.parameters["schools"]
        return begun


_group = partial(flow, persist_result=False, task_runner=ThreadPoolTaskRunner(max_workers=_AT_ONCE))


@_group(name="group-audit")
def group_audit(
    schools: Pattern = "*", as_of: date | None = None, *, again: bool = False, zone: str = "Europe/London"
) -> None:
    """Audit each school whose id fits the pattern, and leave an artifact of how each ended.

    Without a day it is that for which the run was planned, in this zone. Fails where a school did not end well, once
    all have ended or 20 hours are over. A school for which no quota is left waits, and a run of this flow is planned
    for when there is. `again` begins parts of the day again that failed, too, and heeds no quota. Where group.toml has
    an address to alert, or metrics are asked for, the group's report is written at the end, and a miss is told.
    """
    quiet()
    day = as_of or _planned_day(zone)
    asked = {"as_of": str(day)} if again else {"as_of": str(day), "heeds_quota": True}
    try:
        _in_parts("weekly-audit", schools, day, asked, again=again)
    finally:
        with scrub_errors():
            if read_group(settings := from_environment(may_be_stored=True)).alert or are_metrics_asked():
                today = settings.clock().astimezone(ZoneInfo(zone)).date()
                written(settings, schools_of(settings), today, alerts=True)  # of all, whoever was run


@_group(name="group-expire")
def group_expiry(schools: Pattern = "*", *, zone: str = "Europe/London") -> None:
    """Delete in each school what is over its clock, and leave an artifact of how each ended.

    Where group.toml says in which folder the backups lie, a school is drilled that the day draws; fails where it could
    not be put back.
    """
    quiet()
    day = _planned_day(zone)
    try:
        _in_parts("expire", schools, day, {}, again=False)
    finally:
        with scrub_errors():
            if backups := read_group(settings := from_environment(may_be_stored=True)).backups:
                ensure_drilled(settings, schools_of(settings, schools), Path(backups), day)


def _planned_day(zone: str) -> date:
    planned = flow_run.get_scheduled_start_time() or from_environment(may_be_stored=True).clock()
    return planned.astimezone(ZoneInfo(zone)).date()


def _in_parts(name: str, pattern: str, day: date, parameters: Mapping[str, Any], *, again: bool) -> None:
    with scrub_errors():
        settings = from_environment(may_be_stored=True)
        schools = schools_of(settings, pattern)
        until = time.monotonic() + _LONGEST.total_seconds()
        asked = PartsAsked(name, day, parameters, until, flow_run.get_id() if again else None)
        if "heeds_quota" in parameters:
            done, waiting = _as_quotas_allow(settings, asked, schools)
            _begin_again(pattern, day, waiting.values())
        else:
            alone = dict.fromkeys(schools, frozenset[str]())  # an expiry asks no platform: nobody takes turns
            keys = alone if name == "expire" else read_ledger(settings, schools, day).turn_keys
            done, waiting = _ended(asked, schools, keys), {}
        states = states_of(asked.tag, schools, done) | dict.fromkeys(waiting, "WAITING")
        create_markdown_artifact(table_of(states), key=f"group-{name}", description="How each school ended")
        if set(states.values()) != {"COMPLETED"}:
            raise GroupIncompleteError(states)


def _as_quotas_allow(
    settings: Settings, asked: PartsAsked, schools: Sequence[str]
) -> tuple[set[str], Mapping[str, datetime]]:
    """Begin every school whose turn it is, and return those that are done, and those that wait and until when.

    A part is the same part at each hour, whoever of it waits: those that waited are begun in parts of their own.
    """
    ledger = read_ledger(settings, schools, asked.day)
    done = _ended(replace(asked, waiting=ledger.waiting()), schools, ledger.turn_keys)
    ledger = read_ledger(settings, schools, asked.day)
    if late := [each for each in ledger.due() if each not in done]:
        done |= _ended(replace(asked, late=f"{flow_run.get_id()} "), late, ledger.turn_keys)
    waiting = read_ledger(settings, schools, asked.day).waiting()
    return done, {school: until for school, until in waiting.items() if school not in done}


def _begin_again(pattern: str, day: date, waits: Collection[datetime]) -> None:
    """Plan a run of this flow for when the first of those that wait may be begun, if that is within the week."""
    at = min(waits, default=None)
    if at is None or deployment.id is None or at.date() - day > _A_WEEK:
        return
    asked = {"schools": pattern, "as_of": str(day)}
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(
            UUID(deployment.id),
            parameters=asked,
            state=Scheduled(scheduled_time=at + _AFTER_RESET),
            idempotency_key=f"group-audit {day} {pattern} {at.isoformat()}",
        )


def _ended(asked: PartsAsked, schools: Sequence[str], keys: Mapping[str, frozenset[str]]) -> set[str]:
    """Begin every part, those of one turn one after another, and wait for all; return the schools of what is done.

    A school that is not in `keys` may share one with any other: it is begun once all of those have ended.
    """
    begun: list[PrefectFuture[Sequence[str]]] = []
    unknown = turn_of([school for school in schools if school not in keys])
    for turn in [*turns_of(schools, keys), unknown]:
        before: list[Any] = [allow_failure(future) for future in begun] if turn is unknown else []
        for part in turn:
            if set(part) <= set(asked.waiting):
                continue
            future = _part.submit(name_of(part), part, asked, return_state=False, wait_for=before)
            begun.append(future)
            before = [allow_failure(future)]
    wait(begun)
    return {school for future in begun if future.state.is_completed() for school in future.result()}
