"""The way into the demo: a town with an invented school and both platforms, and the truth about what is wrong there."""

import time
import tomllib
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from demo import school, story
from demo.serve import Servers, serve
from demo.weekly_world import build
from demo.weeks import WEEKS, DemoWeek

__all__ = ["WEEKS", "DemoWeek", "Town", "open_town", "truth"]


class Clock:
    """Stands at a chosen moment and ticks with real time; calling it tells the time, aware, in UTC."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Stand at this moment (aware) now."""
        # One assignment, so that a server's thread never sees half of a change.
        self._from = moment.astimezone(UTC), time.monotonic()

    def __call__(self) -> datetime:
        moment, started = self._from
        return moment + timedelta(seconds=time.monotonic() - started)


class Town:
    """The simulated platforms, running, at the beginning of week 1; `with` closes them."""

    def __init__(self) -> None:
        self.weeks = WEEKS
        self.clock = Clock(WEEKS[0].looked_at)
        self.servers: Servers = serve(build(WEEKS[0]), now=self.clock)

    def turn_to(self, week: DemoWeek) -> None:
        """Show this week's world, its lists cut as the story has it, at six on its Monday morning in London."""
        world = build(week)
        self.clock.set(week.looked_at)
        self.servers.show(world)
        self.servers.cuts.clear()
        for platform, path, cut in story.CUTS.get(week.number, ()):
            self.servers.cuts.set(platform, path, cut)
        self.servers.x_api_version = week.x_api_version

    def write_home(self, home: Path) -> Path:
        """Write the school's folder under `home`, as of week 1, and return it."""
        return school.write_home(home)

    def write_registers(self, folder: Path, week: DemoWeek) -> None:
        """Write the registers and photographs in the school's folder as they stood in this week."""
        school.write_registers(folder, week)

    def __enter__(self) -> Self:
        self.servers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.servers.__exit__(kind, error, trace)


def open_town() -> Town:
    """Start the town: the servers listen on loopback until the town is closed."""
    return Town()


def truth() -> dict[str, Any]:
    """Return `demo/truth.toml`: by week, every exception that an honest audit reports."""
    return tomllib.loads(resources.files("demo").joinpath("truth.toml").read_text(encoding="utf-8"))
