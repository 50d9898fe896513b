"""Each platform's way of signing in: which app asks for what, where the browser comes back to, what the tokens open.

The browser comes back to a page of this machine's own, and is led to the platform from there too, so that no address
with a question in it stands among a program's arguments, where everybody on the machine may read it.
"""

import queue
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connectors.consent import ConsentAsked, Grant
from connectors.x import consent as x_consent
from connectors.x.client import XCredentials
from connectors.youtube import consent as google_consent
from connectors.youtube.client import YouTubeCredentials
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.login.credentials import x_app, x_keys, youtube_app
from flows.login.tokens import x_consents
from policies.platforms.registry import X
from policies.school import OfficialAccount

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


BACK_PORT = 8378  # X takes the very address that the app names, its port included; Google takes any


@dataclass(frozen=True, slots=True)
class SignInWay:
    """The way of one account's platform: the app's id, and the scopes that it asks for; OAuth 1.0a names none.

    `port` is the one of this machine's to come back to, 0 for any that is free. `consent` returns the question for an
    address to come back to, where there is no browser here one whose answer a person can carry; it raises SourceError.
    `keys` are those that a grant makes.
    """

    port: int
    app: str
    scopes: tuple[str, ...]
    consent: Callable[[str, bool], ConsentAsked]
    keys: Callable[[Grant], XCredentials | YouTubeCredentials]


def way_of(context: Context, account: OfficialAccount, *, lets_read_comments: bool) -> SignInWay:
    """Return the way of this account's platform; ConfigurationError where credentials.toml holds no app."""
    if account.platform == X.id:
        return _x_way(context, account)
    return _google_way(context, account, lets_read_comments=lets_read_comments)


def _x_way(context: Context, account: OfficialAccount) -> SignInWay:
    """Return OAuth 2.0 with PKCE, or OAuth 1.0a where the app is one of that."""
    app, server = x_app(context, account), x_consents(context)

    def consent(back: str, has_browser: bool) -> ConsentAsked:
        if app.signs:
            return x_consent.ConsentBySignature(app, server, back if has_browser else x_consent.BY_PIN)
        return x_consent.ConsentByCode(app, server, back, state=_drawn(32), verifier=_drawn(64))

    scopes = () if app.signs else x_consent.SCOPES
    return SignInWay(BACK_PORT, str(app.client_id or app.consumer_key), scopes, consent, partial(x_keys, app))


def _google_way(context: Context, account: OfficialAccount, *, lets_read_comments: bool) -> SignInWay:
    """Return OAuth 2.0 for installed apps; its keys are good for an hour."""
    app, settings = youtube_app(context, account), context.settings
    scopes = (google_consent.READS, google_consent.READS_COMMENTS) if lets_read_comments else (google_consent.READS,)

    def consent(back: str, _has_browser: bool) -> ConsentAsked:
        return google_consent.GoogleConsent(
            app,
            scopes,
            back,
            state=_drawn(32),
            verifier=_drawn(64),
            stand_in=settings.endpoints.youtube,
            seconds=settings.timeout,
            clock=settings.clock,
        )

    return SignInWay(0, app[0], scopes, consent, lambda grant: YouTubeCredentials(token=grant.access_token))


def _drawn(size: int) -> str:
    return secrets.token_urlsafe(size)
