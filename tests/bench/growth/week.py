"""Runs one week of the grown school in a process of its own, and writes what it took, as JSON, to standard output."""

import json
import resource
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

_BEGUN = time.perf_counter(), time.process_time()


def main(day: str) -> None:
    """Audit the school as of this day at the platforms that the environment names."""
    from demo.town import SCHOOL_ID, WEEKS, Clock
    from flows.home.context import open_context
    from flows.home.settings import from_environment, quiet
    from flows.weekly.run import sequence
    from tests.bench.growth.phases import Stopwatch

    quiet()
    imported = [now - then for now, then in zip((time.perf_counter(), time.process_time()), _BEGUN, strict=True)]
    week = next(week for week in WEEKS if week.as_of == date.fromisoformat(day))
    stopwatch = Stopwatch()
    stopwatch.dress()
    settings = replace(from_environment(), clock=Clock(week.looked_at))
    context = open_context(settings, SCHOOL_ID, week.as_of)
    audited = sequence(context, recorder=stopwatch)
    stopwatch.stop()
    answer = {
        "seconds": {"import": imported, **stopwatch.seconds},
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pulls": {ended.source: [ended.state, ended.rows] for ended in audited.pulls},
        "statuses": audited.outcomes.statuses,
        "warehouse_mebibytes": Path(context.places.warehouse).stat().st_size / 2**20,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
