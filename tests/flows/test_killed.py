"""A run that is killed at any point: the next one publishes the same, and buys no page twice.

A page that was under way when the process died never reached it, so it alone may be asked for again; X charges a
resource once per UTC day, so the bill is the same.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.flows.calling import published
from tests.flows.village import SCHOOL, village

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
POINTS = 20


class Zygote:
    """Forks runs from a process that has imported everything."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.flows.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._read() == {"ready": True}

    def _read(self) -> dict[str, int]:
        assert self.process.stdout is not None
        answer: dict[str, int] = json.loads(self.process.stdout.readline())
        return answer

    def run(self, environment: dict[str, str], *, kill_after: float | None = None) -> dict[str, int]:
        """Run the audit, killed after so many seconds, and return how it ended."""
        assert self.process.stdin is not None
        request = {"args": ["run", SCHOOL, "--as-of", "2026-11-02"], "env": environment}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        pid = self._read()["pid"]
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return self._read()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def zygote():
    made = Zygote()
    yield made
    made.close()


@pytest.fixture(scope="module")
def undisturbed(zygote, tmp_path_factory):
    with village(tmp_path_factory.mktemp("undisturbed"), followers=1100) as here:
        begun = time.monotonic()
        assert zygote.run(here.environment) == {"code": 0}
        seconds = time.monotonic() - begun
        return published(here.context()), here.servers.meter.usd, here.servers.meter.bought("x"), seconds


@pytest.mark.parametrize("point", range(POINTS))
def test_the_next_run_ends_with_the_same_content_and_no_page_bought_twice(tmp_path, zygote, undisturbed, point):
    content, usd, bought, seconds = undisturbed
    kill_after = random.Random(point).uniform(0, seconds)

    with village(tmp_path, followers=1100) as here:
        zygote.run(here.environment, kill_after=kill_after)
        before_the_kill = Counter(here.servers.meter.bought("x"))
        ended = zygote.run(here.environment)
        twice = [page for page, times in Counter(here.servers.meter.bought("x")).items() if times > 1]

        assert ended == {"code": 0}
        assert published(here.context()) == content
        assert sorted(set(here.servers.meter.bought("x")), key=str) == sorted(set(bought), key=str)
        assert here.servers.meter.usd == usd
        assert twice == [] or (len(twice) == 1 and before_the_kill[twice[0]] == 1)
