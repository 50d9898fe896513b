"""Files that were sent to the desk and that nobody has answered for yet: in memory alone, one for each person and use.

A file is let go of when it is answered, when another comes in its place, after an hour, when all together are too
large, the oldest first, and when the desk ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Timer
from time import monotonic
from typing import Any

from starlette.requests import Request

SECONDS = 3_600.0
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """The bytes of a file, and what was made of it."""

    body: bytes = field(repr=False)
    trial: Any


class WaitingFiles:
    """Keeps the files of everybody who is signed in.

    `seconds` is how long one may wait, `most` how many bytes may wait together; `clock` counts seconds.
    """

    def __init__(
        self, seconds: float = SECONDS, most: int = MOST_BYTES, clock: Callable[[], float] = monotonic
    ) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._files: dict[tuple[int, str], tuple[float, WaitingFile]] = {}  # since when, by person and use
        self._lock = Lock()
        self._has_sweeper = False

    def put(self, person: int, use: str, file: WaitingFile) -> None:
        """Keep a file for this person and use, in place of the one before."""
        with self._lock:
            self._files[person, use] = (self._clock(), file)
            self._sweep()

    def get(self, person: int, use: str) -> WaitingFile | None:
        """Return the file that waits; None where there is none."""
        with self._lock:
            self._sweep()
            since_and_file = self._files.get((person, use))
        return since_and_file[1] if since_and_file else None

    @contextmanager
    def taken(self, person: int, use: str) -> Iterator[WaitingFile | None]:
        """Give the file that waits to nobody but the body of the `with`; where that fails, it waits on as before."""
        with self._lock:
            self._sweep()
            since_and_file = self._files.pop((person, use), None)
        try:
            yield since_and_file[1] if since_and_file else None
        except BaseException:
            if since_and_file:
                with self._lock:
                    self._files.setdefault((person, use), since_and_file)
                    self._sweep()
            raise

    def drop(self, person: int, use: str) -> None:
        """Let go of the file that waits, if there is one."""
        with self._lock:
            self._files.pop((person, use), None)

    def _sweep(self) -> None:
        """Let go of what has waited too long or is too much; see that it is done again while anything waits."""
        oldest_first = sorted(self._files, key=lambda key: self._files[key][0])
        size = sum(len(file.body) for _, file in self._files.values())
        for key in oldest_first:
            since, file = self._files[key]
            if since + self._seconds <= self._clock() or size > self._most:
                size -= len(file.body)
                del self._files[key]
        if self._files and not self._has_sweeper:
            self._has_sweeper = True
            sweeper = Timer(self._seconds / 10, self._sweep_again)  # one for all, which holds no file
            sweeper.daemon = True
            sweeper.start()

    def _sweep_again(self) -> None:
        with self._lock:
            self._has_sweeper = False
            self._sweep()


def file_that_waits(request: Request, use: str) -> WaitingFile | None:
    """Return the file that waits for whoever asks; None where there is none."""
    waiting: WaitingFile | None = request.app.state.files.get(request.state.session.person.number, use)
    return waiting
