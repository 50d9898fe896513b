"""Watches the processes that run schools: the most memory that each ever had, and its processor time, by /proc."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """What one process came to: its peak of memory in MiB (VmHWM), and its seconds of processor time."""

    peak: int = 0
    cpu: float = 0.0


@contextmanager
def watched(marked: str) -> Iterator[dict[int, ProcessUse]]:
    """Lend a mapping of process id to what the process came to, which fills while the `with` lasts.

    Watched is every process whose environment has this mark.
    """
    uses: dict[int, ProcessUse] = {}
    over = threading.Event()

    def watch() -> None:
        known: dict[int, bool] = {}
        while not over.wait(_PAUSE):
            for path in Path("/proc").glob("[0-9]*"):
                _look(path, marked.encode(), known, uses)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield uses
    finally:
        over.set()
        thread.join()


@contextmanager
def told_each_minute(says: Callable[[], str]) -> Iterator[None]:
    """Print what is said, with the minutes since the beginning, once a minute while the `with` lasts."""
    began, over = time.monotonic(), threading.Event()

    def tell() -> None:
        while not over.wait(60.0):
            print(f"{(time.monotonic() - began) / 60:5.1f} min: {says()}", flush=True)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _look(path: Path, marked: bytes, known: dict[int, bool], uses: dict[int, ProcessUse]) -> None:
    number = int(path.name)
    try:
        if not known.get(number):
            known[number] = marked in (path / "environ").read_bytes()
        if known[number]:
            lines = (path / "status").read_text().splitlines()
            peak = next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
            ticks = (path / "stat").read_text().rpartition(")")[2].split()
            before = uses.get(number, ProcessUse())
            cpu = (int(ticks[11]) + int(ticks[12])) / _TICKS
            uses[number] = ProcessUse(max(before.peak, peak), max(before.cpu, cpu))
    except OSError:
        known.pop(number, None)
