"""Runs school after school without a Prefect server: each by `audit run` in a process of its own, so many at once."""

import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from flows.commands.exit_codes import DONE
from flows.schedule.program import beside_python


@dataclass(frozen=True, slots=True)
class SchoolEnd:
    """How one school's `audit run` ended: its exit code, and the last thing that it said where that is not 0."""

    school: str
    code: int
    said: str = ""


def run_each(schools: Sequence[str], as_of: date | None, at_once: int) -> Iterator[SchoolEnd]:
    """Run each school and yield how it ended, in the order of the schools; one that fails stops no other."""
    program = str(beside_python("audit"))
    day = ("--as-of", as_of.isoformat()) if as_of else ()

    def ran(school: str) -> SchoolEnd:
        words = (program, "run", school, *day)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603 - the words are ours, and no shell reads them
        lines = (done.stderr if done.stderr.strip() else done.stdout).strip().splitlines()
        return SchoolEnd(school, done.returncode, "" if done.returncode == DONE or not lines else lines[-1])

    with ThreadPoolExecutor(at_once) as threads:
        yield from threads.map(ran, schools)
