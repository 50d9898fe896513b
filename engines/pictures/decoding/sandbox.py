"""Decodes pictures in a process of their own, which may be slow, grow or die without harm to the run.

A child has two seconds of processor time and a gigabyte for a picture; one that takes more is ended, and the next gets
a new child. Time that the child only waits for a processor does not count: a busy machine makes no picture unreadable.
"""

import multiprocessing
import multiprocessing.connection
import resource
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from engines.pictures.decoding.decode import FINE_SIDE, MOST_BYTES, SIDE, decode_picture
from engines.pictures.decoding.unreadable import Problem, UnreadablePicture
from engines.pictures.picture import DecodedPicture, Pixels

SECONDS = 2.0
MEMORY = 800_000_000  # with what the child needs for itself, less than a gigabyte
_STARTING = 600.0  # seconds that a child may take to start: it imports, on a machine that may be very busy
_LONGEST = 30  # times its seconds, by the clock on the wall, that a child may take for a picture
_POLLS = 8  # looks at a child within its seconds


class Opener:
    """Opens pictures one at a time, each in a child process; use it in a `with`."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._child: Any = None
        self._pipe: multiprocessing.connection.Connection | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, body: bytes, side: int = SIDE) -> DecodedPicture | UnreadablePicture:
        """Return the picture in these bytes, or why there is none; never raises for bad bytes."""
        with self._lock:
            made = self._answer(body, side) if len(body) <= MOST_BYTES else UnreadablePicture("too_large")
        if isinstance(made, UnreadablePicture):
            return made
        return DecodedPicture(made.pixels, made.width, made.height, finer=lambda: self._finer(body, made.pixels))

    @property
    def child(self) -> int | None:
        """Return the number of the process that decodes, None while there is none."""
        return None if self._child is None else int(self._child.pid)

    def close(self) -> None:
        """End the child."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._child = self._pipe = None

    def _finer(self, body: bytes, coarse: Pixels) -> Pixels:
        with self._lock:
            made = self._answer(body, FINE_SIDE)
        return coarse if isinstance(made, UnreadablePicture) else made.pixels

    def _answer(self, body: bytes, side: int) -> DecodedPicture | UnreadablePicture:
        pipe = self._running_child()
        try:
            pipe.send_bytes(side.to_bytes(4, "little") + body)
            if not self._has_answered(pipe):
                self.close()
                return UnreadablePicture("too_large")
            return _received(pipe.recv_bytes())
        except (EOFError, OSError, ValueError):
            self.close()
            return UnreadablePicture("truncated")

    def _has_answered(self, pipe: multiprocessing.connection.Connection) -> bool:
        """Wait for the child's answer; say False when it has used up its seconds, or stands still."""
        limit = _processor_seconds(self._child.pid) + self._seconds
        for _ in range(_LONGEST * _POLLS):
            if pipe.poll(self._seconds / _POLLS):
                return True
            if _processor_seconds(self._child.pid) >= limit:
                return False
        return False

    def _running_child(self) -> multiprocessing.connection.Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        child = context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        child.start()
        theirs.close()
        self._pipe, self._child = mine, child
        if not _is_ready(mine):
            self.close()
            raise RuntimeError("The process that decodes pictures did not start.")
        return mine


def _is_ready(pipe: multiprocessing.connection.Connection) -> bool:
    try:
        return pipe.poll(_STARTING) and pipe.recv_bytes() == b"ready"
    except EOFError:
        return False


_PROBLEMS: dict[bytes, Problem] = {b"too_large": "too_large", b"not_a_picture": "not_a_picture"}


def _received(answer: bytes) -> DecodedPicture | UnreadablePicture:
    if answer[:1] != b"P":
        return UnreadablePicture(_PROBLEMS.get(answer[1:], "truncated"))
    width, height, wide, high = np.frombuffer(answer, "<u4", 4, 1)
    pixels = np.frombuffer(answer, np.uint8, int(wide) * int(high) * 3, 17).reshape(int(high), int(wide), 3)
    return DecodedPicture(pixels, int(width), int(height))


def _serve(pipe: multiprocessing.connection.Connection, memory: int) -> None:
    """Answer with pixels for bytes until the pipe closes."""
    decode_picture(b"")  # what is to be imported is imported before memory is counted
    most = _in_use() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    pipe.send_bytes(b"ready")
    while True:
        try:
            asked = pipe.recv_bytes()
        except (EOFError, OSError, MemoryError):
            return  # the run sees a closed pipe, and starts another child
        made = decode_picture(asked[4:], int.from_bytes(asked[:4], "little"))
        if isinstance(made, UnreadablePicture):
            pipe.send_bytes(b"U" + made.problem.encode())
        else:
            size = np.array([made.width, made.height, *made.pixels.shape[1::-1]], "<u4").tobytes()
            pipe.send_bytes(b"P" + size + made.pixels.tobytes())


def _processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used; the time on the clock, where the system cannot tell."""
    if sys.platform != "linux":
        return time.monotonic()
    return time.clock_gettime((~pid << 3) | 2)  # the kernel's number for the clock of a whole process


def _in_use() -> int:
    """Return the bytes of address space that this process has taken already."""
    statistics = Path("/proc/self/statm")
    if statistics.is_file():
        return int(statistics.read_text().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
