"""The way into the demo: a town with an invented school and both platforms, and the truth about what is wrong there."""

import os
import time
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from demo.school import album, register_files, story
from demo.school.register_files import FILES
from demo.school.story import SHORT, WEEKS, DemoWeek
from demo.school.weekly_world import build
from demo.serve import Servers
from demo.tables import read_tables

SCHOOL_ID = "ousterly-vale"
SCHOOL_FILES = ("school.toml", "credentials.toml", "policy.toml", "policy.md")


def write_home(home: Path) -> Path:
    """Write the school's folder as of week 1 under `home`, and return it."""
    folder = home / SCHOOL_ID
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHOOL_FILES:
        _write_private(folder / name, resources.files("demo.school.folder").joinpath(name).read_text(encoding="utf-8"))
    write_registers(folder, WEEKS[0])
    return folder


def write_registers(folder: Path, week: DemoWeek) -> None:
    """Write registers/ and photographs/ of the school's folder as they stood in this week.

    Files are dated the evening before, as an export made on Sunday would be, but for two that people keep by hand.
    """
    registers, photographs = folder / "registers", folder / "photographs"
    registers.mkdir(exist_ok=True)
    photographs.mkdir(exist_ok=True)
    register_files.write_sheets(registers, week)
    for master in album.approved_photographs(week):
        path = photographs / f"{master.photograph_id}.jpg"
        if master.scene == album.POSITIONED or not path.exists():
            path.write_bytes(album.file_of(master, week))
        if master.scene == album.MISNAMED and week.number >= SHORT:
            path.rename(path.with_suffix(".jpeg"))
    for register, name in FILES.items():
        saved = register_files.saved_at(register, week).timestamp()
        os.utime(registers / name, (saved, saved))


def _write_private(path: Path, text: str) -> None:
    """Write a file that no other user can read at any moment."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    path.chmod(0o600)


__all__ = ["WEEKS", "DemoWeek", "Town", "truth", "write_home", "write_registers"]


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

    def __init__(self, platforms: type[Servers] = Servers) -> None:
        self.clock = Clock(WEEKS[0].looked_at)
        self.servers = platforms(build(WEEKS[0]), self.clock)

    def turn_to(self, week: DemoWeek) -> None:
        """Show this week's world, its lists cut as the story has it, at six on its Monday morning in London."""
        world = build(week)
        self.clock.set(week.looked_at)
        self.servers.show(world)
        self.servers.cuts.clear()
        for platform, path, cut in story.CUTS.get(week.number, ()):
            self.servers.cuts.set(platform, path, cut)
        for platform, path, about in story.BROWN_OUTS.get(week.number, ()):
            self.servers.cuts.find_nothing(platform, path, about=about)
        self.servers.x_api_version = week.x_api_version

    def __enter__(self) -> Self:
        self.servers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.servers.__exit__(kind, error, trace)


def truth() -> dict[str, Any]:
    """Return `demo/school/truth.toml`: by week, every exception that an honest audit reports."""
    return read_tables("demo.school", "truth.toml")
