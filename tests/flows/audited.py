"""A village that was audited once, on its Monday, by whichever worker came first; each file of tests copies it.

Reach for it where a run is where a test begins and not what it is about; `village()` is for those that look at the run.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flows.backup.rotate import begin_key
from flows.weekly.publish import write_reports
from tests.casebooks import decide
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few, ask_staff_too
from tests.flows.village import MONDAY, SCHOOL, Village, serving, village
from tests.isolation import MACHINE


def _home(is_few: bool) -> Path:
    """Return the audited home, which every worker of this run of the tests copies."""
    home = MACHINE / f"audited-{'few' if is_few else 'all'}"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.with_suffix(".done").exists():
            shutil.rmtree(home, ignore_errors=True)
            with village(home, has_warehouse=True) as here:
                (ask_few if is_few else ask_staff_too)(here.places.folder)
                answer = audit("run", SCHOOL, "--as-of", MONDAY.isoformat(), **here.environment)
            assert answer.code == 0, answer.said
            home.with_suffix(".done").touch()
    return home


@contextmanager
def audited_village(home: Path, *, is_few: bool = True) -> Iterator[Village]:
    """Serve the village anew, with a copy of its audited home here, its keys too; by few checks or by its own pack."""
    shutil.copytree(_home(is_few), home)
    with serving(home) as here:
        yield here


@contextmanager
def chained_village(folder: Path) -> Iterator[Village]:
    """Serve the audited village with a record that is kept with a key outside its home, and one decision."""
    with audited_village(folder / "home") as made:
        (folder / "chain.key").write_text("c" * 64)
        (folder / "chain.key").chmod(0o600)
        here = replace(made, settings=replace(made.settings, chain_key=folder / "chain.key"))
        with here.context().casebook() as book:
            begin_key(book, "somebody")
            decide(book, "f" * 64, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock())
        write_reports(here.context())
        yield here
