"""The transport to X: every request goes to the one address that is meant, in bounded time, and nowhere else."""

from collections.abc import Callable, Mapping
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager

from connectors.response_limits import ResponseLimit, TooLarge, with_limit

TWEEPY_HOST = "https://api.twitter.com"
REAL_HOST = "https://api.x.com"
_PIECE = 65_536


class XTransport(HTTPAdapter):
    """Sends what tweepy addresses to its fixed host to X's present one, or to a stand-in on loopback.

    A signed request is signed again for the present host, which its signature covers. `timeouts` are the
    seconds to connect and those for the whole of an answer; `status` is that of the last answer.
    """

    def __init__(
        self,
        stand_in: str | None,
        timeouts: tuple[float, float],
        sign: Callable[[PreparedRequest], PreparedRequest] | None,
    ) -> None:
        self.allowance = ResponseLimit(timeouts[1])
        super().__init__(max_retries=0)
        self.stand_in = stand_in
        self.timeouts = timeouts
        self.sign = sign
        self.status: int | None = None

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Make the pool of connections, their answers bounded."""
        super().init_poolmanager(*args, **more)
        _bound(self.poolmanager, self.allowance)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        """Return the pool of connections through this proxy, their answers bounded too."""
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **more)
        if is_new:
            _bound(manager, self.allowance)
        return manager

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


def _bound(manager: PoolManager, allowance: ResponseLimit) -> None:
    kinds: dict[str, Any] = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {
        scheme: type(kind.__name__, (kind,), {"ConnectionCls": with_limit(kind.ConnectionCls, allowance)})
        for scheme, kind in kinds.items()
    }
