"""Starts a run for the desk: through Prefect where the school is deployed there, else as a process of its own.

The process outlives the desk, and holds the lock of runs started by a press: a second press is told of the first.
"""

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from flows.home.exit_codes import WRONG_USE
from flows.home.settings import ConfigurationError, Settings
from flows.schedule.program import beside_python, called
from policies.school import School
from policies.school_file import read_school
from warehouse.runs.run_progress import RUNNING, STARTED, RunProgress, is_locked, locked, read_progress, write_progress
from warehouse.store.places import Places

_PATIENCE = 0.5  # longer than anybody who looks holds the lock
_TAKEN = timedelta(minutes=15)  # within which a worker of Prefect's takes what was handed over
_UNDER_WAY = "A run of this school is under way already. Wait until it has ended; the page Runs shows how far it is."


@dataclass(frozen=True, slots=True)
class ProcessRunStarter:
    """Starts the runs of one school in this process's environment."""

    settings: Settings
    places: Places

    def school(self) -> School:
        """Return school.toml as it stands now; SchoolError names every mistake."""
        return read_school(self.places.settings)

    def start(self, as_of: date | None, options: Sequence[str] = ()) -> None:
        """Start a run of a day, or of today, with further words of `audit run`; ConfigurationError if none can be."""
        with locked(self.places.folder, STARTED, patience=_PATIENCE) as handle:
            if handle is None or is_locked(self.places.folder, RUNNING):
                raise ConfigurationError(_UNDER_WAY)
            now, before = self.settings.clock(), read_progress(self.places.folder)
            if before and before.way == "prefect" and before.ended_at is None and now < before.began_at + _TAKEN:
                raise ConfigurationError("A run was handed to Prefect, and waits for a worker. Look whether one runs.")
            begun = RunProgress(as_of, now, options=tuple(options))
            if self._hands_over(as_of, options):
                write_progress(self.places.folder, replace(begun, way="prefect"))
                return
            self._process(begun, handle)

    def _process(self, begun: RunProgress, lock: int) -> None:
        words = ["run", self.places.school, *(["--as-of", str(begun.as_of)] if begun.as_of else []), *begun.options]
        program = beside_python("audit")
        write_progress(self.places.folder, begun)
        try:
            process = _started([str(program), *words], self.places.folder / "run.log", lock)
        except OSError as error:
            sentence = f"The run could not be started ({error.strerror}). Look at the machine, and press again."
            ended = replace(begun, ended_at=begun.began_at, code=WRONG_USE, sentence=sentence)
            write_progress(self.places.folder, ended)
            raise ConfigurationError(sentence) from error
        threading.Thread(target=process.wait, daemon=True).start()  # so that nothing of it is left when it has ended

    def _hands_over(self, as_of: date | None, options: Sequence[str]) -> bool:
        """Hand the run to Prefect, and say so; False where the school is not deployed, or the run not for Prefect."""
        if not os.environ.get("PREFECT_API_URL") or not set(options) <= {"--look-up-followers"}:
            return False
        parameters = {
            "schools": [self.places.school],
            **({"as_of": str(as_of)} if as_of else {}),
            **({"look_up_followers": True} if options else {}),
        }
        prefect = (str(beside_python("prefect")), "--no-prompt", "deployment")
        for deployment in (f"weekly-audit/{self.places.school}", "weekly-audit/any_school"):  # its own, or a group's
            found = called(*prefect, "inspect", deployment)
            if found.returncode and "not found" in (found.stdout + found.stderr).lower():
                continue
            run = (*prefect, "run", deployment, "--params", json.dumps(parameters))
            if found.returncode or called(*run).returncode:
                raise ConfigurationError(
                    "Prefect does not answer at PREFECT_API_URL. Start its server, or the desk without PREFECT_API_URL."
                )
            return True
        return False


def _started(words: Sequence[str], log: Path, lock: int) -> "subprocess.Popen[bytes]":
    """Start a program that outlives us and has the lock; what it says goes into the log, its owner's alone."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - the words are ours, and no shell reads them
            words,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            start_new_session=True,
            pass_fds=(lock,),
        )
    finally:
        os.close(handle)
