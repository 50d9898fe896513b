"""Runs school after school without a Prefect server: each as by `audit run`, in a process of its own, so many at once.

The processes are forked from one that has imported what a run needs: its imports were as much as half of a run.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flows.home.exit_codes import DONE, INTERNAL, ended
from flows.home.settings import keep_private
from flows.prefect.isolated import IsolatedLook, each_isolated
from flows.weekly.command import RunOptions, run_school


@dataclass(frozen=True, slots=True)
class SchoolEnd:
    """How one school's `audit run` ended: its exit code, and the last thing that it said where that is not 0."""

    school: str
    code: int
    said: str = ""


def run_each(schools: Sequence[str], as_of: date | None, at_once: int) -> Iterator[SchoolEnd]:
    """Run each school and yield how it ended, in the order of the schools; one that fails stops no other."""
    asked = IsolatedLook(partial(_ran, as_of), _lost, "flows.prefect.run_imports")
    yield from each_isolated(asked, schools, at_once)


def _lost(school: str) -> SchoolEnd:
    return SchoolEnd(school, INTERNAL, "Its process was killed. Run again: it goes on from there.")


def _ran(as_of: date | None, school: str) -> SchoolEnd:
    """Run one school as `audit run` does, and keep to oneself what it says."""
    keep_private()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        code = ended(lambda: run_school(school, RunOptions(as_of=as_of)), is_debug=False)
        sys.stdout.flush()
        sys.stderr.flush()
        for said in (err, out):
            said.seek(0)
            if lines := said.read().decode(errors="replace").strip().splitlines():
                return SchoolEnd(school, code, "" if code == DONE else lines[-1])
    return SchoolEnd(school, code)
