"""CI soaks what differs from what was last soaked: each group's subject is hashed, and a pass noted beside it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOAK = (ROOT / ".ci" / "soak").read_text(encoding="utf-8")
PROGRAMS = {
    ".venv/bin/python": 'echo "python $*" >> asked; [ ! -e fails ]',
    "programs/make": 'echo "make $*" >> asked',
    "programs/timeout": 'shift; exec "$@"',
}
ALL_BUT = frozenset({"tests/flows/test_half_a_year.py"})  # too long for CI: `make soak` alone


def repository(folder: Path) -> Path:
    """Return a small repository with this script, and stand-ins for make and pytest that say what they were asked."""
    script = Path(shutil.copytree(ROOT / ".ci", folder / ".ci")) / "soak"
    (folder / ".ci" / "soaked").unlink(missing_ok=True)
    for place, does in PROGRAMS.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(f"#!/bin/sh\n{does}\n")
        (folder / place).chmod(0o700)
    for name in set(re.findall(r"tests/\S+", " ".join(re.findall(r"(?m)^soak '.*", SOAK)))):
        path = folder / name / "one.py" if not name.endswith(".py") else folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was")
    (folder / "flows" / "weekly").mkdir(parents=True)
    (folder / "flows" / "weekly" / "run.py").write_text("as it was")
    for command in (("init", "-q"), ("add", ".")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return script


def soaked(script: Path, *words: str) -> tuple[int, list[str]]:
    """Return the script's exit code and the tests that it ran."""
    folder = script.parents[1]
    (folder / "asked").write_text("")
    path = f"{folder / 'programs'}:{os.environ['PATH']}"
    ended = subprocess.run(
        [script, *words], env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    lines = (folder / "asked").read_text().splitlines()
    assert not ended.returncode or (folder / "fails").exists(), ended.stderr
    return ended.returncode, [line.split("-m soak ")[1] for line in lines if line.startswith("python")]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_what_differs_from_what_was_last_soaked_is_soaked_and_a_failure_is_not_noted(tmp_path: Path) -> None:
    script, changed = repository(tmp_path), tmp_path / "flows" / "weekly" / "run.py"
    weekly = ["tests/flows/test_killed.py", "tests/flows/test_faults.py tests/flows/test_read_once.py"]

    assert len(soaked(script)[1]) == SOAK.count("\nsoak '")
    assert soaked(script) == (0, [])
    changed.write_text("changed")
    (tmp_path / "fails").touch()
    assert soaked(script)[0] != 0
    (tmp_path / "fails").unlink()
    assert soaked(script) == (0, weekly)
    assert soaked(script) == (0, [])
    changed.write_text("as it was")
    assert soaked(script) == (0, weekly), "a pass of long ago is no longer known"
    changed.write_text("changed again")
    assert soaked(script, "--note") == (0, [])
    assert soaked(script) == (0, [])


def test_every_file_with_a_soak_test_is_in_a_group() -> None:
    marked = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "node_modules" not in path.parts and "pytest.mark.soak" in path.read_text(encoding="utf-8")
    }
    groups = " ".join(re.findall(r"(?m)^soak '[^']*' (.*)$", SOAK)).split()

    left = {file for file in marked - ALL_BUT if not any(file.startswith(group) for group in groups)}
    assert left - {str(Path(__file__).relative_to(ROOT))} == set()
