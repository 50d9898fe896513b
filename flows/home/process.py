"""This process: whose it is, its standard streams, and how often Python's garbage collector runs in it.

Nearly all objects of a command or a run live to its end, those of libraries first of all: collecting by Python's own
thresholds was an eighth of the time of imports and a tenth of a run, and the last collection a second of `audit run`.
"""

import atexit
import gc
import os
import pwd
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTED = time.time()  # about when this process began, in seconds since 1970


def os_user() -> str:
    """Return the name of the user whose process this is; `user 1000` where the system has no name for the number."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def open_standard_streams() -> None:
    """Open what this process was started without of its input, output and errors, so that no file takes their place.

    Else the first file that is opened, a database perhaps, has the number to which this process, its libraries and the
    processes that it starts write what they say.
    """
    missing = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for name in missing:  # in the order of their numbers: the system gives the lowest that is free
        stream = Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115 - it stays open
        os.set_inheritable(stream.fileno(), True)
        setattr(sys, name, stream)


_USUAL = gc.get_threshold()
_SELDOM = (1_000_000, 50, 100)  # about one in twenty of what a run makes is garbage by then


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
