"""However an answer comes, it takes no more time, bytes or depth than it may, and a pull ends in our own words."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from connectors.errors import SourceError, SourceUnavailable
from connectors.media.pull import MediaSource, MediumWanted
from connectors.records import ListingEnd, MediumFile, Record
from connectors.response_limits import MOST_BYTES, ResponseLimit, with_limit
from connectors.source import Account, Endpoints, Source
from connectors.x.client import TWEEPY_HOST, XCredentials, XTransport
from connectors.x.pull import XSource
from connectors.youtube.client import AskOnce, YouTubeCredentials
from connectors.youtube.pull import YouTubeSource
from tests.connectors.attacks import OK, Attack, answer, attacked, bomb, dripping, flooding, nested, saying
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import pulled
from tests.connectors.town import CHANNEL, SCHOOL, TOKEN, now

SECONDS = 0.2


def x(url: str, seconds: float = SECONDS) -> Source:
    return XSource(
        [Account("x", SCHOOL, "h", "bearer")],
        {SCHOOL: XCredentials(bearer="b")},
        {},
        endpoints=Endpoints(x=url),
        clock=now,
        timeout=seconds,
    )


def youtube(url: str, seconds: float = SECONDS) -> Source:
    return YouTubeSource(
        [Account("youtube", CHANNEL, "@o")],
        {CHANNEL: YouTubeCredentials(token=TOKEN)},
        {},
        endpoints=Endpoints(youtube=url),
        clock=now,
        timeout=seconds,
    )


def media(url: str) -> Source:
    wanted = [MediumWanted("youtube", "v1/thumbnail", "https://i.ytimg.com/vi/v1/hqdefault.jpg")]
    return MediaSource(wanted, endpoints=Endpoints(media=url), clock=now, timeout=SECONDS, max_bytes=1_000_000)


Maker = Callable[..., Source]
PLATFORMS = {"x": x, "youtube": youtube}
SLOW = {
    "a body byte by byte": dripping(OK + b"Content-Length: 1000000\r\n\r\n", b" "),
    "a body without a length": dripping(OK + b"\r\n", b" "),
    "chunks of one byte": dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "a status line byte by byte": dripping(b"", b"HTTP/1.1"),
    "headers byte by byte": dripping(OK, b"X-Header: v\r\n"),
    "100 Continue for ever, slowly": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue for ever, fast": flooding(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10),
}
LARGE = {
    "a length that is announced": saying(OK + b"Content-Length: 999999999999999\r\n\r\n{"),
    "no length": flooding(OK + b"\r\n", b" " * 1_000_000),
    "a chunk as large as any": flooding(
        OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n", b" " * 1_000_000
    ),
    "a chunk of less than nothing": saying(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n"),
    "gzip": saying(bomb(MOST_BYTES + 1)),
}


def ended(make: Maker, attack: Attack, **more: float) -> tuple[list[Record], SourceError | None, MemoryStore, float]:
    store = MemoryStore()
    with attacked(attack) as platform:
        began = time.monotonic()
        records, error = pulled(make(platform.url, **more), store)
        took = time.monotonic() - began
    return records, error, store, took


@pytest.mark.parametrize("attack", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("make", PLATFORMS.values(), ids=PLATFORMS)
def test_an_answer_that_never_ends_is_given_up_when_its_time_is_over(make: Maker, attack: Attack) -> None:
    records, error, store, took = ended(make, attack)

    assert type(error) is SourceUnavailable
    assert {r.stopped for r in records if isinstance(r, ListingEnd)} == {"unavailable"}
    assert took < 5 * SECONDS
    assert (len(store.noted), store.every_page) == (1, [])


@pytest.mark.parametrize("attack", LARGE.values(), ids=LARGE)
@pytest.mark.parametrize("make", PLATFORMS.values(), ids=PLATFORMS)
def test_an_answer_that_is_larger_than_any_true_one_ends_the_pull_in_our_words(make: Maker, attack: Attack) -> None:
    records, _error, store, _took = ended(make, attack)

    assert {r.stopped for r in records if isinstance(r, ListingEnd)} <= {"changed", "unavailable"}
    assert (len(store.noted), store.every_page) == (1, [])


@pytest.mark.parametrize("make", PLATFORMS.values(), ids=PLATFORMS)
def test_a_packed_answer_is_not_unpacked_beyond_its_bound_and_told_as_changed(make: Maker) -> None:
    records, error, _store, _took = ended(make, saying(bomb(MOST_BYTES + 1)), seconds=10.0)

    assert error is None
    assert {r.stopped for r in records if isinstance(r, ListingEnd)} == {"changed"}


@pytest.mark.parametrize("make", PLATFORMS.values(), ids=PLATFORMS)
def test_an_answer_nested_too_deep_is_kept_because_it_is_paid_for_and_never_parsed(make: Maker) -> None:
    records, error, store, _took = ended(make, saying(nested(200_000)), seconds=10.0)

    assert error is None
    assert {r.stopped for r in records if isinstance(r, ListingEnd)} == {"changed"}
    [page] = store.every_page
    assert len(page.body) > 400_000
    assert page.cost.units or page.cost.resources


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "429 Too Many Requests", "500 Oh"])
@pytest.mark.parametrize("make", PLATFORMS.values(), ids=PLATFORMS)
def test_a_refusal_nested_too_deep_is_one_all_the_same(make: Maker, status: str) -> None:
    records, _error, store, _took = ended(make, saying(nested(200_000, status)), seconds=10.0)

    assert {r.stopped for r in records if isinstance(r, ListingEnd)} <= {
        "changed",
        "forbidden",
        "throttled",
        "unavailable",
    }
    assert (len(store.noted), store.every_page) == (1, [])


@pytest.mark.parametrize("attack", SLOW.values(), ids=SLOW)
def test_a_picture_that_never_ends_is_given_up_when_its_time_is_over(attack: Attack) -> None:
    records, error, store, took = ended(media, attack)

    [problem] = [r.problem for r in records if isinstance(r, MediumFile)]
    assert problem in {"unavailable", "too_large"}
    assert took < 5 * SECONDS
    has_answered = store.noted[0].status is not None or problem == "too_large"
    assert len(store.noted) == (1 if has_answered else 2)  # who gave no answer at all is asked once more
    assert error is None or type(error) is SourceUnavailable


@pytest.mark.parametrize("attack", [*LARGE.values(), saying(answer(b"x" * 1_000_001))], ids=[*LARGE, "a body"])
def test_a_picture_that_is_larger_than_it_may_be_is_not_read_to_its_end(attack: Attack) -> None:
    records, _error, _store, _took = ended(media, attack)

    problems = [r.problem for r in records if isinstance(r, MediumFile)]
    assert problems[0] in {"too_large", "truncated", "unavailable", "not_a_picture"}


def by_http_client(port: int, pair: Path) -> None:
    kind = with_limit(http.client.HTTPSConnection, ResponseLimit(SECONDS))
    with contextlib.closing(kind("127.0.0.1", port, context=ssl.create_default_context(cafile=pair))) as connection:
        connection.request("GET", "/")
        connection.getresponse()


def by_httplib2(port: int, pair: Path) -> None:
    AskOnce(SECONDS, proxy_info=None, ca_certs=str(pair)).request(f"https://127.0.0.1:{port}/")


def by_urllib3(port: int, pair: Path) -> None:
    with urllib3.HTTPSConnectionPool("127.0.0.1", port, ca_certs=str(pair)) as pool:
        pool.ConnectionCls = with_limit(pool.ConnectionCls, ResponseLimit(SECONDS))
        pool.request("GET", "/", retries=False)


@pytest.mark.parametrize("ask", [by_http_client, by_httplib2, by_urllib3])
def test_the_time_of_an_answer_holds_behind_tls_too(ask: Callable[[int, Path], None], tmp_path: Path) -> None:
    server, pair = tls(tmp_path)

    def attack(line: socket.socket) -> None:
        with server.wrap_socket(line, server_side=True) as safe:
            safe.recv(65_536)
            dripping(OK, b"X-Header: v\r\n")(safe)

    with attacked(attack, reads=False) as platform:
        began = time.monotonic()
        with pytest.raises((TimeoutError, urllib3.exceptions.ReadTimeoutError)):
            ask(int(platform.url.rpartition(":")[2]), pair)

    assert time.monotonic() - began < 5 * SECONDS


def test_the_time_of_an_answer_holds_through_a_proxy_too() -> None:
    door = XTransport(None, SECONDS, None)
    with attacked(dripping(OK, b"X-Header: v\r\n")) as proxy, requests.Session() as session:
        session.mount(TWEEPY_HOST, door)
        began = time.monotonic()
        for _ in range(2):
            with pytest.raises(requests.exceptions.RequestException):
                session.get(f"{TWEEPY_HOST}/2/users/me", proxies={"https": proxy.url})
        assert (proxy.asked, time.monotonic() - began < 10 * SECONDS) == (2, True)


def tls(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server needs to speak TLS on loopback for a minute, and the file that a client trusts it by."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    begins = datetime.now(UTC) - timedelta(minutes=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(minutes=2))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(here, critical=True).sign(key, hashes.SHA256())
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "pair.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "pair.pem")
    return server, folder / "pair.pem"
