"""Garbage is collected seldom where a process ends soon, and as Python does by itself where it stays."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from flows.home.process import collecting_seldom

USUAL = "700, 10, 10"
SELDOM = "1000000, 50, 100"
AT_IMPORT = gc.get_threshold()
TOLD = "import atexit, gc; atexit.register(lambda: print(gc.get_threshold(), gc.get_freeze_count() > 0));"


def process_of(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", TOLD + program], capture_output=True, text=True, check=False)


def ended(program: str) -> str:
    """Return the thresholds with which a Python process ends that runs this program, and whether it looks no more."""
    return process_of(program).stdout.splitlines()[-1]


def test_a_run_leaves_the_collecting_of_garbage_as_it_found_it_also_when_it_fails() -> None:
    usual = gc.get_threshold()
    during = []

    def failing_run() -> None:
        with collecting_seldom():
            during.append(gc.get_threshold())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_run()

    assert usual not in during
    assert gc.get_threshold() == usual


def test_a_command_collects_seldom_and_a_process_that_stays_as_usual() -> None:
    command = "import sys; sys.argv = ['audit', '--help']; from flows.commands import main; main()"
    staying = "from flows.home.process import *; collect_seldom(); collect_as_usual()"

    assert ended("") == f"({USUAL}) False"
    assert ended(command) == f"({SELDOM}) True"
    assert ended(staying) == f"({USUAL}) False"


def test_what_a_run_imports_is_not_gone_through_for_garbage() -> None:
    """All of it lives to the end: a tenth of a second for nothing."""
    program = """
from flows.home.process import collect_seldom
collect_seldom()
gone_through = []
gc.callbacks.append(lambda phase, _: gone_through.append(gc.get_count()[0]) if phase == "start" else None)
import flows.weekly.command, flows.weekly.run
print([many for many in gone_through if many > 100_000])
"""

    assert process_of(program).stdout.splitlines()[0] == "[]"


def at_import(_: str) -> str:
    return f"({', '.join(map(str, AT_IMPORT))})"


def test_what_schools_processes_are_forked_from_collects_seldom_from_its_first_import_on() -> None:
    """In a process of its own: that of an earlier test has one to fork from already."""
    isolated = f"""
from flows.prefect.schools import IsolatedLook, isolated
from {__name__} import at_import
print(isolated(IsolatedLook(at_import, str, ({__name__!r},)), "hill-view"))
"""
    asked = subprocess.run(
        [sys.executable, "-c", isolated], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert asked.stdout == f"({SELDOM})\n", asked.stderr
