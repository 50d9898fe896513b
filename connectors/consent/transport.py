"""The transport of tokens: to the platform's own host, or to a stand-in for it on loopback, and no word of it kept."""

import logging
from typing import Any

from requests import PreparedRequest, Response, Session

from connectors.errors import SourceRefused, SourceThrottled, SourceUnavailable
from connectors.response_limits import BoundedTransport, ResponseLimit

_MOST_BYTES = 256_000
# At DEBUG these write codes and tokens into the log.
_TALKATIVE = ("authlib", "oauthlib", "requests_oauthlib", "google")


class ConsentTransport(BoundedTransport):
    """Sends what is addressed to `host` there, or to its stand-in; a refusal for want of strength is an error here."""

    def __init__(self, platform: str, host: str, stand_in: str | None, seconds: float) -> None:
        super().__init__(ResponseLimit(seconds, _MOST_BYTES))
        self.platform = platform
        self.host = host
        self.stand_in = stand_in
        self.seconds = seconds

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request and read its answer; SourceUnavailable or SourceThrottled for what may go better later."""
        request.headers["Accept-Encoding"] = "identity"
        if self.stand_in is not None:
            request.url = self.stand_in.rstrip("/") + (request.url or "").removeprefix(self.host)
            more["proxies"] = None
        self.allowance.begin()
        response = super().send(request, *args, **{**more, "timeout": self.seconds})
        sentence = f"{self.platform} answered with status {response.status_code} when it was asked for tokens."
        if response.status_code == 429:
            raise SourceThrottled(sentence, retry_at=None)
        if response.status_code >= 500:
            raise SourceUnavailable(sentence, status=response.status_code)
        if response.status_code in {401, 403}:
            raise SourceRefused(sentence, reason="credentials", status=response.status_code)
        return response


def carry(session: Session, transport: ConsentTransport) -> None:
    """Have all of a session's requests go through this transport alone, none of them followed elsewhere."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    session.adapters.clear()
    session.mount(f"{transport.host}/", transport)
    session.max_redirects = 0
    session.trust_env = transport.stand_in is None
