"""Which picture addresses may be asked for: https, the platforms' own picture hosts, and public addresses only."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from policies.platforms.registry import PLATFORMS

PICTURE_HOSTS = frozenset(host for platform in PLATFORMS.values() for host in platform.picture_hosts)
VIDEO_HOSTS = frozenset(host for platform in PLATFORMS.values() for host in platform.video_hosts)
_SIZED_PATHS = ("/media/", "/ext_tw_video_thumb/", "/amplify_video_thumb/", "/tweet_video_thumb/")
_SMALLEST = re.compile(r"_normal(?=\.\w+$)")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Of IPv6 only this block is given out for the public internet (RFC 4291); what is set apart in it Python knows, and:
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_DOCUMENTATION = ipaddress.ip_network("3fff::/20")  # RFC 9637
# IETF protocol assignments, and the relays of 6to4 that RFC 7526 ended.
_SET_APART = tuple(ipaddress.ip_network(block) for block in ("192.0.0.0/24", "192.88.99.0/24"))


@dataclass(frozen=True, slots=True)
class PictureAddress:
    """One picture to ask for: its host, and its paths with query, the best first."""

    host: str
    paths: tuple[str, ...]


class NotAllowed(ValueError):  # noqa: N818 - reads as the answer to a question
    """Says in a word, its only argument, why an address is not asked for."""

    @property
    def problem(self) -> str:
        """The word for a MediumFile's problem."""
        return str(self.args[0])


def picture_address(url: str) -> PictureAddress:
    """Return what to ask for at this address; NotAllowed when it is not a platform's picture."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("host_not_allowed") from None
    host = parts.hostname or ""
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        raise NotAllowed("host_not_allowed")
    if host in VIDEO_HOSTS:
        raise NotAllowed("not_a_picture")
    if host not in PICTURE_HOSTS or not _is_plain(parts.path + parts.query):
        raise NotAllowed("host_not_allowed")
    path = parts.path or "/"
    if host == "pbs.twimg.com" and path.startswith(_SIZED_PATHS):
        return PictureAddress(host, tuple(_sized(path, parts.query, name) for name in ("orig", "large")))
    if host == "pbs.twimg.com" and path.startswith("/profile_images/"):  # given as it is at 48 pixels a side
        return PictureAddress(host, tuple(dict.fromkeys((_SMALLEST.sub("_400x400", path), path))))
    return PictureAddress(host, (path + (f"?{parts.query}" if parts.query else ""),))


def is_public(address: str) -> bool:
    """Say whether this IP address is one of the public internet, also inside an IPv6 disguise."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.sixtofour is not None or parsed.teredo is not None:
            return False
        hidden = parsed.ipv4_mapped
        if parsed in _NAT64:
            hidden = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
        return parsed.is_global and parsed in _GLOBAL_UNICAST and parsed not in _DOCUMENTATION
    is_set_apart = any(parsed in block for block in _SET_APART)
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved and not is_set_apart


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of this host; OSError when it has none."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


def _sized(path: str, query: str, name: str) -> str:
    kept = [(key, value) for key, value in parse_qsl(query) if key != "name"]
    return f"{path}?{urlencode([*kept, ('name', name)])}"


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
