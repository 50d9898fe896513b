"""The parts of a group: cut by the keys that schools read X with, each begun as a run of one deployment.

X counts requests by key, in windows of a quarter of an hour: schools with keys of their own are read at once, and those
that share one one after another. YouTube counts units a day, in whatever order they are asked for.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment

from flows.home.context import find_school
from flows.home.keys import read_credentials
from flows.home.settings import Settings
from policies.errors import UserError
from policies.school_file import read_school

PART = "any_school"  # the deployment of a part; no school is called so: an id has no underscore
SIZE = 25  # schools: what a part begins with, imports and Prefect's own, is then a fiftieth of it
_COUNTED_BY = ("access_token", "bearer")  # of a credential, what X counts by: the user's token or the app's


class GroupOverError(UserError):
    """The group's time was over before a part of it began."""


Turn = tuple[tuple[str, ...], ...]  # parts that are run one after another


def turns_of(settings: Settings, schools: Sequence[str], size: int = SIZE) -> list[Turn]:
    """Return the parts, each of at most `size` schools, in turns that may be run at once.

    Who shares a key is in one part, or in parts of one turn. The same schools and keys give the same parts.
    """
    turns: list[Turn] = []
    filling: list[str] = []
    for sharing in sharing_keys((school, _keys_of(settings, school)) for school in schools):
        if len(sharing) > size:
            turns.append(tuple(_cut(sharing, size)))
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


def _cut(schools: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return (tuple(schools[first : first + size]) for first in range(0, len(schools), size))


def _keys_of(settings: Settings, school_id: str) -> frozenset[str]:
    """Return a hash of each key with which the school reads X.

    A school whose files cannot be read has none here: its own run, and `audit group doctor`, say what is wrong.
    """
    try:
        places = find_school(settings, school_id)
        blocks, accounts = read_credentials(places), read_school(places.settings).account
    except UserError:
        return frozenset()
    used = [a.credential for a in accounts if a.platform == "x" and a.reads != "archive" and a.credential in blocks]
    counted = (next((blocks[c][n] for n in _COUNTED_BY if blocks[c].get(n)), None) for c in used if c)
    return frozenset(sha256(key.encode()).hexdigest() for key in counted if key)


def name_of(schools: Sequence[str]) -> str:
    """Return what a part is called."""
    return f"{schools[0]} to {schools[-1]}"


@dataclass(frozen=True, slots=True)
class PartsAsked:
    """What every part of a group's run has in common: the flow, the day, its parameters, and by when it must end.

    `again` is the id of the group's run where what failed is to be begun again by it.
    """

    flow: str
    day: date
    parameters: Mapping[str, Any]
    until: float
    again: str | None = None

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
            parameters={**self.parameters, "schools": list(schools)},
            flow_run_name=name_of(schools),
            timeout=left,
            tags=[self.tag],
            idempotency_key=f"{self.tag} {key} {number}",
            as_subflow=False,
        )
        return cast("FlowRun", run)  # nobody awaits here
