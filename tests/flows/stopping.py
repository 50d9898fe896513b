"""Runs in processes of their own that are killed at a named point, or after a time; what each said is kept."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.flows.village import SCHOOL

ROOT = Path(__file__).parents[2]
KILLED = {"signal": int(signal.SIGKILL)}


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a run: before or after a function, `module:name`, is called for the time of this number."""

    says: str
    function: str
    when: str = "before"
    number: int = 1


class Zygote:
    """Forks runs from a process that has imported everything; `said` is where the runs' words go."""

    def __init__(self, said: Path) -> None:
        self.said = said
        words = [sys.executable, "-W", "ignore", "-m", "tests.flows.zygote"]
        pipe = subprocess.PIPE
        with said.open("w") as file:
            self._process = subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=file, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == '{"ready": true}\n', said.read_text()

    def _read(self) -> dict[str, int]:
        assert self._process.stdout is not None
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer

    def run(
        self,
        environment: dict[str, str],
        *,
        point: Point | None = None,
        kill_after: float | None = None,
        words: tuple[str, ...] = ("run", SCHOOL, "--as-of", "2026-11-02"),
        at: str | None = None,
    ) -> dict[str, int]:
        """Run the audit, or another command, killed at this point or after so many seconds, and return how it ended.

        `at` is the time at which it begins, by its own clock; without one it is now.
        """
        assert self._process.stdin is not None
        request: dict[str, Any] = {"args": list(words), "env": environment}
        where = (point.function, point.when, point.number) if point else None
        self._process.stdin.write(json.dumps(request | {"said": str(self.said), "point": where, "at": at}) + "\n")
        self._process.stdin.flush()
        pid = self._read()["pid"]
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return self._read()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


@contextlib.contextmanager
def zygote(folder: Path) -> Iterator[Zygote]:
    """Lend a zygote whose runs write what they say into this folder."""
    made = Zygote(folder / "said.txt")
    try:
        yield made
    finally:
        made.close()
