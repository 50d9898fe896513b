"""A platform that means harm: it answers each request with the bytes of a test's own choosing, at its own pace."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Attack = Callable[[socket.socket], None]

PAUSE = 0.02
_WHILE = 20.0
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@dataclass(slots=True)
class Platform:
    """Where it listens, and how many requests came."""

    url: str = ""
    asked: int = 0
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def attacked(attack: Attack, *, reads: bool = True) -> Iterator[Platform]:
    """Run a platform that reads each request and answers with this attack until the with-block ends."""
    platform = Platform()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        platform.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=_serve, args=(listener, platform, attack, reads), daemon=True)
        thread.start()
        yield platform
        platform.closing.set()
        socket.create_connection(listener.getsockname()).close()
        thread.join()


def _serve(listener: socket.socket, platform: Platform, attack: Attack, reads: bool) -> None:
    while True:
        line, _ = listener.accept()
        with line, contextlib.suppress(OSError):
            if platform.closing.is_set():
                return
            asked = b""
            while reads and b"\r\n\r\n" not in asked and (some := line.recv(65_536)):
                asked += some
            platform.asked += bool(asked)
            attack(line)


def dripping(start: bytes, drops: bytes) -> Attack:
    """Send this start, and then these bytes over and over, one at a time."""

    def attack(line: socket.socket) -> None:
        line.sendall(start)
        until = time.monotonic() + _WHILE
        while time.monotonic() < until:
            for drop in drops:
                line.sendall(bytes([drop]))
                time.sleep(PAUSE)

    return attack


def flooding(start: bytes, flood: bytes) -> Attack:
    """Send this start, and then this flood as fast as it is taken, for as long as it is."""

    def attack(line: socket.socket) -> None:
        line.sendall(start)
        until = time.monotonic() + _WHILE
        while time.monotonic() < until:
            line.sendall(flood)

    return attack


def saying(answer: bytes) -> Attack:
    """Send these bytes and close the line."""
    return lambda line: line.sendall(answer)


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole answer with this body."""
    lines = (f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def bomb(size: int) -> bytes:
    """Return an answer of a few kilobytes that unpacks to so many bytes of JSON."""
    return answer(gzip.compress(b"[" + b" " * size, 9), "Content-Encoding: gzip")


def nested(depth: int, status: str = "200 OK") -> bytes:
    """Return an answer whose JSON is nested so deep, and is otherwise in order."""
    return answer(b'{"data":' + b"[" * depth + b"]" * depth + b',"kind":"k"}', status=status)
