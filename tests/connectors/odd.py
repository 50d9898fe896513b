"""A server with odd manners: it answers each request as the test's own function says, over real HTTP on loopback."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Odd:
    """One answer: the body (JSON when it is not bytes), and how slowly it drips."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip_seconds: float = 0.0
    length: int | None = None

    @property
    def encoded(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(slots=True)
class OddServer:
    """Where it listens, and the requests so far, as (method, path with query, headers)."""

    url: str
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def odd(answer: Callable[[str, dict[str, str]], Odd]) -> Iterator[OddServer]:
    """Run a server that answers `answer(path with query, headers)` until the with-block ends."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answer))
    listener.daemon_threads = True
    server = OddServer(f"http://127.0.0.1:{listener.server_address[1]}")
    listener.RequestHandlerClass.server_record = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


def forward(url: str, authorization: str) -> Odd:
    """Ask this address and return what it answered, whatever its status."""
    request = urllib.request.Request(url, headers={"Authorization": authorization})
    try:
        with urllib.request.urlopen(request) as response:
            return Odd(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Odd(error.read(), error.code)


def _handler(answer: Callable[[str, dict[str, str]], Odd]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_record: OddServer

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.server_record.requests.append((self.command, self.path, headers))
            given = answer(self.path, headers)
            body = given.encoded
            self.send_response(given.status)
            for name, value in {"content-type": "application/json", **given.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body) if given.length is None else given.length))
            self.end_headers()
            self._write(body, given.drip_seconds)

        do_POST = do_GET  # noqa: N815 - the base class's name

        def _write(self, body: bytes, drip_seconds: float) -> None:
            try:
                if not drip_seconds:
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(drip_seconds)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    return Handler
