"""What a fleet's runs came to, from Prefect's own times and from what each run wrote down of itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.prefect.group import deployed
from tests.bench.fleet.watching import ProcessUse
from warehouse.runs.run_progress import read_progress
from warehouse.store.open import opened
from warehouse.store.places import Places


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """One school's newest try: seconds of its process from being taken to its end, and of these the audit's own.

    `peak` is the most memory in MiB, `cpu` the processor time in seconds. `begins` is from being taken until the
    audit's own code runs: the start of the process and all its imports.
    """

    school: str
    state: str
    tries: int
    taken_for: float
    own: float
    begins: float
    peak: int
    cpu: float

    @property
    def overhead(self) -> float:
        """The share of the process's time that is not the audit's."""
        return 1 - self.own / self.taken_for if self.taken_for else 0.0


def times(home: Path, day: str, uses: Mapping[int, ProcessUse], server: Mapping[str, str]) -> list[SchoolTime]:
    """Return the time of each school's run of a day, in the order in which they ended; `server` is its environment."""
    answers = {PREFECT_API_URL: server["PREFECT_API_URL"], PREFECT_API_AUTH_STRING: server["PREFECT_API_AUTH_STRING"]}
    with temporary_settings(answers), get_client(sync_client=True) as client:
        schools = {deployment.id: deployment.name for deployment in deployed(client)}
        runs = [run for run in _runs(client) if run.parameters.get("as_of") == day and run.deployment_id in schools]
        tries = Counter(run.deployment_id for run in runs)
        newest = {run.deployment_id: run for run in sorted(runs, key=lambda run: str(run.created))}
        return [
            _time(client, home, schools[deployment_id], run, tries[deployment_id], _use(run, uses))
            for deployment_id, run in sorted(newest.items(), key=lambda each: str(each[1].end_time))
        ]


def _runs(client: SyncPrefectClient) -> list[FlowRun]:
    every: list[FlowRun] = []
    while page := client.read_flow_runs(limit=200, offset=len(every)):
        every += page
    return every


def _use(run: FlowRun, uses: Mapping[int, ProcessUse]) -> ProcessUse:
    number = (run.infrastructure_pid or "").rpartition(":")[2]
    return uses.get(int(number), ProcessUse()) if number else ProcessUse()


def _time(client: SyncPrefectClient, home: Path, school: str, run: FlowRun, tries: int, use: ProcessUse) -> SchoolTime:
    progress = read_progress(Places(home, school).folder)
    taken = [s.timestamp for s in client.read_flow_run_states(run.id) if s.is_pending()]
    span = [moment for moment in (max(taken, default=None), run.end_time) if moment]
    whole = (span[1] - span[0]).total_seconds() if len(span) == 2 else 0.0
    began, ended = (progress.began_at, progress.ended_at) if progress else (None, None)
    own = (ended - began).total_seconds() if began and ended else 0.0
    begins = (began - span[0]).total_seconds() if began and span else 0.0
    state = run.state_type.value if run.state_type else ""
    return SchoolTime(school, state, tries, whole, own, begins, use.peak, use.cpu)


def published(home: Path, schools: Sequence[str], key: str) -> dict[str, int]:
    """Return how many runs each school has published; none where nothing is."""
    counts = dict.fromkeys(schools, 0)
    for school in schools:
        if (copy := Places(home, school).published).exists():
            with opened(copy, key, read_only=True) as db:
                [(counts[school],)] = db.execute("select count(*) from published.runs").fetchall()
    return counts


def summary(rows: Sequence[SchoolTime], began: datetime, ended: datetime) -> dict[str, Any]:
    """Return the figures of one fleet's run; memory by quarters of the run, to see whether it is flat."""
    well = [row for row in rows if row.state == "COMPLETED"]
    wall = (ended - began).total_seconds()
    quarter = max(len(well) // 4, 1)
    return {
        "schools": len(rows),
        "completed": len(well),
        "tried_again": sum(row.tries > 1 for row in rows),
        "seconds": round(wall, 1),
        "seconds_per_school": round(wall / max(len(well), 1), 2),
        "process_seconds_median": round(median([row.taken_for for row in well] or [0.0]), 2),
        "own_seconds_median": round(median([row.own for row in well] or [0.0]), 2),
        "begins_seconds_median": round(median([row.begins for row in well] or [0.0]), 2),
        "cpu_seconds_median": round(median([row.cpu for row in well] or [0.0]), 2),
        "overhead_share_median": round(median([row.overhead for row in well] or [0.0]), 3),
        "peak_mib_first_quarter": max((row.peak for row in well[:quarter]), default=0),
        "peak_mib_last_quarter": max((row.peak for row in well[-quarter:]), default=0),
        "reckoned_minutes_for_600": round(wall / max(len(well), 1) * 600 / 60, 1),
    }
