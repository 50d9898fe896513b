"""Schools' processes are forked from one that has imported the program, as long as that is the program still."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.runner._control_channel import ControlChannel
from prefect.settings import Settings

import dashboards
from flows.home.exit_codes import INTERNAL, WRONG_USE
from flows.prefect.fleet_run import run_each
from flows.prefect.worker import _ForkingStarter
from tests.flows.open_files import has_open

BEGINS = """
import atexit, os
import beside
from flows.prefect import run_imports
from flows.prefect.engine import forked

atexit.register(print, "told at the end")
if {updated!r}:
    os.utime({updated!r}, (1, 1))
forked({{**os.environ, "PREFECT__FLOW_RUN_ID": "no id"}}, {folder!r})
"""


@pytest.mark.parametrize("updated", [None, "beside.py", "dashboards/report/templates/rows.html"])
def test_a_forked_run_begins_anew_where_the_program_was_updated_since_its_imports(tmp_path, updated):
    (tmp_path / "beside.py").write_text("")
    shutil.copytree(dashboards.__path__[0], tmp_path / "dashboards")
    (tmp_path / "folder").mkdir()
    begins = BEGINS.format(updated=updated and str(tmp_path / updated), folder=str(tmp_path / "folder"))
    ended = subprocess.run(
        [sys.executable, "-c", begins], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert (ended.returncode, "Invalid flow run id" in ended.stderr) == (1, True), ended.stderr
    assert ended.stdout == ("" if updated else "told at the end\n")


def test_a_run_has_its_worker_s_settings_and_asks_for_no_version_that_its_worker_asked_for(monkeypatch, tmp_path):
    run = FlowRun(id=uuid4(), flow_id=uuid4())
    told = {"PREFECT_API_URL": "http://127.0.0.1:4200/api", "PREFECT_CLIENT_MAX_RETRIES": "7", "AUDIT_TAKEN_OUT": None}
    monkeypatch.setenv("AUDIT_TAKEN_OUT", "of the worker's own")
    given = _ForkingStarter(told, str(tmp_path), ControlChannel())._environment(run)
    with monkeypatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        settings = Settings()

    assert given["PREFECT__FLOW_RUN_ID"] == str(run.id)
    assert "AUDIT_TAKEN_OUT" not in given
    assert (settings.api.url, settings.client.max_retries) == ("http://127.0.0.1:4200/api", 7)
    assert settings.client.server_version_check_enabled is False


def test_a_school_whose_process_is_killed_is_named_and_stops_nobody(tmp_path, monkeypatch):
    list(run_each(["before"], None, 1))  # what others are forked from has an environment of before
    monkeypatch.setenv("AUDIT_HOME", str(tmp_path))
    (tmp_path / "killed").mkdir(mode=0o700)
    waits = tmp_path / "killed" / "school.toml"
    os.mkfifo(waits, 0o600)

    def kills_who_reads():
        with opened_by_both(waits):  # who reads waits for the first word
            readers, until = [], time.monotonic() + 60
            while (
                not readers and time.monotonic() < until
            ):  # who is just coming back from opening it does not show yet that it has
                readers = [int(process.name) for process in Path("/proc").glob("[0-9]*") if has_open(process, waits)]
            [reader] = readers
            os.kill(reader, signal.SIGKILL)

    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kills_who_reads)
        killed, unknown = run_each(["killed", "unknown"], None, 2)
        killing.result(timeout=10)

    assert (killed.code, killed.said) == (INTERNAL, "Its process was killed. Run again: it goes on from there.")
    assert unknown.code == WRONG_USE
    assert "unknown" in unknown.said


@contextmanager
def opened_by_both(pipe):
    """Open a pipe for writing once somebody has it open for reading; OSError where nobody has in a minute."""
    until = time.monotonic() + 60
    while True:
        try:
            place = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        os.close(place)
