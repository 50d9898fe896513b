"""What a fleet's runs came to, from Prefect's own times and from what each run wrote down of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from tests.bench.fleet.watching import ProcessUse
from warehouse.runs.run_progress import read_progress
from warehouse.store.open import opened
from warehouse.store.places import Places


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """One school's newest run: seconds by its own account, the most memory in MiB, processor seconds."""

    school: str
    code: int | None
    own: float
    peak: int
    cpu: float


@dataclass(frozen=True, slots=True)
class PartTime:
    """One try of a part: its state, and its seconds from being taken by a worker to its end."""

    state: str
    taken_for: float


def times(home: Path, schools: Sequence[str], uses: Mapping[int, ProcessUse]) -> list[SchoolTime]:
    """Return the time of each school's newest run, in the order in which they ended."""
    made = []
    for school in schools:
        if (progress := read_progress(Places(home, school).folder)) and progress.ended_at:
            own = (progress.ended_at - progress.began_at).total_seconds()
            use = uses.get(progress.pid or 0, ProcessUse())
            made.append((progress.ended_at, SchoolTime(school, progress.code, own, use.peak, use.cpu)))
    return [each for _, each in sorted(made, key=lambda pair: pair[0])]


def parts(day: str, server: Mapping[str, str]) -> list[PartTime]:
    """Return every try of every part of a day; `server` is its environment."""
    answers = {PREFECT_API_URL: server["PREFECT_API_URL"], PREFECT_API_AUTH_STRING: server["PREFECT_API_AUTH_STRING"]}
    of_day = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"weekly-audit {day}"]))
    with temporary_settings(answers), get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=of_day, limit=200)
        return [PartTime(run.state_type.value if run.state_type else "", _taken_for(client, run)) for run in runs]


def _taken_for(client: SyncPrefectClient, run: Any) -> float:
    taken = [state.timestamp for state in client.read_flow_run_states(run.id) if state.is_pending()]
    return (run.end_time - max(taken)).total_seconds() if taken and run.end_time else 0.0


def published(home: Path, schools: Sequence[str], key: str) -> dict[str, int]:
    """Return how many runs each school has published; none where nothing is."""
    counts = dict.fromkeys(schools, 0)
    for school in schools:
        if (copy := Places(home, school).published).exists():
            with opened(copy, key, read_only=True) as db:
                [(counts[school],)] = db.execute("select count(*) from published.runs").fetchall()
    return counts


def summary(rows: Sequence[SchoolTime], made: Sequence[PartTime], began: datetime, ended: datetime) -> dict[str, Any]:
    """Return the figures of one fleet's run; memory by quarters of the run, to see whether it is flat."""
    well = [row for row in rows if row.code == 0]
    wall, schools = (ended - began).total_seconds(), max(len(well), 1)
    quarter = max(len(well) // 4, 1)
    taken = sum(part.taken_for for part in made)
    return {
        "schools": len(rows),
        "completed": len(well),
        "parts": len(made),
        "parts_tried_again": sum(part.state != "COMPLETED" for part in made),
        "seconds": round(wall, 1),
        "seconds_per_school": round(wall / schools, 2),
        "own_seconds_median": round(median([row.own for row in well] or [0.0]), 2),
        "cpu_seconds_median": round(median([row.cpu for row in well] or [0.0]), 2),
        "part_seconds_not_the_schools": round(1 - sum(row.own for row in rows) / taken, 3) if taken else 0.0,
        "peak_mib_first_quarter": max((row.peak for row in well[:quarter]), default=0),
        "peak_mib_last_quarter": max((row.peak for row in well[-quarter:]), default=0),
        "reckoned_minutes_for_600": round(wall / schools * 600 / 60, 1),
    }
