"""What two weeks of a grown school take, phase by phase: on the clock, of the program's own work, and in memory.

The simulated platforms run in this process and each week in one of its own, so that seconds of work and memory are the
program's. The second week is one in which a dozen accounts joined and a few left, and half a dozen posts were written.
`python -m tests.bench.growth.run 100000 3000` measures another size, and with `--archive` a main account that is read
from its archive, which may hold more posts than X answers with; `--json FILE` writes the figures down.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from demo.town import SCHOOL_ID, WEEKS, Clock, DemoWeek, write_home, write_registers
from flows.home.init import make_key
from flows.home.settings import from_environment
from tests.bench.growth.archive import NAME, archived, write_archive
from tests.bench.growth.school import Size, world
from tests.simulated.serve import Servers, serve
from warehouse.store.places import Places

SIZES = (Size(500, 500), Size(2_000, 1_000))
CLOCK, WORK = 0, 1
Week = dict[str, Any]


def two_weeks(size: Size, home: Path) -> list[Week]:
    """Return what the first and the second week of a school of this size took."""
    write_home(home)
    places = Places(home, SCHOOL_ID)
    settings = places.settings.read_text(encoding="utf-8").replace('"8.00"', '"5000.00"')
    places.settings.write_text(archived(settings) if size.is_archived else settings, encoding="utf-8")
    make_key(from_environment({"AUDIT_HOME": str(home)}), places)
    clock = Clock(WEEKS[0].looked_at)
    with serve(world(size, WEEKS[0]), now=clock) as servers:
        weeks = []
        for week in WEEKS[:2]:
            clock.set(week.looked_at)
            shown = world(size, week)
            servers.show(shown)
            servers.x_api_version = week.x_api_version
            write_registers(places.folder, week)
            if size.is_archived:
                write_archive(places.folder / NAME, shown, week.looked_at - timedelta(hours=1))
            weeks.append(_week(servers, week, home))
    return weeks


def _week(servers: Servers, week: DemoWeek, home: Path) -> Week:
    urls = {
        "AUDIT_X_URL": servers.x_url,
        "AUDIT_YOUTUBE_URL": servers.youtube_url,
        "AUDIT_MEDIA_URL": servers.media_url,
    }
    days = week.as_of.isoformat(), week.looked_at.isoformat()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.growth.week", SCHOOL_ID, *days],
        env={**os.environ, "AUDIT_HOME": str(home), **urls},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    measured: Week = json.loads(done.stdout.splitlines()[-1])
    return measured


def measured(sizes: Sequence[Size]) -> dict[str, Any]:
    """Return the figures of each size, with what the machine is and what else it was doing."""
    schools = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            school = {**asdict(size), "weeks": two_weeks(size, Path(folder))}
        schools.append(school)
    machine = {
        "cores": os.cpu_count(),
        "load": os.getloadavg()[1],
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    return {"machine": machine, "schools": schools}


def total(week: Week, what: int = WORK) -> float:
    """Return the seconds of a week, on the clock or of work."""
    return sum(seconds[what] for seconds in week["seconds"].values())


def say(figures: dict[str, Any]) -> None:
    """Print the phases of each size side by side, in seconds of work, and how the whole grows with the followers."""
    schools = figures["schools"]
    columns = [(school, number) for school in schools for number in (0, 1)]
    heads = "".join(f"{school['followers']:>10,}/{number + 1}" for school, number in columns)
    print(f"\nA run by its phases, in seconds of the program's own work (followers/week):\n  {'':12}{heads}")
    phases = list(dict.fromkeys(name for school, number in columns for name in school["weeks"][number]["seconds"]))
    for name in phases:
        shown = [school["weeks"][number]["seconds"].get(name, (0, 0))[WORK] for school, number in columns]
        print(f"  {name:12}" + "".join(f"{seconds:12.2f}" for seconds in shown))
    print(f"  {'in all':12}" + "".join(f"{total(school['weeks'][number]):12.2f}" for school, number in columns))
    print(f"  {'MiB':12}" + "".join(f"{school['weeks'][number]['mebibytes']:12,.0f}" for school, number in columns))
    for before, after in pairwise(schools):
        times = log(after["followers"] / before["followers"])
        growth = [log(total(after["weeks"][n]) / total(before["weeks"][n])) / times for n in (0, 1)]
        print(f"  growth to {after['followers']:,} followers: exponent {growth[0]:.2f}, second week {growth[1]:.2f}")
    print(f"  The machine: {figures['machine']}.")


def bench_growth(sizes: Sequence[Size] = SIZES) -> dict[str, Any]:
    """Measure, print and return the figures."""
    figures = measured(sizes)
    say(figures)
    return figures


def main(words: Sequence[str]) -> None:
    """Measure the size that was asked for, or the usual ones."""
    numbers = [int(word) for word in words if word.isdecimal()]
    sizes = (Size(numbers[0], numbers[1], is_archived="--archive" in words),) if numbers else SIZES
    figures = bench_growth(sizes)
    if "--json" in words:
        place = Path(words[words.index("--json") + 1])
        place.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
