"""A run of which nothing is heard any more is found: a machine is switched off, or Redis dies at the wrong moment.

The fleet of test_group.py, told by its group.toml to take a run for dead sooner than after six minutes. Beside it, on
a worker of its own, nothing has to wait for it. That it is six minutes by itself says test_group_settings.py.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.flows.fleet import OTHERS, WELL, Fleet, a_fleet, schools_under_way, until
from tests.flows.hundred import DAY
from tests.flows.stack import process_of
from tests.flows.test_prefect import rest

pytestmark = [pytest.mark.slow, pytest.mark.soak]
SILENT = 90  # seconds: three times as long as runs are silent between telling that they live
HANDED_OUT_AGAIN = 90  # seconds: longer than the minute after which Prefect by itself forgets who fell silent
SERVER = f"{sys.executable} -m tests.flows.hasty {HANDED_OUT_AGAIN}"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with a_fleet(tmp_path_factory.mktemp("fleet"), f"silent_after_seconds = {SILENT}\n", SERVER) as lent:
        yield lent


def test_a_machine_that_is_switched_off_loses_no_school(fleet):
    fleet.call(f"audit group run --as-of {DAY}")
    until(lambda: [part["state_type"] for part in fleet.parts(DAY)] == ["RUNNING"])
    [part] = fleet.parts(DAY)
    until(lambda: schools_under_way(part))

    fleet.worker.kill()
    os.kill(process_of(part), signal.SIGKILL)
    fleet.stack.work("audits", 2)

    until(lambda: fleet.newest(DAY) == WELL, 900)
    assert {tree: fleet.published(tree).count(DAY) for tree in OTHERS} == dict.fromkeys(OTHERS, 1)


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

    time.sleep(SILENT - len(runs) - 2)
    for _ in range(2):
        fleet.stack.redis.kill()
        time.sleep(3)
        fleet.stack.redis.start()
        time.sleep(12)

    wish = {"flow_runs": {"id": {"any_": runs}}}
    until(lambda: {run["state_type"] for run in rest(fleet.env, "flow_runs/filter", wish)} == {"CRASHED"}, 900)
