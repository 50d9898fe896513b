"""What runs in the process that decodes: it takes one request after another, and answers each with frames or a word.

A request is a byte for its kind, four for the pixels of the longest side, and a body: a file's bytes, or for a film the
path of it. The answers are frames, as many as there are, and at the end what came of it.
"""

import importlib
import multiprocessing.connection
import resource
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engines.pictures.decoding.decode import decode_later_frames, decode_picture
from engines.pictures.model import Problem
from engines.pictures.picture import DecodedPicture, UnreadablePicture

PICTURE, LATER, FILM = b"P", b"L", b"F"
_FRAME, _END, _UNREADABLE = b"P", b"E", b"U"
_PROBLEMS: dict[bytes, Problem] = {
    b"too_large": "too_large",
    b"not_a_picture": "not_a_picture",
    b"too_many": "too_many",
}


def request(kind: bytes, side: int, body: bytes) -> bytes:
    """Return a request in the form in which it is sent."""
    return kind + side.to_bytes(4, "little") + body


def received(answer: bytes) -> DecodedPicture | UnreadablePicture | None:
    """Return a frame, or why there is none; None where there are no more of them."""
    if answer[:1] == _END:
        return None
    if answer[:1] != _FRAME:
        return UnreadablePicture(_PROBLEMS.get(answer[1:], "truncated"))
    width, height, wide, high, moves = (int(value) for value in np.frombuffer(answer, "<u4", 5, 1))
    pixels = np.frombuffer(answer, np.uint8, wide * high * 3, 21).reshape(high, wide, 3)
    return DecodedPicture(pixels, width, height, moves=bool(moves))


def main(pipe: str, memory: str) -> None:
    """Serve at the end of a pipe that this process was given by its number, until the other end is closed."""
    with multiprocessing.connection.Connection(int(pipe)) as end:
        serve(end, int(memory))


def serve(pipe: multiprocessing.connection.Connection, memory: int) -> None:
    """Answer requests until the pipe closes, with at most so many bytes of memory besides what is in use already."""
    decode_picture(b"")  # what is to be imported is imported before memory is counted
    most = _in_use() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    pipe.send_bytes(b"ready")
    while True:
        try:
            asked = pipe.recv_bytes()
        except (EOFError, OSError, MemoryError):
            return  # the run sees a closed pipe, and starts another child
        for answer in _answers(asked[:1], int.from_bytes(asked[1:5], "little"), asked[5:]):
            pipe.send_bytes(answer)


def _answers(kind: bytes, side: int, body: bytes) -> Iterator[bytes]:
    if kind == PICTURE:
        yield _sent(decode_picture(body, side))
        return
    frames = decode_later_frames(body, side) if kind == LATER else _film_frames(body)
    for frame in frames:
        yield _sent(frame)
        if isinstance(frame, UnreadablePicture):
            return
    yield _END


def _film_frames(path: bytes) -> Iterator[DecodedPicture | UnreadablePicture]:
    films = importlib.import_module("engines.pictures.decoding.video_frames")  # FFmpeg, only where there is a film
    try:
        yield from films.video_frames(Path(path.decode()))
    except (ValueError, MemoryError):
        yield UnreadablePicture("truncated")


def _sent(made: DecodedPicture | UnreadablePicture) -> bytes:
    if isinstance(made, UnreadablePicture):
        return _UNREADABLE + made.problem.encode()
    size = np.array([made.width, made.height, *made.pixels.shape[1::-1], made.moves], "<u4").tobytes()
    return _FRAME + size + made.pixels.tobytes()


def _in_use() -> int:
    statistics = Path("/proc/self/statm")
    if statistics.is_file():
        return int(statistics.read_text().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
