"""The limits of one response, whoever sends it: seconds from the request to its last byte, and bytes.

A socket's time limit counts each wait by itself: headers that come byte by byte, or one "100 Continue" after
another, never reach it. So each HTTP library reads through a `LimitedResponse` in place of http.client's own response:
whatever it reads, the status line and the headers as well as the body, is timed and counted together.
"""

import contextlib
import http.client
import io
import socket
import time
from functools import partial
from typing import Any, TypeVar

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager

MOST_BYTES = 32_000_000  # a hundred comments with five replies each, all as long as may be, are about 12 million
_PIECE = 65_536

_Connection = TypeVar("_Connection")


class TooLarge(Exception):  # noqa: N818 - reads as what the answer is
    """An answer is larger than any true one."""


class ResponseLimit:
    """What one answer after another may take: `seconds` in all, and so many bytes as they come."""

    def __init__(self, seconds: float, most_bytes: int = MOST_BYTES) -> None:
        self._seconds = seconds
        self.most_bytes = most_bytes
        self.begin()

    def begin(self) -> None:
        """Start anew, for the next request."""
        self._until = time.monotonic() + self._seconds
        self._taken = 0

    def seconds_left(self) -> float:
        """Return how long the answer may still take; TimeoutError when its time is over."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("The answer took longer than it may.")
        return left

    def take(self, count: int) -> None:
        """Count so many bytes; TooLarge when there are more than may come."""
        self._taken += count
        if self._taken > self.most_bytes:
            raise TooLarge


class LimitedResponse(http.client.HTTPResponse):
    """An HTTP response all of whose bytes are timed and counted."""

    def __init__(self, sock: socket.socket, *args: Any, allowance: ResponseLimit, **more: Any) -> None:
        super().__init__(sock, *args, **more)
        self.fp = io.BufferedReader(_CountedBytes(self.fp.detach(), sock, allowance))

    def read(self, amt: int | None = None) -> bytes:
        """Read so many bytes, or all; the whole in pieces, because the length that is announced may be any."""
        if amt is not None:
            return super().read(amt)
        with contextlib.closing(self):  # or the line stays open for as long as somebody looks at the error
            whole = b"".join(iter(partial(super().read, _PIECE), b""))
        if self.length:
            raise http.client.IncompleteRead(b"", self.length)
        return whole


class _CountedBytes(io.RawIOBase):
    """A socket's bytes, each wait for them no longer than what the answer may still take."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, allowance: ResponseLimit) -> None:
        self._raw = raw
        self._sock = sock
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._allowance.seconds_left())
        count = self._raw.readinto(buffer)
        self._allowance.take(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def with_limit(kind: type[_Connection], allowance: ResponseLimit) -> type[_Connection]:
    """Return this kind of connection, its answers held to this allowance."""
    return type(kind.__name__, (kind,), {"response_class": partial(LimitedResponse, allowance=allowance)})


def bound_pools(manager: PoolManager, allowance: ResponseLimit) -> None:
    """Hold every answer that comes through these pools of connections to this allowance."""
    kinds: dict[str, Any] = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {
        scheme: type(kind.__name__, (kind,), {"ConnectionCls": with_limit(kind.ConnectionCls, allowance)})
        for scheme, kind in kinds.items()
    }


class BoundedTransport(HTTPAdapter):
    """Sends requests to hosts or through proxies, every answer held to one allowance; nothing is tried twice."""

    def __init__(self, allowance: ResponseLimit) -> None:
        self.allowance = allowance
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Make the pool of connections, their answers bounded."""
        super().init_poolmanager(*args, **more)
        bound_pools(self.poolmanager, self.allowance)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        """Return the pool of connections through this proxy, their answers bounded too."""
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **more)
        if is_new:
            bound_pools(manager, self.allowance)
        return manager


class PlainTransport(BoundedTransport):
    """Sends one request at a time, its answer read whole in so many seconds and bytes."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        super().__init__(ResponseLimit(seconds, most_bytes))
        self.seconds = seconds

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request; an answer that comes compressed could be any length, so none is asked for."""
        request.headers["Accept-Encoding"] = "identity"
        self.allowance.begin()
        return super().send(request, *args, **{**more, "timeout": self.seconds})
