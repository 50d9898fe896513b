"""Spreads the flows' tests over the workers: those of one file share its fixtures, so one worker has them all.

A file's fixtures are runs, seconds each, which every worker would make again. Where each test makes a run of its own
and hardly anything is shared, the tests are spread one by one; xdist gives them out last, so both workers end together.
The schools here are small and two workers keep two cores busy, so a run in a worker's own process has one thread; runs
in processes of their own have as many as a school's. The process that opens pictures comes out of a fork server, which
has imported what it needs once; `tests/engines/pictures` and runs in processes of their own start it as a school does.
"""

import multiprocessing

import pytest

from engines.pictures.decoding import sandbox
from warehouse import open as warehouse_open

SPREAD = frozenset({"test_faults", "test_pictures"})


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    warehouse_open.THREADS = 1


@pytest.fixture(scope="session", autouse=True)
def pictures_opened_at_once() -> None:
    multiprocessing.set_forkserver_preload([sandbox.__name__])
    sandbox.START_METHOD = "forkserver"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "flows" and item.path.stem not in SPREAD:
            item.add_marker(pytest.mark.xdist_group(item.path.stem.removeprefix("test_")))
