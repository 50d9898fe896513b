"""A village that was audited once, on its Monday: made once in each process, and copied for each file of tests.

Reach for it where a run is where a test begins and not what it is about; `village()` is for those that look at the run.
"""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import MONDAY, SCHOOL, Village, serving, village


@cache
def _home(is_few: bool) -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    home = Path(folder.name) / "home"
    with village(home, has_warehouse=True) as here:
        if is_few:
            ask_few(here.places.folder)
        answer = audit("run", SCHOOL, "--as-of", MONDAY.isoformat(), **here.environment)
        assert answer.code == 0, answer.said
    return home


@contextmanager
def audited_village(home: Path, *, is_few: bool = True) -> Iterator[Village]:
    """Serve the village anew, with a copy of its audited home here, its keys too; by few checks or by its own pack."""
    shutil.copytree(_home(is_few), home)
    with serving(home) as here:
        yield here
