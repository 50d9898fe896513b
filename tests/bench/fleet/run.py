"""How long so many schools take, and what is left standing: `python -m tests.bench.fleet.run --schools 120`.

A worker runs `--limit` schools at once; database and casebook, Redis and two servers behind one address are real. With
`--store` the schools are in an object store, also for the group's run and whoever deploys. Beside them stands how
long `audit group run` takes for the same schools without any of these, so many at once as there are processors. `--kill
worker,server,redis,database,store` kills each of these once on the way, and starts it again three seconds later.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.fleet.homes import DAY, KEY, FleetSize, write_homes
from tests.bench.fleet.kills import killing
from tests.bench.fleet.measured import counting_done, parts, summary, task_seconds, times
from tests.bench.fleet.platforms import served
from tests.bench.fleet.stored import object_store, shared_casebook
from tests.bench.fleet.watching import told_each_minute, watched
from tests.flows.stack import Stack, stack

_TRIES = 3
_IMPORTS = {
    "Prefect's": "import prefect.engine, prefect.flow_engine, prefect.task_engine",
    "all": "import flows.prefect.run_imports",
}
_HEADS = (
    *("workers", "completed", "parts", "seconds", "seconds_per_school", "own_seconds_median", "cpu_seconds_median"),
    *("part_seconds_not_the_schools", "part_seconds_outside_tasks", "peak_mib_first_quarter", "peak_mib_last_quarter"),
    "reckoned_minutes_for_600",
)


def main() -> None:
    """Make the schools, run them with each number of workers in a home of its own, and say what it came to."""
    wanted = _wanted()
    size = FleetSize(wanted.schools, wanted.followers, wanted.people, wanted.bearers)
    results = [_fleet(size, workers, wanted) for workers in map(int, wanted.workers.split(","))]
    whole = {"machine": _machine(), "imports": _imports()}
    whole["size"] = [size.schools, size.followers, size.people, size.bearers]
    whole["fleets"] = results
    if not wanted.no_alone:
        whole["without_a_server"] = _without_a_server(size, wanted.weeks)
    wanted.out.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    _say(whole)
    print(f"Written: {wanted.out}")
    ends = [(number, week) for fleet in results for number, week in enumerate(fleet["weeks"], 1)]
    if any(week["published_by_schools"] != {str(number): size.schools} for number, week in ends):
        sys.exit("Not every school was published exactly once in each week.")


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=120)
    parser.add_argument("--workers", default="2", help="how many, or several numbers: 1,2,4")
    parser.add_argument("--limit", type=int, default=1, help="how many schools a worker runs at once")
    parser.add_argument("--followers", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument(
        "--bearers", type=int, default=0, help="with how many all read X; 0: with one each of their own"
    )
    parser.add_argument("--store", action="store_true", help="the schools are in an object store")
    parser.add_argument("--weeks", type=int, default=1, help="how many weeks, each of which is measured")
    parser.add_argument("--kill", default="", help="of worker,server,redis,database,store, each once, in the last week")
    parser.add_argument("--no-alone", action="store_true", help="leave out the same schools without a server")
    parser.add_argument("--out", type=Path, default=Path("fleet.json"))
    return parser.parse_args()


def _fleet(size: FleetSize, workers: int, wanted: argparse.Namespace) -> dict[str, Any]:
    """Run each week, the last with the kills, and return what each came to."""
    kills = tuple(filter(None, wanted.kill.split(",")))
    with tempfile.TemporaryDirectory(prefix="fleet-home-") as folder, served(size) as where:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        written = _seconds(lambda: write_homes(home, size))
        values = where | {"PREFECT_LOGGING_LEVEL": "WARNING"}
        with stack(home, values, servers=2) as running, ExitStack() as more:
            shared_casebook(running)
            began = time.perf_counter()
            if wanted.store:
                running.values.update(more.enter_context(object_store(running, home, size)))
            print(f"In the store after {time.perf_counter() - began:.0f} s", flush=True)
            deployed = _seconds(lambda: running.call("audit group deploy", seconds=3_600))
            for _ in range(workers):
                running.work("audits", wanted.limit)
            running.work("group-audits", 1)
            env = running.sourced()
            days = _days(wanted.weeks)
            weeks = [_measure(running, env, size, kills if day == days[-1] else (), day) for day in days]
            return {
                "workers": workers,
                "limit": wanted.limit,
                "homes_seconds": written,
                "deploy_seconds": deployed,
                "weeks": weeks,
            }


def _without_a_server(size: FleetSize, weeks: int) -> dict[str, Any]:
    """Run the same schools by `audit group run` alone, as many at once as there are processors."""
    with tempfile.TemporaryDirectory(prefix="fleet-home-") as folder, served(size) as where:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        write_homes(home, size)
        values = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIT_", "PREFECT_"))}
        words = [Path(sys.executable).with_name("audit"), "group", "run", "--as-of"]
        env = values | where | {"AUDIT_HOME": str(home)}
        each = [
            _seconds(lambda day=day: subprocess.run([*words, day], env=env, check=True, stdout=subprocess.DEVNULL))
            for day in _days(weeks)
        ]
    return {"seconds": each[-1], "seconds_per_school": round(each[-1] / size.schools, 2), "weeks": each}


def _days(weeks: int) -> list[str]:
    """Return the day of each week's run."""
    return [(DAY + timedelta(weeks=week)).isoformat() for week in range(weeks)]


