"""Writes down how far a run is, for the desk to show; what cannot be written changes nothing about the run."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.home.exit_codes import DONE, answer_to
from flows.home.json_logs import note_subject
from flows.home.settings import Settings
from flows.notify.telemetry import send_trace
from warehouse.runs.run_progress import RUNNING, RunProgress, is_locked, locked, read_progress, write_progress
from warehouse.store.places import Places

log = logging.getLogger(__name__)
_PATIENCE = 2.0  # longer than anybody who looks holds the lock
_WAITS, _PAUSE = 1_800.0, 1.0  # seconds for which whoever works on a school is waited for, and between two looks


@dataclass(slots=True)
class PhaseEnding:
    """How a phase ended, filled in by whoever does it: of a pull, complete, partial or failed."""

    state: str | None = None


@dataclass(slots=True)
class ProgressRecorder:
    """Writes the progress of one run into its school's folder, or nothing; `code` is how it ends if not broken off."""

    settings: Settings | None = None
    folder: Path | None = None
    progress: RunProgress | None = None
    code: int = DONE

    def plan(self, as_of: date, names: Sequence[str]) -> None:
        """Write down of which day the run is, and the names of its phases."""
        if self.progress is not None:
            self._write(replace(self.progress, as_of=as_of, planned=tuple(names)))

    @contextmanager
    def phase(self, name: str) -> Iterator[PhaseEnding]:
        """Write down that a phase begins and, if nothing breaks it off, that it has ended."""
        ending = PhaseEnding()
        if self.progress is None or self.settings is None:
            yield ending
            return
        self._write(self.progress.begun(name, began := self.settings.clock()))
        yield ending
        self._write(self.progress.done(name, ended := self.settings.clock(), ending.state))
        seconds, stage = (ended - began).total_seconds(), name.partition(":")[0]
        measured = {"stage": stage, "state": ending.state or "ended", "seconds": seconds}
        log.info("A stage has ended.", extra={"measured": measured})

    def end(self, code: int, sentence: str | None = None) -> None:
        """Write down that the run has ended, and how."""
        if self.progress is not None and self.settings is not None:
            self._write(ended := replace(self.progress, ended_at=self.settings.clock(), code=code, sentence=sentence))
            log.info("%s", sentence or "The run has ended.", extra={"measured": {"code": code, "seconds": ended.took}})
            if self.folder is not None:
                send_trace(self.folder.name, ended)

    def _write(self, progress: RunProgress) -> None:
        self.progress = progress
        if self.folder is not None:
            note_subject(self.folder.name, progress.as_of.isoformat() if progress.as_of else None)
            with suppress(OSError):  # a full disk is told by the run itself
                write_progress(self.folder, progress)


@contextmanager
def recorded(
    settings: Settings, school_id: str, as_of: date | None, options: Sequence[str] = ()
) -> Iterator[ProgressRecorder]:
    """Record a run from here to its end, unless another run of the school is under way, which records itself."""
    with ExitStack() as stack:
        recorder = _recorder(stack, settings, Places(settings.home, school_id).folder)
        if recorder.folder is not None:
            begun = RunProgress(as_of, settings.clock(), options=tuple(options), pid=os.getpid())
            recorder._write(begun)  # noqa: SLF001 - the first line of what it keeps
        try:
            yield recorder
        except BaseException as error:
            sentence, code = answer_to(error)
            recorder.end(code, sentence)
            raise
        recorder.end(recorder.code)


def _recorder(stack: ExitStack, settings: Settings, folder: Path) -> ProgressRecorder:
    """Return what records into the school's folder; nothing is recorded where it cannot be locked for this run."""
    try:
        handle = stack.enter_context(locked(folder, RUNNING, patience=_PATIENCE))
    except OSError:
        return ProgressRecorder()
    return ProgressRecorder() if handle is None else ProgressRecorder(settings, folder)


def published_before(settings: Settings, school_id: str, as_of: date | None) -> bool:
    """Say whether this day was published whole, having waited for whoever works on the school."""
    places = Places(settings.home, school_id)
    left = _WAITS
    while places.folder.is_dir() and is_locked(places.folder, RUNNING) and left > 0:
        settings.sleep(_PAUSE)
        left -= _PAUSE
    last = read_progress(places.folder)
    if last is None or last.ended_at is None or as_of is None or last.options:  # these may say that it read a part
        return False
    return last.code == DONE and last.as_of == as_of and places.published.exists()
