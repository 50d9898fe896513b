"""No test reaches a program, a file, a service or a network of the machine that it did not make."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.test_house import ROOT
from tests.isolation import ABSENT, MACHINE, PROGRAMS, STAND_INS

REACHING = """
import os, socket, subprocess, sys
from contextlib import suppress

FAR = "import socket; socket.socket().connect(('192.0.2.1', 25))"

def test_a_program():
    subprocess.run(["docker", "ps"])

def test_a_program_by_its_path():
    with suppress(OSError):
        subprocess.run(["/usr/bin/crontab", "-l"])

def test_a_program_in_a_bare_shell():
    subprocess.run(["sh", "-c", "echo it | sendmail lead@school.example"], env={"PATH": os.environ["PATH"]})

def test_a_connection():
    with suppress(OSError):
        exec(FAR)

def test_a_child():
    subprocess.run([sys.executable, "-c", FAR])

def test_a_look_up():
    with suppress(OSError):
        socket.create_connection(("school.example", 443))

def test_a_service():
    with suppress(OSError):
        socket.socket(socket.AF_UNIX).connect("/run/docker.sock")
"""
NOTED = """\
test_it.py::test_a_program (call): docker ps
test_it.py::test_a_program_by_its_path (call): /usr/bin/crontab
no test: sendmail lead@school.example
test_it.py::test_a_connection (call): socket.connect ('192.0.2.1', 25)
test_it.py::test_a_child (call): socket.connect ('192.0.2.1', 25)
test_it.py::test_a_look_up (call): socket.getaddrinfo school.example
test_it.py::test_a_service (call): socket.connect /run/docker.sock
"""
AT_HOME = f"""
import os, shutil, socket, subprocess

def test_the_tester_s_own_is_not_there():
    for name in {STAND_INS}:
        assert "stand-ins" in shutil.which(name)
    for name in {ABSENT}:
        assert shutil.which(name) is None
    assert "AWS_PROFILE" not in os.environ
    assert not os.path.exists(os.path.expanduser("~/mine"))

def test_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
"""


def session(folder: Path, tests: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run these tests as `make test` would, on a machine of their own."""
    (folder / "test_it.py").write_text(tests)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TESTS_"))}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.isolation", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*words, "--rootdir", str(folder), str(folder / "test_it.py")], cwd=ROOT, env=outside | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_run_whose_tests_pass_fails_where_one_reached_what_is_not_its_own(tmp_path):
    ended = session(tmp_path, REACHING)

    assert "7 passed" in ended.stdout, ended.stdout + ended.stderr
    assert (ended.returncode, NOTED in ended.stdout) == (1, True), ended.stdout


def test_programs_and_secrets_of_whoever_runs_the_tests_are_not_there_and_loopback_is(tmp_path):
    mark = tmp_path / "called"
    (tmp_path / "bin").mkdir()
    for name in (*ABSENT, *STAND_INS):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "mine").touch()
    values = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "AWS_PROFILE": "mine", "HOME": str(tmp_path)}
    ended = session(tmp_path, AT_HOME, **values)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not mark.exists()


def test_this_run_lives_on_such_a_machine():
    assert os.environ["PATH"] == f"{MACHINE / 'stand-ins'}:{PROGRAMS}"
    assert Path.home() == MACHINE / "home"


def test_no_test_gives_a_program_the_machine_s_own_path():
    named = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "PATH" in line and "/bin:" in line
    ]

    assert named == []