def _group_run(running: Stack, day: str) -> None:
    subprocess.run(
        ["/bin/sh", "-ec", f". deploy/prefect.env && audit group run --wait --as-of {day}"],
        env=running.values, cwd=Path(__file__).parents[3], check=False, capture_output=True,
    )  # fmt: skip


def _measure(
    running: Stack, env: Mapping[str, str], size: FleetSize, kills: tuple[str, ...], day: str
) -> dict[str, Any]:
    done, began, tries = counting_done(day, env), datetime.now(UTC), 0
    marked = f"AUDIT_HOME={env['AUDIT_HOME']}"
    with watched(marked) as uses, killing(running, kills, done, size.schools) as killed:
        with told_each_minute(lambda: f"{day}: {done()} of {size.schools} are done; killed: {killed}"):
            while done() < size.schools and tries < _TRIES:  # as the group's schedule does: begun is what is missing
                tries += 1
                _group_run(running, day)
        ended = datetime.now(UTC)
    rows = times(env, size.ids, uses, KEY)
    more = {"killed": killed, "group_runs": tries, "each": [_as_list(row) for row in rows]}
    came_to = summary(rows, parts(day, env), task_seconds(day, env), began, ended)
    print(json.dumps({day: came_to | {"killed": killed}}), flush=True)
    return came_to | more


def _as_list(row: Any) -> list[Any]:
    return [row.school, row.code, round(row.own, 2), round(row.cpu, 2), row.peak]


def _seconds(call: Any) -> float:
    began = time.perf_counter()
    call()
    return round(time.perf_counter() - began, 1)


def _imports() -> dict[str, float]:
    """Return the processor seconds of a process that only imports: Prefect's part, and all that a run begins with."""
    return {name: _cpu(code) for name, code in _IMPORTS.items()}


def _cpu(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _say(whole: dict[str, Any]) -> None:
    machine = whole["machine"]
    print(f"{machine['cores']} cores, load {machine['load'][0]} at the end; imports take {whole['imports']} s")
    columns = [{"workers": fleet["workers"]} | week for fleet in whole["fleets"] for week in fleet["weeks"]]
    for head in _HEADS:
        print(f"{head:28}" + "".join(f"{column[head]:>12}" for column in columns))
    if alone := whole.get("without_a_server"):
        print(f"without a server: {alone['seconds']} s, {alone['seconds_per_school']} s for each school")
    for column in columns:
        killed = ", ".join(column["killed"]) or "nothing"
        print(f"{column['workers']} workers: published {column['published_by_schools']}; killed: {killed}")


if __name__ == "__main__":
    main()
