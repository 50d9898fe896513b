"""How quick the desk is with 20,000 open cases and 50 people at once, and whether its memory stays as it is."""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from demo.town import SCHOOL_ID
from tests.bench.desk.many_cases import with_cases
from tests.bench.desk.readers import read_together

CASES, PEOPLE, REQUESTS = 20_000, 50, 10_000
PAUSE = 1.0  # seconds that a reader takes between two pages, on average: a quick one
SECONDS = 60
_AUDIT = Path(sys.executable).with_name("audit")
_ROLES = ("enterprise_and_technology_lead", "dsl", "dpo")
_SAYS = re.compile(r"(http://127\.0\.0\.1:\d+)/|with the password (\S+)")


def main() -> None:
    """Make a demo's home larger, serve its desk as its command does, and print what readers met."""
    with tempfile.TemporaryDirectory() as folder:
        made, home = Path(folder) / "demo", Path(folder) / "many"
        subprocess.run([_AUDIT, "demo", "--out", made], check=True, stdout=subprocess.DEVNULL)
        with _desk(with_cases(made, home, CASES)) as (process, url, password):
            print(f"\nThe desk: {CASES:,} open cases on {os.cpu_count()} cores, which the readers use too")
            _read(url, password, f"{PEOPLE} people, a page every {PAUSE:g} s each", seconds=SECONDS, pause=PAUSE)
            before = _memory(process.pid)
            asked = 0
            while asked < REQUESTS:
                asked += _read(url, password, "as fast as 4 can ask", seconds=SECONDS / 2, pause=0, people=4)
            print(f"Memory: {before:,} MiB before, {_memory(process.pid):,} MiB after {asked:,} further requests")


def _read(url: str, password: str, title: str, *, seconds: float, pause: float, people: int = PEOPLE) -> int:
    """Print how long the pages took, and return how many there were."""
    roles = [_ROLES[number % len(_ROLES)] for number in range(people)]
    times = asyncio.run(read_together(url, password, roles, seconds=seconds, pause=pause))
    print(title)
    all_times = [seconds for of_kind in times.values() for seconds in of_kind]
    for kind, of_kind in {**times, "all": all_times}.items():
        print(f"  {kind:9} {len(of_kind):6,} pages, median {_ms(of_kind, 0.5)}, 99th percentile {_ms(of_kind, 0.99)}")
    return len(all_times)


def _ms(seconds: list[float], share: float) -> str:
    quantile = statistics.median(seconds) if share == 0.5 else sorted(seconds)[int(share * (len(seconds) - 1))]
    return f"{quantile * 1000:,.0f} ms"


def _memory(pid: int) -> int:
    """Return how much memory a process holds, in MiB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) // 1024


@contextmanager
def _desk(home: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Serve the desk of a demo's home in a process of its own; lend the process, its address and a password."""
    environment: Mapping[str, str] = {**os.environ, "AUDIT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    program = [_AUDIT, "review", SCHOOL_ID, "--demo", "--port", "8399"]
    process = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        url = password = ""
        for line in process.stdout or ():
            for address, secret in _SAYS.findall(line):
                url, password = address or url, secret or password
            if url:
                break
        yield process, url, password
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    main()
