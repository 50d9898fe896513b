"""The simulated platforms in a process of their own, so that what they cost is not counted as the audit's.

`python -m tests.bench.fleet.platforms SCHOOLS FOLLOWERS PEOPLE BEARERS` prints where they are and serves until its
input ends.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.bench.fleet.homes import UNITS_PER_DAY, FleetSize, world
from tests.simulated.serve import serve


@contextmanager
def served(size: FleetSize) -> Iterator[dict[str, str]]:
    """Serve the schools' accounts, and lend the environment by which a run finds them."""
    words = [
        sys.executable,
        "-m",
        "tests.bench.fleet.platforms",
        *map(str, (size.schools, size.followers, size.people, size.bearers)),
    ]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("The platforms have no pipe.")
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()


def main() -> None:
    """Serve until nobody listens any more."""
    size = FleetSize(*map(int, sys.argv[1:]))
    with serve(world(size), now=lambda: datetime.now(UTC)) as servers:  # so that X's windows end
        servers.youtube_quota = UNITS_PER_DAY
        urls = {"X": servers.x_url, "YOUTUBE": servers.youtube_url, "MEDIA": servers.media_url}
        sys.stdout.write(json.dumps({f"AUDIT_{name}_URL": url for name, url in urls.items()}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
