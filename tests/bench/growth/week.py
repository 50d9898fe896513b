"""Runs one week of the grown school in a process of its own, and writes what it took, as JSON, to standard output.

The process imports what a run does and collects garbage as `audit run` does; nothing of the demo is in it.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.home.process import collect_seldom

_BEGUN = time.perf_counter(), time.process_time()


def main(school_id: str, day: str, looked_at: str) -> None:
    """Audit the school as of this day, begun at this time (aware), at the platforms that the environment names."""
    collect_seldom()
    from flows.home.context import open_context
    from flows.home.settings import from_environment, quiet
    from flows.weekly.run import sequence

    quiet()
    imported = [now - then for now, then in zip((time.perf_counter(), time.process_time()), _BEGUN, strict=True)]
    from tests.bench.growth.phases import Stopwatch

    stopwatch = Stopwatch()
    stopwatch.dress()
    since, moment = time.monotonic(), datetime.fromisoformat(looked_at)
    settings = replace(from_environment(), clock=lambda: moment + timedelta(seconds=time.monotonic() - since))
    context = open_context(settings, school_id, date.fromisoformat(day))
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
    main(*sys.argv[1:])
