"""What a fleet's runs came to, from Prefect's own times and from what each run wrote down of itself."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterTags,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.home.settings import from_environment
from flows.home.workspace import read_copy
from tests.bench.fleet.watching import ProcessUse
from warehouse.runs.run_progress import read_progress
from warehouse.store.open import opened
from warehouse.store.places import Places

_PAGE = 200  # the most that a Prefect server answers at once
_NEVER = datetime.min.replace(tzinfo=UTC)
_AT_ONCE = 2  # schools that are read at the end, a processor each


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """One school's newest run: seconds by its own account, the most memory in MiB, processor seconds.

    `published` is how many runs of its stand in what it has published.
    """

    school: str
    code: int | None = None
    own: float = 0.0
    peak: int = 0
    cpu: float = 0.0
    published: int = 0
    ended_at: datetime = _NEVER


@dataclass(frozen=True, slots=True)
class PartTime:
    """One try of a part: its state, and its seconds from being taken by a worker to its end."""

    state: str
    taken_for: float


def times(env: Mapping[str, str], schools: Sequence[str], uses: Mapping[int, ProcessUse], key: str) -> list[SchoolTime]:
    """Return each school's newest run, in the order in which they ended; `env` says where the schools are."""
    settings = from_environment(env, may_be_stored=True)

    def time_of(school: str) -> SchoolTime:
        with read_copy(settings, school) as local:
            places = Places(local.home, school)
            counted, progress = _published(places, key), read_progress(places.folder)
        if progress is None or progress.ended_at is None:
            return SchoolTime(school, published=counted)
        use = uses.get(progress.pid or 0, ProcessUse())
        return SchoolTime(
            school, progress.code, progress.took or 0.0, use.peak, use.cpu, counted, progress.ended_at
        )  # fmt: skip

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return sorted(threads.map(time_of, schools), key=lambda each: each.ended_at)


def _published(places: Places, key: str) -> int:
    if not places.published.exists():
        return 0
    with opened(places.published, key, read_only=True) as db:
        [(count,)] = db.execute("select count(*) from published.runs").fetchall()
    return int(count)


@contextmanager
def _answering(server: Mapping[str, str]) -> Iterator[SyncPrefectClient]:
    answers = {PREFECT_API_URL: server["PREFECT_API_URL"], PREFECT_API_AUTH_STRING: server["PREFECT_API_AUTH_STRING"]}
    with temporary_settings(answers), get_client(sync_client=True) as client:
        yield client


def _of_day(day: str) -> FlowRunFilter:
    return FlowRunFilter(tags=FlowRunFilterTags(all_=[f"weekly-audit {day}"]))


def counting_done(day: str, server: Mapping[str, str]) -> Callable[[], int]:
    """Return what says how many schools are done, by their tasks; while the server is away, how many were."""
    done: set[str] = set()
    well = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=[StateType.COMPLETED])))

    def count() -> int:
        try:
            with _answering(server) as client:
                read = 0
                while page := client.read_task_runs(
                    flow_run_filter=_of_day(day), task_run_filter=well, limit=_PAGE, offset=read
                ):
                    read += len(page)
                    done.update(run.name for run in page)
        except (httpx.TransportError, PrefectHTTPStatusError):
            pass
        return len(done)

    return count


def parts(day: str, server: Mapping[str, str]) -> list[PartTime]:
    """Return every try of every part of a day; `server` is its environment."""
    with _answering(server) as client:
        runs = client.read_flow_runs(flow_run_filter=_of_day(day), limit=_PAGE)
        return [PartTime(run.state_type.value if run.state_type else "", _taken_for(client, run)) for run in runs]


def task_seconds(day: str, server: Mapping[str, str]) -> float:
    """Return how long the tasks of all schools took on a day, by Prefect: with each school's way to the store."""
    taken = 0.0
    with _answering(server) as client:
        read = 0
        while page := client.read_task_runs(flow_run_filter=_of_day(day), limit=_PAGE, offset=read):
            read += len(page)
            taken += sum(run.total_run_time.total_seconds() for run in page)
    return taken


def _taken_for(client: SyncPrefectClient, run: Any) -> float:
    taken = [state.timestamp for state in client.read_flow_run_states(run.id) if state.is_pending()]
    return (run.end_time - max(taken)).total_seconds() if taken and run.end_time else 0.0


def summary(
    rows: Sequence[SchoolTime], made: Sequence[PartTime], in_tasks: float, began: datetime, ended: datetime
) -> dict[str, Any]:
    """Return the figures of one fleet's run; memory by quarters of the run, to see whether it is flat."""
    well = [row for row in rows if row.code == 0]
    wall, schools = (ended - began).total_seconds(), max(len(well), 1)
    quarter = max(len(well) // 4, 1)
    taken = sum(part.taken_for for part in made)
    return {
        "schools": len(rows),
        "published_by_schools": dict(Counter(str(row.published) for row in rows)),
        "completed": len(well),
        "parts": len(made),
        "parts_tried_again": sum(part.state != "COMPLETED" for part in made),
        "seconds": round(wall, 1),
        "seconds_per_school": round(wall / schools, 2),
        "own_seconds_median": round(median([row.own for row in well] or [0.0]), 2),
        "cpu_seconds_median": round(median([row.cpu for row in well] or [0.0]), 2),
        "part_seconds_not_the_schools": round(1 - sum(row.own for row in rows) / taken, 3) if taken else 0.0,
        "part_seconds_outside_tasks": round(1 - in_tasks / taken, 3) if taken else 0.0,
        "peak_mib_first_quarter": max((row.peak for row in well[:quarter]), default=0),
        "peak_mib_last_quarter": max((row.peak for row in well[-quarter:]), default=0),
        "reckoned_minutes_for_600": round(wall / schools * 600 / 60, 1),
    }
