"""Decodes pictures in a process of their own, which may be slow, grow or die without harm to the run.

A child has two seconds of processor time and a gigabyte for a picture; one that takes more is ended, and the picture
is tried once more by a new child with four times as long. Time that the child only waits for a processor does not
count: a busy machine makes no picture unreadable.
"""

import multiprocessing
import multiprocessing.connection
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from engines.pictures.decoding.child import FILM, LATER, PICTURE, received, request
from engines.pictures.decoding.decode import MOST_BYTES, SIDE
from engines.pictures.picture import DecodedPicture, Pixels, UnreadablePicture

SECONDS = 2.0
MEMORY = 800_000_000  # with what the child needs for itself, less than a gigabyte
SECOND_TRY = 4  # times its seconds that a picture may take when it is tried again
_FRAME_SECONDS = 30  # times its seconds that a film's next frame may take: all between two frames are decoded
_STARTING = 600.0  # seconds that a child may take to start: it imports, on a machine that may be very busy
_LONGEST = 30  # times its seconds, by the clock on the wall, that a child may take for a picture
_POLLS = 8  # looks at a child within its seconds
# Not by `multiprocessing`, which would have the child import the program that began the run: Prefect's engine, say.
_START = (
    "import sys; fd, most, *sys.path = sys.argv[1:]; from engines.pictures.decoding.child import main; main(fd, most)"
)


@dataclass(slots=True)
class _Child:
    """The process that decodes, our end of the pipe to it, and whether it has said that it can begin."""

    process: "subprocess.Popen[bytes]"
    pipe: multiprocessing.connection.Connection
    is_ready: bool = False


class Opener:
    """Opens pictures one at a time, each in a child process; use it in a `with`."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the child ahead of the first picture, and wait for nothing; it would be started then by itself."""
        with self._lock:
            if self._child is None:
                self._child = _started(self._memory)

    def open(self, body: bytes, side: int = SIDE) -> DecodedPicture | UnreadablePicture:
        """Return the picture in these bytes, or why there is none; never raises for bad bytes."""
        made = self._picture(body, side)
        if isinstance(made, UnreadablePicture):
            return made
        is_whole = max(made.pixels.shape) == max(made.width, made.height)
        return replace(
            made, finer=cache(lambda most: made.pixels if is_whole else self._finer(body, made.pixels, most))
        )

    def later_frames(self, body: bytes, side: int = SIDE) -> list[DecodedPicture | UnreadablePicture]:
        """Return the frames after the first that show something else than the last; the last may say why not all."""
        with self._lock:
            return list(self._answers(request(LATER, side, body), self._seconds * SECOND_TRY))

    def film_frames(self, path: Path) -> Iterator[DecodedPicture | UnreadablePicture]:
        """Yield frames of a film, one for every two seconds; the last may say why there are no more.

        Nothing else can be opened before the last frame was taken, or the iterator was closed.
        """
        with self._lock:
            yield from self._answers(request(FILM, 0, str(path).encode()), self._seconds * _FRAME_SECONDS)

    @property
    def child(self) -> int | None:
        """Return the number of the process that decodes, None while there is none."""
        return None if self._child is None else self._child.process.pid

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.pipe.close()
            self._child.process.kill()
            self._child.process.wait()
        self._child = None

    def _finer(self, body: bytes, coarse: Pixels, side: int) -> Pixels:
        made = self._picture(body, side)
        return coarse if isinstance(made, UnreadablePicture) else made.pixels

    def _picture(self, body: bytes, side: int) -> DecodedPicture | UnreadablePicture:
        """Return a picture, tried twice where time ran out."""
        if len(body) > MOST_BYTES:
            return UnreadablePicture("too_large")
        asked = request(PICTURE, side, body)
        with self._lock:
            made = self._answer(asked, self._seconds)
            if made == UnreadablePicture("too_slow"):
                made = self._answer(asked, self._seconds * SECOND_TRY)
        return made or UnreadablePicture("truncated")

    def _answers(self, asked: bytes, seconds: float) -> Iterator[DecodedPicture | UnreadablePicture]:
        """Yield all answers to a request; whoever stops before the last makes the child useless, so it is ended."""
        answer = self._answer(asked, seconds)
        try:
            while isinstance(answer, DecodedPicture):
                yield answer
                answer = self._answer(None, seconds)
        finally:
            if isinstance(answer, DecodedPicture):
                self.close()
        if answer is not None:
            yield answer

    def _answer(self, asked: bytes | None, seconds: float) -> DecodedPicture | UnreadablePicture | None:
        """Return the answer to a request, or the next answer where there is none; None after the last."""
        child = self._running_child()
        try:
            if asked is not None:
                child.pipe.send_bytes(asked)
            if not _has_answered(child, seconds):
                self.close()
                return UnreadablePicture("too_slow")
            return received(child.pipe.recv_bytes())
        except (EOFError, OSError, ValueError):
            self.close()
            return UnreadablePicture("truncated")

    def _running_child(self) -> _Child:
        if self._child is None or self._child.process.poll() is not None:
            self.close()
            self._child = _started(self._memory)
        if not self._child.is_ready and not _is_ready(self._child.pipe):
            self.close()
            raise RuntimeError("The process that decodes pictures did not start.")
        self._child.is_ready = True
        return self._child


def _started(memory: int) -> _Child:
    mine, theirs = multiprocessing.Pipe()
    places = [os.path.abspath(place) for place in sys.path]  # noqa: PTH100 - a zip file is no folder
    with theirs:
        words = [sys.executable, "-I", "-S", "-c", _START, str(theirs.fileno()), str(memory), *places]
        # In a session of its own: what tells the run and all its group to end is the run's to answer.
        process = subprocess.Popen(  # noqa: S603 - our own words
            words, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )
    return _Child(process, mine)


def _has_answered(child: _Child, seconds: float) -> bool:
    """Wait for the child's answer; say False when it has used up its seconds, or stands still."""
    limit = _processor_seconds(child.process.pid) + seconds
    for _ in range(_LONGEST * _POLLS):
        if child.pipe.poll(seconds / _POLLS):
            return True
        if _processor_seconds(child.process.pid) >= limit:
            return False
    return False


def _is_ready(pipe: multiprocessing.connection.Connection) -> bool:
    try:
        return pipe.poll(_STARTING) and pipe.recv_bytes() == b"ready"
    except EOFError:
        return False


def _processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used; the time on the clock, where the system cannot tell."""
    if sys.platform != "linux":
        return time.monotonic()
    return time.clock_gettime((~pid << 3) | 2)  # the kernel's number for the clock of a whole process
