"""How far the run of a school is: `run.json` in the school's folder, and the lock that whoever makes a run holds.

It stands beside the warehouse and not in it, because only one process may have the warehouse open, and a run has it.
The lock goes with its process, however that ends: a run that has no end and no lock was killed.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from warehouse.store.open import WarehouseError
from warehouse.store.private_files import new_private_file

Standing = Literal["none", "running", "handed", "ended", "killed"]
RUNNING, STARTED = "run.lock", "started.lock"
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a run: a source that is pulled, `judge` or `publish`; of a source, how its pull ended."""

    name: str
    began_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RunProgress:
    """The run that was begun last: what it was asked, how far it is, and how it ended.

    `options` are the further words of `audit run`. `planned` are the names of its phases, once they are known. `way` is
    `prefect` where the run was handed to Prefect and has not begun. `code` is the exit code, and `sentence` what was
    said with it where something went wrong.
    """

    as_of: date | None
    began_at: AwareDatetime
    way: Literal["process", "prefect"] = "process"
    options: tuple[str, ...] = ()
    pid: int | None = None
    planned: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    ended_at: AwareDatetime | None = None
    code: int | None = None
    sentence: str | None = None

    @property
    def took(self) -> float | None:
        """How many seconds the run took; None where it has not ended, or was killed."""
        return None if self.ended_at is None else (self.ended_at - self.began_at).total_seconds()

    @property
    def is_judged(self) -> bool:
        """Whether the run was judged, and has not come to be published."""
        ended = {phase.name for phase in self.phases if phase.ended_at is not None}
        return "judge" in ended and "publish" not in ended

    def begun(self, phase: str, at: AwareDatetime) -> "RunProgress":
        """Return the progress at the beginning of a phase; an earlier try of the same phase counts no more."""
        others = tuple(each for each in self.phases if each.name != phase)
        return replace(self, phases=(*others, Phase(phase, at)))

    def done(self, phase: str, at: AwareDatetime, state: str | None) -> "RunProgress":
        """Return the progress at the end of a phase."""
        phases = (replace(each, ended_at=at, state=state) if each.name == phase else each for each in self.phases)
        return replace(self, phases=tuple(phases))


_PROGRESS = TypeAdapter(RunProgress)


def read_progress(folder: Path) -> RunProgress | None:
    """Return what was written last of a run in this school's folder; None where nothing was, or it cannot be read."""
    try:
        return _PROGRESS.validate_json((folder / "run.json").read_bytes())
    except (OSError, ValidationError):
        return None


def write_progress(folder: Path, progress: RunProgress) -> None:
    """Write the progress beside its place and move it in; only the holder of a lock does. OSError if it cannot."""
    part = folder / "run.part"
    part.unlink(missing_ok=True)
    with new_private_file(part) as file:
        file.write(_PROGRESS.dump_json(progress, indent=2))
    part.rename(folder / "run.json")


@contextmanager
def locked(folder: Path, name: str, *, patience: float = 0.0) -> Iterator[int | None]:
    """Lend the lock of this name, as a handle that a process which is started may be given; None if another has it.

    Whoever looks whether it is held holds it for a moment; `patience` are the seconds for which it is tried again.
    """
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + patience
    try:
        while not (is_ours := _is_ours(handle)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield handle if is_ours else None
    finally:
        os.close(handle)


def _is_ours(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(folder: Path, name: str) -> bool:
    """Say whether some process holds the lock of this name; WarehouseError if that cannot be told."""
    if not (folder / name).exists():
        return False
    try:
        with locked(folder, name) as handle:
            return handle is None
    except OSError as error:
        raise WarehouseError(f"{name} in the school's folder cannot be opened. Check its owner and mode.") from error


def standing(folder: Path, progress: RunProgress | None) -> Standing:
    """Return how the run that was begun last stands; `progress` is what was read of it."""
    if is_locked(folder, RUNNING) or is_locked(folder, STARTED):
        return "running"
    if progress is None:
        return "none"
    if progress.ended_at is not None:
        return "ended"
    return "handed" if progress.way == "prefect" else "killed"
