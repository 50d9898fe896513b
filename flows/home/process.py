"""This process: whose it is, and how often Python's garbage collector runs in it.

Nearly all objects of a command or a run live to its end, those of libraries first of all: collecting by Python's own
thresholds was an eighth of the time of imports and a tenth of a run, and the last collection a second of `audit run`.
"""

import atexit
import gc
import os
import pwd
import time
from collections.abc import Iterator
from contextlib import contextmanager

STARTED = time.time()  # about when this process began, in seconds since 1970


def os_user() -> str:
    """Return the name of the user whose process this is; `user 1000` where the system has no name for the number."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


_USUAL = gc.get_threshold()
_SELDOM = (200_000, 50, 100)


def collect_seldom() -> None:
    """Collect seldom in this process, which ends soon, and not at its end."""
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)


def collect_as_usual() -> None:
    """Collect as Python does by itself, in a process that stays."""
    gc.set_threshold(*_USUAL)
    atexit.unregister(gc.freeze)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Collect seldom inside, whatever the process does else."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
