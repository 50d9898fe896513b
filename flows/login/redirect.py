"""Where the browser comes back to with a platform's answer: a page of this machine's own, for as long as it is awaited.

The browser is led to the platform from here too, so that no address with a question in it stands among a program's
arguments, where everybody on the machine may read it.
"""

import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flows.home.settings import ConfigurationError

START = "/start"
_PAGE = "<!doctype html><meta charset=utf-8><title>Audit</title><p>{says}</p>"
_CAME = "The audit has the answer. You may close this window; what came of it stands where you started."
_ANSWERS = frozenset({"code", "error", "oauth_verifier", "denied"})


class Redirect:
    """A listener on 127.0.0.1; `address` is what the platform is told, `start` where the browser begins."""

    def __init__(self, port: int) -> None:
        self._answers: queue.Queue[Mapping[str, str]] = queue.Queue()
        self._leads_to = ""
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        except OSError as error:
            raise ConfigurationError(
                f"Port {port} of this machine cannot be listened on ({error.strerror}): end what uses it, or give "
                "--port, and that address to the app."
            ) from error
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self.start = self.address.rstrip("/") + START

    def lead_to(self, consent_page: str) -> None:
        """Have the browser sent on to this page."""
        self._leads_to = consent_page

    def answer(self, seconds: float) -> Mapping[str, str]:
        """Return the parameters of the first answer that comes; ConfigurationError when none does."""
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            raise ConfigurationError(
                f"Nobody answered within {seconds / 60:.0f} minutes, and nothing was kept: begin again."
            ) from None

    @contextmanager
    def served(self) -> Iterator["Redirect"]:
        """Serve the page meanwhile."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10  # a browser may open lines on which it says nothing

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                answer = dict(parse_qsl(parts.query))
                if parts.path == START and listener._leads_to:
                    self._say(302, "", location=listener._leads_to)
                elif parts.path == "/" and answer.keys() & _ANSWERS:
                    self._say(200, _CAME)
                    listener._answers.put(answer)
                else:
                    self._say(404, "There is no such page here.")

            def _say(self, status: int, says: str, location: str | None = None) -> None:
                body = _PAGE.format(says=says).encode()
                self.send_response(status)
                if location is not None:
                    self.send_header("Location", location)
                for name, value in (
                    ("Content-Type", "text/html; charset=utf-8"),
                    ("Content-Length", str(len(body))),
                    ("Cache-Control", "no-store"),
                    ("Referrer-Policy", "no-referrer"),
                ):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
                """Say nothing: the address that came holds a code."""

        return Handler


def in_address(text: str) -> Mapping[str, str]:
    """Return the parameters of an address that a person pasted, or the PIN that stands alone."""
    stripped = text.strip()
    if stripped.isdigit():
        return {"oauth_verifier": stripped}
    return dict(parse_qsl(urlsplit(stripped).query))
