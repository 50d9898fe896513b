"""Schools' processes are forked from one that has imported the program: each has its own end, and nobody else's."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from flows.home.exit_codes import INTERNAL, WRONG_USE
from flows.home.settings import ConfigurationError
from flows.prefect.fleet_run import run_each
from flows.prefect.schools import isolated, look_at
from tests.flows.open_files import has_open
from warehouse.casebook.errors import CasebookAwayError, CasebookError
from warehouse.object_store.errors import ObjectStoreError, UnreachableError, UnsentError


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


AWAY = (UnreachableError("The store is away."), CasebookAwayError("The casebook is away."))
AWAY += (UnsentError(AWAY[0], "hill-view", Path("kept")),)
FOR_GOOD = (CasebookError("No key."), ObjectStoreError("No bucket."), ConfigurationError("No school."), OSError(28, ""))


def failing(number: int, _: str) -> int:
    raise (*AWAY, *FOR_GOOD)[number]


def test_a_school_whose_casebook_or_store_was_away_may_be_begun_again_and_one_that_fails_by_itself_may_not():
    ends = [isolated(look_at(partial(failing, number)), "hill-view") for number in range(len(AWAY + FOR_GOOD))]

    assert [end.is_to_be_repeated for end in ends] == [True] * len(AWAY) + [False] * len(FOR_GOOD)
