"""The door to X: every request goes to the one address that is meant, in bounded time, and nowhere else."""

from collections.abc import Callable, Mapping
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

TWEEPY_HOST = "https://api.twitter.com"
REAL_HOST = "https://api.x.com"


class Door(HTTPAdapter):
    """Sends what tweepy addresses to its fixed host to X's present one, or to a stand-in on loopback.

    A signed request is signed again for the present host, which its signature covers. `timeouts` are the
    seconds to connect and to wait for the next bytes; `status` is that of the last answer.
    """

    def __init__(
        self,
        stand_in: str | None,
        timeouts: tuple[float, float],
        sign: Callable[[PreparedRequest], PreparedRequest] | None,
    ) -> None:
        super().__init__(max_retries=0)
        self.stand_in = stand_in
        self.timeouts = timeouts
        self.sign = sign
        self.status: int | None = None

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,  # noqa: ARG002 - tweepy gives none; ours is used
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request; requests' own errors pass through."""
        self.status = None
        path = (request.url or "").removeprefix(TWEEPY_HOST)
        request.url = REAL_HOST + path
        if self.sign is not None:
            request.headers.pop("Authorization", None)
            request = self.sign(request)
        if self.stand_in is not None:
            request.url, proxies = self.stand_in.rstrip("/") + path, None
        response = super().send(
            request, stream=stream, timeout=self.timeouts, verify=verify, cert=cert, proxies=proxies
        )
        self.status = response.status_code
        return response
