"""Fetches the bytes of one picture: pinned to a checked address, no redirects, limited in bytes and in time."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import exceptions
from urllib3.util import Timeout

from connectors.media.addresses import is_public
from connectors.response_limits import ResponseLimit, TooLarge, with_limit

_CHUNK = 65_536
_HEADERS = 65_536
_TOO_MANY, _AT_FAULT = 429, 500  # what a host says that is asked too often, and from where on it is itself at fault
_NO_RETRIES = urllib3.Retry(total=0, redirect=False, read=False, connect=False)
_PROBLEM_OF_STATUS = {404: "not_found", 410: "not_found"}


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """How much one picture may take: seconds in all, bytes of body, pixels once decoded."""

    timeout: float
    max_bytes: int
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one request: a body, or the problem in a word; status is None when nobody answered."""

    status: int | None
    body: bytes | None = None
    problem: str | None = None

    @property
    def may_improve(self) -> bool:
        """Whether the same request may be answered with the picture a little later."""
        if self.status is None or self.status == _TOO_MANY or self.status >= _AT_FAULT:
            return self.problem == "unavailable"
        return self.problem == "truncated"


class Fetcher:
    """Fetches pictures, each host at one address that was looked up and checked once."""

    def __init__(
        self,
        stand_in: str | None,
        resolve: Callable[[str, int], list[str]],
        limits: PictureLimits,
    ) -> None:
        self._stand_in = stand_in
        self._resolve = resolve
        self._limits = limits
        self._allowance = ResponseLimit(limits.timeout, limits.max_bytes + _HEADERS)
        self._pools: dict[str, list[urllib3.HTTPConnectionPool]] = {}

    def fetch(self, host: str, path: str) -> Fetched:
        """Ask this host for this path; never raises."""
        try:
            pools = self._open(host)
        except OSError:
            return Fetched(None, problem="unavailable")
        if not pools:
            return Fetched(None, problem="host_not_allowed")
        asked = path if self._stand_in is None else f"/{host}{path}"
        fetched = Fetched(None, problem="unavailable")
        for pool in pools:
            fetched = self._ask(pool, host, asked)
            if fetched.status is not None:
                break
        return fetched

    def close(self) -> None:
        """Close every connection."""
        for pools in self._pools.values():
            for pool in pools:
                pool.close()

    def _open(self, host: str) -> list[urllib3.HTTPConnectionPool]:
        """Return the pools of a host, one for each of its addresses; none when an address is not public."""
        if host not in self._pools:
            self._pools[host] = self._pinned(host) if self._stand_in is None else [_plain(self._stand_in)]
            for pool in self._pools[host]:
                pool.ConnectionCls = with_limit(pool.ConnectionCls, self._allowance)
        return self._pools[host]

    def _pinned(self, host: str) -> list[urllib3.HTTPConnectionPool]:
        addresses = self._resolve(host, 443)
        if not all(is_public(address) for address in addresses):
            return []
        return [
            urllib3.HTTPSConnectionPool(
                address,
                443,
                server_hostname=host,
                assert_hostname=host,
                cert_reqs="CERT_REQUIRED",
                ca_certs=DEFAULT_CA_BUNDLE_PATH,
            )
            for address in addresses
        ]

    def _ask(self, pool: urllib3.HTTPConnectionPool, host: str, path: str) -> Fetched:
        status: int | None = None
        self._allowance.begin()
        try:
            response = pool.request(
                "GET",
                path,
                headers={"Host": host, "Accept": "image/*", "Accept-Encoding": "identity"},
                redirect=False,
                retries=_NO_RETRIES,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=self._limits.timeout, read=self._limits.timeout),
            )
            status = response.status
            try:
                return self._read(response, status)
            finally:
                response.close()
        except TooLarge:
            return Fetched(status, problem="too_large")
        except (exceptions.IncompleteRead, exceptions.ProtocolError):
            return Fetched(status, problem="unavailable" if status is None else "truncated")
        except (exceptions.HTTPError, OSError):
            return Fetched(status, problem="unavailable")

    def _read(self, response: urllib3.BaseHTTPResponse, status: int) -> Fetched:
        if status != 200:
            return Fetched(status, problem=_PROBLEM_OF_STATUS.get(status, "unavailable"))
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._limits.max_bytes:
            return Fetched(status, problem="too_large")
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += chunk
            if len(body) > self._limits.max_bytes:
                return Fetched(status, problem="too_large")
        return Fetched(status, body=bytes(body))


def _plain(stand_in: str) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(stand_in)
    return urllib3.HTTPConnectionPool(parts.hostname or "", parts.port)
