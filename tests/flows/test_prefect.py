"""A real Prefect server, deployment and worker: the run completes, and nothing that Prefect keeps holds a name.

It alone proves the documented deployment: server, password, pool and worker, each a process of its own.
"""

import base64
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.flows.village import NAMES, SCHOOL, SECRETS, Village, village

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def documented(home: Path, folder: Path) -> dict[str, str]:
    """Return the environment that `. ./prefect.env` gives, as docs/running.md says, with a home of Prefect's own."""
    (home / "keys" / "prefect.password").write_text("a-password-of-the-village\n")
    port = {"AUDIT_PREFECT_PORT": str(free_port()), "AUDIT_HOME": str(home)}
    shell = subprocess.run(
        ["bash", "-c", "set -e; . ./prefect.env; env -0"],
        cwd=ROOT,
        env=os.environ | port,
        capture_output=True,
        check=True,
    )
    given = dict(line.split("=", 1) for line in shell.stdout.decode().split("\0") if line)
    return given | {
        "PREFECT_HOME": str(folder),
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PYTHONWARNINGS": "ignore",
        "AUDIT_CODE": str(ROOT),
    }


@contextmanager
def server(env: dict[str, str], folder: Path) -> Iterator[None]:
    """Start `prefect server start` as documented."""
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen([PREFECT, "server", "start"], env=env, stdout=log, stderr=log)
        try:
            wait_for(f"{env['PREFECT_API_URL']}/health")
            yield
        finally:
            process.terminate()
            process.wait(20)


@dataclass(frozen=True, slots=True)
class Deployed:
    """A village whose school is deployed to a real server."""

    here: Village
    env: dict[str, str]
    folder: Path
    said: str


@pytest.fixture(scope="module")
def deployed(tmp_path_factory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("prefect")
    with village(tmp_path_factory.mktemp("village") / "home") as here:
        env = documented(here.settings.home, folder) | here.environment
        with server(env, folder):
            pool = ("--type", "process", "--base-job-template", "prefect-pool.json")
            said = call(env, "work-pool", "create", "audits", *pool)
            yield Deployed(here, env, folder, said + call(env, "deploy", "--all"))


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


def test_a_deployed_run_completes_and_its_artifact_holds_counts_only(deployed):
    env, folder = deployed.env, deployed.folder

    call(env, "deployment", "run", f"weekly-audit/{SCHOOL}", "-p", "as_of=2026-11-02")
    worked = call(env, "worker", "start", "--pool", "audits", "--run-once", "--limit", "1")
    wait_until_done(env)
    runs = rest(env, "flow_runs/filter")
    artifacts = rest(env, "artifacts/filter")
    automations = rest(env, "automations/filter")
    kept = everything_kept(folder)

    assert "weekly-audit" in deployed.said
    done = [run for run in runs if run["state_type"] == "COMPLETED"]
    assert len(done) == 1
    assert done[0]["parameters"] == {"school": SCHOOL, "as_of": "2026-11-02"}
    assert [one["key"] for one in artifacts] == [f"weekly-audit-{SCHOOL}"]
    assert "| new | " in artifacts[0]["data"]
    assert [one["name"] for one in automations] == [f"{SCHOOL} missed run"]
    said = kept + worked + (folder / "server.log").read_text()
    assert [word for word in (*NAMES, *SECRETS) if word in said] == []
    assert (deployed.here.places.reports("2026-11-02") / "index.html").exists()
    assert not any((folder / "storage").rglob("*")) if (folder / "storage").exists() else True
    assert [path for path in deployed.here.settings.home.rglob("*") if path.stat().st_mode & 0o077] == []


def a_shell(deployed: Deployed) -> tuple[str, dict[str, object]]:
    """Return the request that once ran a shell: a run of the deployment with a command of the asker's."""
    [one] = rest(deployed.env, "deployments/filter")
    wish = {"job_variables": {"command": f"touch {deployed.folder}/here-i-was"}, "state": {"type": "SCHEDULED"}}
    return f"deployments/{one['id']}/create_flow_run", wish


@pytest.mark.parametrize("password", [None, "audit:", "audit:another", "nobody:a-password-of-the-village"])
def test_nobody_without_the_password_is_answered(deployed, password):
    path, wish = a_shell(deployed)
    before = rest(deployed.env, "flow_runs/count")

    asker = deployed.env | {"PREFECT_API_AUTH_STRING": password or ""}

    assert refusal(asker, path, wish, is_named=password is not None) == 401
    assert rest(deployed.env, "flow_runs/count") == before


@pytest.mark.parametrize(
    "variables",
    [{"command": "touch here-i-was"}, {"env": {"PYTHONPATH": "."}}, {"working_dir": "."}, {"anything": 1}],
    ids=["a command", "an environment", "a folder", "anything else"],
)
def test_even_with_the_password_a_run_takes_no_variable_of_the_askers(deployed, variables):
    path, wish = a_shell(deployed)
    before = rest(deployed.env, "flow_runs/count")

    assert refusal(deployed.env, path, wish | {"job_variables": variables}) == 422
    assert rest(deployed.env, "flow_runs/count") == before


def test_the_pages_of_other_websites_are_given_no_answer_to_read(deployed):
    request = urllib.request.Request(
        f"{deployed.env['PREFECT_API_URL']}/health", headers={"Origin": "https://evil.example"}
    )
    own = deployed.env["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
    ours = urllib.request.Request(f"{deployed.env['PREFECT_API_URL']}/health", headers={"Origin": own})

    with urllib.request.urlopen(request, timeout=10) as answer, urllib.request.urlopen(ours, timeout=10) as own_answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None
        assert own_answer.headers["Access-Control-Allow-Origin"] == own


def test_no_server_is_started_without_a_password(tmp_path):
    shell = subprocess.run(
        ["bash", "-c", ". ./prefect.env && echo started"],
        cwd=ROOT,
        env=os.environ | {"AUDIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (shell.returncode, shell.stdout) == (1, "")
    assert "Put a password into" in shell.stderr


def wait_until_done(env: dict[str, str], seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        states = {run["state_type"] for run in rest(env, "flow_runs/filter")}
        if states & {"COMPLETED", "FAILED", "CRASHED"}:
            return
        time.sleep(0.5)
    pytest.fail("the run did not end")


def rest(env: dict[str, str], path: str, wish: object = None, *, is_named: bool = True) -> Any:
    """Return what the server answers to this wish, asked with the password of this environment."""
    token = base64.b64encode(env["PREFECT_API_AUTH_STRING"].encode()).decode()
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Basic {token}"} if is_named else {})
    request = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/{path}", data=json.dumps(wish or {}).encode(), headers=headers
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def refusal(env: dict[str, str], path: str, wish: object, *, is_named: bool = True) -> int:
    """Return the status with which the server refuses this wish."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        rest(env, path, wish, is_named=is_named)
    refused.value.close()
    return int(refused.value.code)


def test_the_prefect_program_is_there():
    assert shutil.which(PREFECT)
