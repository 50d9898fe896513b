"""What CI soaks of a change: a part that does not end in time fails, and says so in one line."""

import subprocess

import pytest

from tests.house.test_house import ROOT
from tests.isolation import PROGRAMS


@pytest.fixture
def repository(tmp_path):
    """Return a repository of .ci/soak alone, whose last commit changed what is soaked; nothing in it does anything."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "soak").write_text((ROOT / ".ci" / "soak").read_text())
    git = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org"]
    (tmp_path / "flows").mkdir()
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=tmp_path, check=True)
    for message in ("before", "now"):
        (tmp_path / "flows" / "group.py").write_text(message)
        subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", message], cwd=tmp_path, check=True)
    return tmp_path


def soaked(repository, ends_with):
    """Run .ci/soak where every part that has a limit ends with this code."""
    programs = repository / "programs"
    programs.mkdir()
    for name, code in {"make": 0, "timeout": ends_with}.items():
        (programs / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (programs / name).chmod(0o755)
    words = ["bash", str(repository / ".ci" / "soak")]
    path = {"PATH": f"{programs}:{PROGRAMS}"}
    return subprocess.run(words, env=path, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("ends_with", "says"), [(0, []), (1, []), (124, ["did not end within 900 s"])])
def test_a_part_that_runs_out_of_its_time_says_so_in_one_line_and_fails(repository, ends_with, says):
    done = soaked(repository, ends_with)

    assert done.returncode == ends_with
    assert [line.rpartition(": ")[2] for line in done.stderr.splitlines()] == says


def test_nothing_in_it_has_a_limit_that_passes_in_silence():
    lines = (ROOT / ".ci" / "soak").read_text().splitlines()

    assert [line for line in lines if line.lstrip().startswith("timeout")] == ['    timeout "$1" "${@:2}" || code=$?']
