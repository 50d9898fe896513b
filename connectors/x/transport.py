"""The transport to X: every request goes to the one address that is meant, in bounded time, and nowhere else."""

from collections.abc import Callable, Mapping
from typing import Any

from requests import PreparedRequest, Response

from connectors.response_limits import BoundedTransport, ResponseLimit, TooLarge

TWEEPY_HOST = "https://api.twitter.com"
REAL_HOST = "https://api.x.com"
LONGEST_TO_CONNECT = 10.0  # seconds
_PIECE = 65_536


class XTransport(BoundedTransport):
    """Sends what tweepy addresses to its fixed host to X's present one, or to a stand-in on loopback.

    A signed request is signed again for the present host, which its signature covers. `timeout` is in seconds, for
    the whole of an answer; `status` is that of the last answer.
    """

    def __init__(
        self,
        stand_in: str | None,
        timeout: float,
        sign: Callable[[PreparedRequest], PreparedRequest] | None,
    ) -> None:
        super().__init__(ResponseLimit(timeout))
        self.stand_in = stand_in
        self.timeouts = (min(LONGEST_TO_CONNECT, timeout), timeout)
        self.sign = sign
        self.status: int | None = None

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - an answer is always read here, within bounds
        timeout: Any = None,  # noqa: ARG002 - tweepy gives none; ours is used
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request and read its answer; raises TooLarge, TimeoutError and requests' own errors."""
        self.status = None
        path = (request.url or "").removeprefix(TWEEPY_HOST)
        request.url = REAL_HOST + path
        if self.sign is not None:
            request.headers.pop("Authorization", None)
            request = self.sign(request)
        if self.stand_in is not None:
            request.url, proxies = self.stand_in.rstrip("/") + path, None
        self.allowance.begin()
        response = super().send(request, stream=True, timeout=self.timeouts, verify=verify, cert=cert, proxies=proxies)
        self.status = response.status_code
        try:
            body = self._unpacked(response)
        finally:
            response.close()
        response._content = body  # noqa: SLF001 - requests knows no other way to say what was read already
        return response

    def _unpacked(self, response: Response) -> bytes:
        """Return the body; it may be no longer unpacked than it may be on the line, and take no more time."""
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            self.allowance.seconds_left()
            if len(body) > self.allowance.most_bytes:
                raise TooLarge
        return bytes(body)
