"""The parts of a group: cut by the keys that schools read X with, each begun as a run of one deployment.

X counts requests by key, in windows of a quarter of an hour: schools with keys of their own are read at once, and those
that share one one after another. YouTube counts units a day, in whatever order they are asked for.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.deployments import run_deployment
from prefect.tasks import Task

from policies.errors import UserError

PART = "any_school"  # the deployment of a part; no school is called so: an id has no underscore
SIZE = 25  # schools: what a part begins with, imports and Prefect's own, is then a twentieth of it


class EndedBadlyError(UserError):
    """A part, or a school, did not come to its end, or not well; `is_to_be_repeated` where it may be begun again."""

    is_to_be_repeated = False


def _repeats(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, EndedBadlyError) and error.is_to_be_repeated


REPEATED: dict[str, Any] = {  # how a task is declared that is begun again where what it waits for was killed or away
    "retries": 3,
    "retry_delay_seconds": [5, 20, 60],  # a server that is begun anew is there by then
    "retry_condition_fn": _repeats,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


class GroupOverError(UserError):
    """The group's time was over before a part of it began."""


Turn = tuple[tuple[str, ...], ...]  # parts that are run one after another


def turns_of(schools: Sequence[str], keys: Mapping[str, frozenset[str]], size: int = SIZE) -> list[Turn]:
    """Return the parts, each of at most `size` schools, in turns that may be run at once.

    Who shares one of the `keys` is in one part, or in parts of one turn; a school that is not in them is in none. The
    same schools and keys give the same parts.
    """
    turns: list[Turn] = []
    filling: list[str] = []
    for sharing in sharing_keys((school, keys[school]) for school in schools if school in keys):
        if len(sharing) > size:
            turns.append(turn_of(sharing, size))
            continue
        if len(filling) + len(sharing) > size:
            turns.append((tuple(filling),))
            filling = []
        filling += sharing
    return [*turns, (tuple(filling),)] if filling else turns


def sharing_keys(schools: Iterable[tuple[str, frozenset[str]]]) -> list[list[str]]:
    """Return the schools in groups that have no key in common with each other, in the order of their first."""
    groups: list[tuple[set[str], list[str]]] = []
    for school, keys in schools:
        joined = [group for group in groups if keys & group[0]]
        if not joined:
            groups.append((set(keys), [school]))
            continue
        first, *others = joined
        for other in others:
            first[0].update(other[0])
            first[1].extend(other[1])
            groups.remove(other)
        first[0].update(keys)
        first[1].append(school)
    return [sorted(group) for _, group in groups]


def turn_of(schools: Sequence[str], size: int = SIZE) -> Turn:
    """Return the parts of schools of which no two may be run at once."""
    return tuple(tuple(schools[first : first + size]) for first in range(0, len(schools), size))


def name_of(schools: Sequence[str]) -> str:
    """Return what a part is called."""
    return f"{schools[0]} to {schools[-1]}"


@dataclass(frozen=True, slots=True)
class PartsAsked:
    """What every part of a group's run has in common: the flow, the day, its parameters, and by when it must end.

    `again` is the id of the group's run where what failed is to be begun again by it, `late` where these schools waited
    and are begun late. `waiting` are the schools that a part has and does not begin.
    """

    flow: str
    day: date
    parameters: Mapping[str, Any]
    until: float
    again: str | None = None
    late: str = ""
    waiting: Collection[str] = ()

    @property
    def tag(self) -> str:
        """What is written on the run of each part, so that they are found again."""
        return f"{self.flow} {self.day}"

    def run(self, schools: Sequence[str], number: str) -> FlowRun:
        """Begin a try of a part, unless it was begun before, and return how it ended; GroupOverError if it is late."""
        if (left := self.until - time.monotonic()) <= 0:
            raise GroupOverError("The group's time is over, so this part was not begun. Run the group again.")
        key = sha256(",".join(schools).encode()).hexdigest()[:16]
        run = run_deployment(
            f"{self.flow}/{PART}",
            parameters={**self.parameters, "schools": [each for each in schools if each not in self.waiting]},
            flow_run_name=name_of(schools),
            timeout=left,
            tags=[self.tag],
            idempotency_key=f"{self.tag} {key} {self.late}{number}",
            as_subflow=False,
        )
        return cast("FlowRun", run)  # nobody awaits here
