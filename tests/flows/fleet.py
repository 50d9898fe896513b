"""Four schools of one group on a real Prefect server with PostgreSQL and Redis, and what is asked of their runs there.

A file of tests has a fleet of its own: what one does to its workers, servers and Redis, no other file meets.
"""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.home.settings import Settings, from_environment
from tests.demo.federation import WEEK, Sister
from tests.flows.hundred import BROKEN, DAY, TREES, plant
from tests.flows.stack import Part, Stack, children, process_of, stack
from tests.flows.test_prefect import rest
from tests.simulated.serve import serve
from warehouse.store.open import opened
from warehouse.store.places import Places

WELL = {tree: "FAILED" if tree == BROKEN else "COMPLETED" for tree in TREES}
OTHERS = [tree for tree in TREES if tree != BROKEN]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Four schools deployed by one command, a worker for them, and one for the group's run."""

    stack: Stack
    env: dict[str, str]
    settings: Settings
    schools: tuple[Sister, ...]

    @property
    def worker(self) -> Part:
        """The newest worker of the schools' parts."""
        return [each for each in self.stack.workers if each.log.name.startswith("worker-audits-")][-1]

    def parts(self, day: str = DAY, flow: str = "weekly-audit") -> list[dict[str, Any]]:
        """Return the runs of this day's parts, in their order."""
        wish = {"flow_runs": {"tags": {"all_": [f"{flow} {day}"]}}, "sort": "START_TIME_ASC"}
        return list(rest(self.env, "flow_runs/filter", wish))

    def tries(self, day: str = DAY) -> dict[str, list[str]]:
        """Return the states of each school's tasks of this day, in their order."""
        wish = {"flow_runs": {"tags": {"all_": [f"weekly-audit {day}"]}}}
        every = sorted(rest(self.env, "task_runs/filter", wish), key=lambda run: run["created"])
        return {tree: [run["state_type"] for run in every if run["name"] == tree] for tree in TREES}

    def newest(self, day: str = DAY) -> dict[str, str]:
        return {tree: states[-1] for tree, states in self.tries(day).items() if states}

    def published(self, school: str) -> list[str]:
        """Return the days of which a run was published."""
        context = Places(self.settings.home, school)
        with opened(context.published, context.key.read_text().strip(), read_only=True) as copy:
            return [run for (run,) in copy.execute("select run_id from published.runs order by 1").fetchall()]

    def call(self, words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", f". deploy/prefect.env && {words}"], cwd=self.env["AUDIT_CODE"], env=self.stack.values,
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip


@contextmanager
def a_fleet(folder: Path, group: str = "", server: str = "prefect") -> Iterator[Fleet]:
    """Lend the fleet, with this group.toml and what starts its server; skip where the machine has not the programs."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    if group:
        (home / "group.toml").write_text(group, encoding="utf-8")
    world, schools = plant(home, Settings(home))
    with serve(world, now=lambda: WEEK.looked_at) as servers:
        urls = {"X": servers.x_url, "YOUTUBE": servers.youtube_url, "MEDIA": servers.media_url}
        where = {"AUDIT_HOME": str(home), **{f"AUDIT_{name}_URL": url for name, url in urls.items()}}
        quick = {"AUDIT_PATIENCE_SECONDS": "6", "PREFECT_LOGGING_LEVEL": "DEBUG"}
        quick |= {"PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2"}  # 30 by itself
        try:
            with stack(home, where | quick, server=server) as running:
                running.call("audit group deploy")
                running.work("audits", 2)
                running.work("group-audits", 1)
                yield Fleet(running, running.sourced(), from_environment(where), schools)
        except FileNotFoundError as absent:
            pytest.skip(f"{absent} is not on this machine: the fleet is not tried.")


def until(is_so: Callable[[], object], seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            pytest.fail("what was waited for did not come")
        time.sleep(0.3)


def schools_under_way(part: Mapping[str, Any]) -> set[int]:
    """Return the processes of schools that a part's process has had forked."""
    return children(children({process_of(part)}))
