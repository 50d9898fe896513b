"""Watches the processes that run schools: the most memory that each ever had, and its processor time, by /proc."""

import os
import threading
from collections.abc import Iterator
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
def watched(marked: str) -> Iterator[dict[str, ProcessUse]]:
    """Lend a mapping of flow run to what its process came to, which fills while the `with` lasts.

    Watched is every process whose environment has this mark and PREFECT__FLOW_RUN_ID.
    """
    uses: dict[str, ProcessUse] = {}
    over = threading.Event()

    def watch() -> None:
        known: dict[int, str | None] = {}
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


def _look(path: Path, marked: bytes, known: dict[int, str | None], uses: dict[str, ProcessUse]) -> None:
    number = int(path.name)
    try:
        if known.get(number) is None:
            known[number] = _run_of((path / "environ").read_bytes(), marked)
        if run := known[number]:
            lines = (path / "status").read_text().splitlines()
            peak = next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
            ticks = (path / "stat").read_text().rpartition(")")[2].split()
            before = uses.get(run, ProcessUse())
            cpu = (int(ticks[11]) + int(ticks[12])) / _TICKS
            uses[run] = ProcessUse(max(before.peak, peak), max(before.cpu, cpu))
    except OSError:
        known.pop(number, None)


def _run_of(environment: bytes, marked: bytes) -> str | None:
    if marked not in environment:
        return None
    values = environment.decode(errors="replace").split("\0")
    return next((value.partition("=")[2] for value in values if value.startswith("PREFECT__FLOW_RUN_ID=")), None)
