"""How seldom Python looks for rings of objects that nobody holds.

Nearly all that a command or a run makes stays to its end, libraries first of all: looking through it each time anew was
an eighth of what imports take, and a tenth of a run. At its end Python looks once more, a second of `audit run`, for
what the system takes back in any case.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

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
