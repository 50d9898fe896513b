"""Four schools on a real Prefect server with PostgreSQL and Redis: each is run once, whatever fails or is killed.

It alone proves the fleet: the group's flow, its limits and its report, with workers that are processes of their own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from demo.serve import serve
from flows.home.settings import Settings, from_environment
from flows.prefect.deploying import SILENT
from flows.prefect.turns import limit_name
from tests.demo.federation import WEEK, Sister
from tests.flows.documented import blocks, run
from tests.flows.hundred import BROKEN, DAY, SHARED, SHARING, TREES, plant
from tests.flows.open_files import has_open
from tests.flows.stack import Part, Stack, process_of, stack
from tests.flows.test_prefect import rest
from warehouse.store.open import opened
from warehouse.store.places import Places

pytestmark = [pytest.mark.slow, pytest.mark.soak]
TODAY = datetime.now(UTC).date().isoformat()
WELL = {tree: ["FAILED" if tree == BROKEN else "COMPLETED"] for tree in TREES}
[ONE_MACHINE], [FLEET] = blocks("One school on one machine", "scale.md"), blocks("A fleet", "scale.md")
LIMIT = limit_name("x", {"bearer": SHARED})


@dataclass(frozen=True, slots=True)
class Fleet:
    """Four schools deployed by one command, a worker for them, and one for the group's run."""

    stack: Stack
    env: dict[str, str]
    settings: Settings
    schools: tuple[Sister, ...]
    worker: Part

    def runs(self, day: str = DAY) -> dict[str, list[dict[str, Any]]]:
        """Return the runs of this day of each school's own flow."""
        names = {one["id"]: one["name"] for one in rest(self.env, "deployments/filter")}
        every = rest(self.env, "flow_runs/filter", {"limit": 200})
        of_day = [run for run in every if f"group-{day}" in run["tags"]]
        of_day.sort(key=lambda run: run["created"])
        return {tree: [run for run in of_day if names[run["deployment_id"]] == tree] for tree in TREES}

    def states(self, day: str = DAY) -> dict[str, list[str]]:
        """Return the states of each school's tries of this day, in their order."""
        return {tree: [run["state_type"] for run in runs] for tree, runs in self.runs(day).items()}

    def newest(self, day: str = DAY) -> dict[str, list[str]]:
        return {tree: states[-1:] for tree, states in self.states(day).items()}

    def published(self, school: str) -> list[str]:
        context = Places(self.settings.home, school)
        with opened(context.published, context.key.read_text().strip(), read_only=True) as copy:
            return [run for (run,) in copy.execute("select run_id from published.runs order by 1").fetchall()]

    def call(self, words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", f". deploy/prefect.env && {words}"], cwd=self.env["AUDIT_CODE"], env=self.stack.values,
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    home = tmp_path_factory.mktemp("fleet") / "home"
    home.mkdir(mode=0o700)
    world, schools = plant(home, Settings(home))
    with serve(world, now=lambda: WEEK.looked_at) as servers:
        urls = {"X": servers.x_url, "YOUTUBE": servers.youtube_url, "MEDIA": servers.media_url}
        where = {"AUDIT_HOME": str(home), **{f"AUDIT_{name}_URL": url for name, url in urls.items()}}
        quick = {"AUDIT_PATIENCE_SECONDS": "6", "PREFECT_LOGGING_LEVEL": "DEBUG"}
        quick |= {"PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2"}  # 30 by itself
        try:
            with stack(home, where | quick) as running:
                running.call("audit group deploy")
                worker = running.work("audits", 2)
                running.work("group-audits", 1)
                yield Fleet(running, running.sourced(), from_environment(where), schools, worker)
        except FileNotFoundError as absent:
            pytest.skip(f"{absent} is not on this machine: the fleet is not tried.")


def until(is_so: Callable[[], object], seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            pytest.fail("what was waited for did not come")
        time.sleep(0.3)


def test_each_school_is_started_once_and_one_that_fails_stops_nobody(fleet):
    done = fleet.call(f"audit group run --wait --as-of {DAY} --json")

    assert done.returncode == 3, done.stdout + done.stderr
    assert json.loads(done.stdout)["state"] == "Failed"
    assert "1 failed" in json.loads(done.stdout)["says"]
    assert fleet.states() == WELL
    assert {tree: fleet.published(tree) for tree in TREES if tree != BROKEN} == {
        tree: [DAY] for tree in TREES if tree != BROKEN
    }
    [artifact] = [one for one in rest(fleet.env, "artifacts/filter") if one["key"] == "group-audit"]
    assert f"| {BROKEN} | failed |" in artifact["data"]


def test_a_second_run_of_the_day_starts_none_twice(fleet):
    before = fleet.runs()

    done = fleet.call(f"audit group run --wait --as-of {DAY}")

    assert done.returncode == 3
    assert {tree: [run["id"] for run in runs] for tree, runs in fleet.runs().items()} == {
        tree: [run["id"] for run in runs] for tree, runs in before.items()
    }
    assert {run["run_count"] for runs in fleet.runs().values() for run in runs} == {1}


def test_deploying_again_makes_nothing_twice(fleet):
    before = rest(fleet.env, "deployments/filter")

    said = fleet.stack.call("audit group deploy")

    after = rest(fleet.env, "deployments/filter")
    assert "4 schools" in said
    assert "Keys that several schools share: 1" in said
    assert sorted(one["name"] for one in after) == sorted([*TREES, *(f"{tree}-expire" for tree in TREES), "group"])
    assert {one["id"]: len(one["schedules"]) for one in after} == {one["id"]: len(one["schedules"]) for one in before}
    assert sorted(one["name"] for one in rest(fleet.env, "automations/filter")) == [
        "audit: a run fell silent",
        "audit: a run stayed silent",
        "audit: a run was taken and never begun",
        "audit: a run was taken and not begun",
    ]


@contextmanager
def held(fleet: Fleet, limit: str) -> Iterator[None]:
    """Hold the one slot of a limit, as another school's pull does."""
    wish = {"names": [limit], "slots": 1}
    rest(fleet.env, "v2/concurrency_limits/increment", wish | {"mode": "concurrency"})
    try:
        yield
    finally:
        rest(fleet.env, "v2/concurrency_limits/decrement", wish | {"occupancy_seconds": 1})


def start(fleet: Fleet, school: str, day: str) -> str:
    [deployment] = [one["id"] for one in rest(fleet.env, "deployments/filter") if one["name"] == school]
    wish = {"parameters": {"as_of": day}, "state": {"type": "SCHEDULED"}}
    return str(rest(fleet.env, f"deployments/{deployment}/create_flow_run", wish)["id"])


def state_of(fleet: Fleet, run_id: str) -> str:
    return str(rest(fleet.env, "flow_runs/filter", {"flow_runs": {"id": {"any_": [run_id]}}})[0]["state_type"])


def test_a_school_waits_for_the_key_that_another_holds_and_one_with_its_own_does_not(fleet):
    with held(fleet, LIMIT):
        waits, goes = start(fleet, SHARING[0], DAY), start(fleet, "hill-view", DAY)
        until(lambda: state_of(fleet, goes) == "COMPLETED")
        assert state_of(fleet, waits) == "RUNNING"
    until(lambda: state_of(fleet, waits) == "COMPLETED")


def test_two_runs_of_one_school_are_never_at_once(fleet):
    first, second = start(fleet, BROKEN, DAY), start(fleet, BROKEN, DAY)

    until(lambda: {state_of(fleet, first), state_of(fleet, second)} == {"FAILED"})

    wish = {"flow_runs": {"id": {"any_": [first, second]}}}
    spans = sorted((run["start_time"], run["end_time"]) for run in rest(fleet.env, "flow_runs/filter", wish))
    assert spans[0][1] <= spans[1][0]


NOT_WAITED_FOR = """
import sys
from datetime import timedelta
from uuid import UUID
from prefect.client.orchestration import get_client
from flows.prefect import group
group._LONGEST = timedelta(0)
with get_client(sync_client=True) as client:
    print(group._ended(client, {"hill-view": UUID(sys.argv[1])}))
"""


def test_a_run_that_never_ends_does_not_keep_the_group_s_run_for_good(fleet):
    [deployment] = [one["id"] for one in rest(fleet.env, "deployments/filter") if one["name"] == "hill-view"]
    far = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    waits = rest(fleet.env, f"deployments/{deployment}/create_flow_run", {"state": far})["id"]

    said = subprocess.run(
        [sys.executable, "-c", NOT_WAITED_FOR, waits], env=fleet.env, cwd=fleet.env["AUDIT_CODE"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip

    rest(fleet.env, f"flow_runs/{waits}/set_state", {"state": {"type": "CANCELLED"}, "force": True})
    assert said.stdout == "{'hill-view': 'SCHEDULED'}\n"


def test_a_killed_worker_and_a_killed_run_lose_no_school_and_publish_none_twice(fleet):
    run(FLEET, fleet.stack.values)
    until(lambda: sum(run["state_type"] == "RUNNING" for runs in fleet.runs(TODAY).values() for run in runs) >= 2)
    [victim, *_] = [run for runs in fleet.runs(TODAY).values() for run in runs if run["state_type"] == "RUNNING"]

    os.kill(process_of(victim), signal.SIGKILL)
    until(lambda: state_of(fleet, victim["id"]) != "RUNNING")
    os.kill(fleet.worker.process.pid, signal.SIGKILL)
    fleet.stack.work("audits", 2)

    until(lambda: fleet.newest(TODAY) == WELL, 600)
    assert state_of(fleet, victim["id"]) == "CRASHED"
    assert Counter(len(runs) for runs in fleet.runs(TODAY).values())[2] >= 1
    assert {tree: fleet.published(tree) for tree in TREES if tree != BROKEN} == {
        tree: [DAY, TODAY] for tree in TREES if tree != BROKEN
    }


def test_the_group_s_doctor_says_a_line_for_each_school_and_how_the_server_stands(fleet):
    done = fleet.call("audit group doctor")

    lines = done.stdout.splitlines()
    assert done.returncode == 2, done.stderr
    assert lines[0].startswith("ok     work pool audits: workers online: ")
    assert "the group's next run: " in lines[2]
    assert lines[3] == "ok     deployments: all deployed."
    assert [line for line in lines[4:] if line.startswith("ok")] == [f"ok     {t}" for t in TREES if t != BROKEN]
    [wrong] = [line for line in lines[4:] if line.startswith("wrong")]
    assert wrong.startswith(f"wrong  {BROKEN}: x @damson_school: credentials.toml has no [x_main]")


def test_a_pool_whose_runs_may_be_chosen_is_refused_and_told_and_one_that_a_worker_made_is_such(fleet, tmp_path):
    closed, by_worker = tmp_path / "closed.json", tmp_path / "by_worker.json"
    [pool] = rest(fleet.env, "work_pools/filter", {"work_pools": {"name": {"any_": ["group-audits"]}}})
    closed.write_text(json.dumps(pool["base_job_template"]))
    fleet.stack.call(f"prefect work-pool get-default-base-job-template --type process > {by_worker}")
    update = "prefect work-pool update group-audits --base-job-template"
    fleet.stack.call(f"{update} {by_worker}")
    deployed, looked_at = fleet.call("audit group deploy"), fleet.call("audit group doctor")
    fleet.stack.call(f"{update} {closed}")

    assert (deployed.returncode, deployed.stdout) == (2, "")
    told = deployed.stderr.splitlines()[-1]
    assert told.startswith("The work pool group-audits: whoever starts a run may choose what it runs")
    assert "prefect work-pool delete group-audits" in told
    assert looked_at.stdout.splitlines()[1].startswith("wrong  work pool group-audits: whoever starts a run may choose")
    assert fleet.call("audit group deploy").returncode == 0


def test_nothing_that_prefect_keeps_holds_a_name_an_account_or_a_key(fleet):
    folder = fleet.stack.folder
    with psycopg.connect(host=str(folder), user="audit", dbname="postgres") as book:
        names = "select table_name from information_schema.tables where table_schema = 'public'"
        tables = [name for (name,) in book.execute(names)]
        rows = [str(row) for table in tables for row in book.execute(f'select * from "{table}"')]
    logs = [path.read_text() for path in folder.glob("*.log")]
    kept = "\n".join([*rows, *logs])

    told = [name for school in fleet.schools for name in (*school.names, *school.credential.values())]
    assert "weekly-audit" in kept
    assert [name for name in (*told, SHARED) if name in kept] == []


def test_one_school_on_one_machine_is_run_as_the_page_says(fleet):
    where = {name: value for name, value in fleet.stack.values.items() if name.startswith("AUDIT_")}

    said = run(ONE_MACHINE, where)

    assert "Report: " in said
    assert fleet.published("hill-view") == [DAY, TODAY]


def test_what_failed_is_begun_again_once_it_is_put_right_and_asked_for(fleet):
    [broken] = [school for school in fleet.schools if school.id == BROKEN]
    keys = "".join(f'{name} = "{value}"\n' for name, value in broken.credential.items())
    (Places(fleet.settings.home, BROKEN).folder / "credentials.toml").write_text(f"[x_main]\n{keys}")

    done = fleet.call(f"audit group run --wait --again --as-of {TODAY}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert fleet.newest(TODAY) == {tree: ["COMPLETED"] for tree in TREES}
    assert fleet.published(BROKEN) == [TODAY]


def test_a_machine_that_is_switched_off_loses_no_school(fleet):
    fleet.call(f"audit group run --as-of {DAY}")
    until(lambda: sum(states == ["RUNNING"] for states in fleet.states().values()) == 2)

    fleet.worker.kill()
    fleet.stack.work("audits", 2)

    until(lambda: fleet.newest() == WELL, 900)
    assert {tree: fleet.published(tree) for tree in TREES if tree != BROKEN} == {
        tree: [DAY] for tree in TREES if tree != BROKEN
    }


def test_what_fell_silent_while_redis_was_away_is_found_once_it_is_back(fleet):
    flow = rest(fleet.env, "flows/", {"name": "silent"})["id"]
    running = {"flow_id": flow, "state": {"type": "RUNNING"}}
    runs = []
    for number in range(30):  # one a second; every second one tells once that it lives, and none ever again
        run_id = rest(fleet.env, "flow_runs/", running)["id"]
        runs.append(run_id)
        if number % 2:
            told = {
                "id": str(uuid4()),
                "occurred": datetime.now(UTC).isoformat(),
                "event": "prefect.flow-run.heartbeat",
            }
            rest(fleet.env, "events", [told | {"resource": {"prefect.resource.id": f"prefect.flow-run.{run_id}"}}])
        time.sleep(1)

    time.sleep(SILENT.total_seconds() - len(runs) - 2)
    for _ in range(2):
        fleet.stack.redis.kill()
        time.sleep(3)
        fleet.stack.redis.start()
        time.sleep(12)

    wish = {"flow_runs": {"id": {"any_": runs}}}
    until(lambda: {run["state_type"] for run in rest(fleet.env, "flow_runs/filter", wish)} == {"CRASHED"}, 900)


def fallen_asleep(fleet: Fleet) -> tuple[str, dict[str, Any]]:
    """Stop the process of a run of today in the middle of its work, with its school's file in use."""
    until_tried = time.monotonic() + 300
    while time.monotonic() < until_tried:
        for school, runs in fleet.runs(TODAY).items():
            is_under_way = [run["state_type"] for run in runs] == ["RUNNING"] and runs[0]["infrastructure_pid"]
            if is_under_way and school != BROKEN:
                process, warehouse = process_of(runs[0]), Places(fleet.settings.home, school).warehouse
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGSTOP)
                    if has_open(Path("/proc") / str(process), warehouse):
                        return school, runs[0]
                    os.kill(process, signal.SIGCONT)
        time.sleep(0.1)
    pytest.fail("no run was met in the middle of its work")


def test_a_run_that_lives_and_was_taken_for_dead_publishes_once_and_its_worker_goes_on(fleet):
    group = fleet.call(f"audit group run --as-of {TODAY}").stdout.split(":")[0]
    school, run = fallen_asleep(fleet)
    asleep = process_of(run)

    rest(fleet.env, f"flow_runs/{run['id']}/set_state", {"state": {"type": "CRASHED"}, "force": True})
    until(lambda: len(fleet.runs(TODAY)[school]) == 2 and fleet.states(TODAY)[school][1] == "FAILED")
    os.kill(asleep, signal.SIGCONT)

    until(lambda: state_of(fleet, group) in {"COMPLETED", "FAILED"})
    until(lambda: fleet.states(TODAY)[school] == ["COMPLETED", "FAILED"])
    assert {tree: fleet.published(tree).count(TODAY) for tree in TREES if tree != BROKEN} == {
        tree: 1 for tree in TREES if tree != BROKEN
    }
