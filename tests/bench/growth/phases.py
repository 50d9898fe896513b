"""Times the phases of a run, each without those inside it: seconds on the clock, and of this process's own work."""

import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flows.weekly.progress import PhaseEnding, ProgressRecorder

# Where the run calls what is timed, and what that is part of.
TIMED = (
    ("flows.weekly.run", "start", "open"),
    ("flows.weekly.pull", "load", "load"),
    ("flows.weekly.judge", "match_accounts", "match"),
    ("flows.weekly.judge", "scan_pictures", "pictures"),
    ("flows.weekly.judge", "self_test", "self-test"),
    ("flows.weekly.judge", "check_quality", "quality"),
    ("flows.weekly.judge", "materialise", "core views"),
    ("flows.weekly.judge", "ask", "checks"),
    ("flows.weekly.judge", "observe_subjects", "reconcile"),
    ("flows.weekly.judge", "_reconcile", "reconcile"),
    ("flows.weekly.judge", "write_run_outcomes", "reconcile"),
    ("flows.weekly.publish", "delete_in_a_run", "retention"),
    ("flows.weekly.publish", "finish_deletion", "retention"),
    ("flows.weekly.publish", "make_previews", "pictures"),
    ("flows.weekly.publish", "publish_copy", "publish"),
    ("flows.weekly.publish", "write_reports", "report"),
)
_STEPS = {"judge": "judge", "publish": "publish"}


class Stopwatch(ProgressRecorder):
    """Adds up the seconds of each phase: (on the clock, of this process's own work)."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = defaultdict[str, list[float]](lambda: [0.0, 0.0])
        self._open = ["open"]
        self._since = _now()

    @contextmanager
    def phase(self, name: str) -> Iterator[PhaseEnding]:
        """Time a step of the run."""
        with self.timed(_STEPS.get(name, "pull")):
            yield PhaseEnding()

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add what passes inside to this phase, and to no other."""
        self.stop()
        self._open.append(name)
        try:
            yield
        finally:
            self.stop()
            self._open.pop()

    def stop(self) -> None:
        """Add what has passed to the phase that is open."""
        now = _now()
        for place, (before, after) in enumerate(zip(self._since, now, strict=True)):
            self.seconds[self._open[-1]][place] += after - before
        self._since = now

    def dress(self) -> None:
        """Have every step of `TIMED` timed from now on."""
        for module, name, phase in TIMED:
            there = importlib.import_module(module)
            setattr(there, name, self._dressed(getattr(there, name), phase))

    def _dressed(self, step: Callable[..., Any], phase: str) -> Callable[..., Any]:
        @wraps(step)
        def timed(*arguments: Any, **named: Any) -> Any:
            with self.timed(phase):
                return step(*arguments, **named)

        return timed


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()
