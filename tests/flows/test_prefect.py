"""A real Prefect server, deployment and worker: the run completes, and nothing that Prefect keeps holds a name."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.flows.village import NAMES, SCHOOL, SECRETS, village

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """Start `prefect server start` with a home of its own, and lend the environment that reaches it."""
    port = free_port()
    env = {
        **os.environ,
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PYTHONWARNINGS": "ignore",
        "AUDIT_CODE": str(ROOT),
    }
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)], env=env, stdout=log, stderr=log
        )
        try:
            wait_for(f"{env['PREFECT_API_URL']}/health")
            yield env
        finally:
            process.terminate()
            process.wait(20)


def wait_for(url: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"nothing answered at {url}")


def call(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [PREFECT, "--no-prompt", *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def everything_kept(folder: Path) -> str:
    """Return every cell of every table of Prefect's own database, as text."""
    with sqlite3.connect(folder / "prefect.db") as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        cells = [str(row) for table in tables for row in db.execute(f'select * from "{table}"')]
    db.close()
    return "\n".join(cells)


def test_a_deployed_run_completes_and_its_artifact_holds_counts_only(tmp_path):
    prefect_home = tmp_path / "prefect"
    prefect_home.mkdir()
    with village(tmp_path / "home") as here, server(prefect_home) as reached:
        env = reached | here.environment
        call(env, "work-pool", "create", "audits", "--type", "process")
        deployed = call(env, "deploy", "--all")
        call(env, "deployment", "run", f"weekly-audit/{SCHOOL}", "-p", "as_of=2026-11-02")
        worked = call(env, "worker", "start", "--pool", "audits", "--run-once", "--limit", "1")
        wait_until_done(env)
        runs = rest(env, "flow_runs/filter")
        artifacts = rest(env, "artifacts/filter")
        automations = rest(env, "automations/filter")
        kept = everything_kept(prefect_home)

    assert "weekly-audit" in deployed
    done = [run for run in runs if run["state_type"] == "COMPLETED"]
    assert len(done) == 1
    assert done[0]["parameters"] == {"school": SCHOOL, "as_of": "2026-11-02"}
    assert [one["key"] for one in artifacts] == [f"weekly-audit-{SCHOOL}"]
    assert "| new | " in artifacts[0]["data"]
    assert [one["name"] for one in automations] == [f"{SCHOOL} missed run"]
    said = kept + worked + (prefect_home / "server.log").read_text()
    assert [word for word in (*NAMES, *SECRETS) if word in said] == []
    assert (here.places.reports("2026-11-02") / "index.html").exists()
    assert not any((prefect_home / "storage").rglob("*")) if (prefect_home / "storage").exists() else True


def wait_until_done(env: dict[str, str], seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        states = {run["state_type"] for run in rest(env, "flow_runs/filter")}
        if states & {"COMPLETED", "FAILED", "CRASHED"}:
            return
        time.sleep(0.5)
    pytest.fail("the run did not end")


def rest(env: dict[str, str], path: str) -> list[dict[str, object]]:
    request = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/{path}", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: list[dict[str, object]] = json.load(answer)
    return found


def test_the_prefect_program_is_there():
    assert shutil.which(PREFECT)
