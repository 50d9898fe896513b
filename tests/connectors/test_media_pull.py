"""Pictures come from the platforms' own hosts alone, whole and within limits, or a record says why not."""

import hashlib
from collections.abc import Iterator

import pytest

from connectors.errors import SourceUnavailable
from connectors.media.pull import MediaSource, MediumWanted
from connectors.records import MediumFile
from connectors.source import Endpoints
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.pulling import pulled
from tests.connectors.town import now, picture, town
from tests.simulated.moods import Mood, lasting
from tests.simulated.serve import Servers

PHOTO = "https://pbs.twimg.com/media/aaa.jpg"
THUMBNAIL = "https://i.ytimg.com/vi/vid1/hqdefault.jpg"


@pytest.fixture(scope="module")
def shared() -> Iterator[Servers]:
    with town() as servers:
        servers.world.pictures |= {PHOTO: picture(), THUMBNAIL: picture("olive", form="PNG")}
        yield servers


@pytest.fixture
def servers(shared: Servers) -> Iterator[Servers]:
    shared.moods.clear()
    shared.meter.clear()
    yield shared
    shared.moods.clear()


def wanted(*urls: str) -> list[MediumWanted]:
    return [MediumWanted("x", f"3_{number}", url) for number, url in enumerate(urls)]


def files(source: MediaSource, store: MemoryStore | None = None) -> list[MediumFile]:
    return [r for r in source.pull(store or MemoryStore()) if isinstance(r, MediumFile)]


def source(servers: Servers, *urls: str, timeout: float = 5.0, max_bytes: int = 20_000_000) -> MediaSource:
    return MediaSource(
        wanted(*urls),
        endpoints=Endpoints(media=servers.media_url),
        clock=now,
        timeout=timeout,
        max_bytes=max_bytes,
    )


def test_pictures_come_with_their_bytes_their_hash_and_their_size(servers: Servers) -> None:
    photo, thumbnail = files(source(servers, PHOTO, THUMBNAIL))

    assert photo.body == picture()
    assert photo.sha256 == hashlib.sha256(picture()).hexdigest()
    assert (photo.width, photo.height, photo.content_type, photo.problem) == (64, 48, "image/jpeg", None)
    assert (thumbnail.content_type, thumbnail.url) == ("image/png", THUMBNAIL)


def test_one_picture_is_fetched_once(servers: Servers) -> None:
    medium = MediumWanted("x", "3_1", PHOTO)
    twice = MediaSource([medium, medium], endpoints=Endpoints(media=servers.media_url), clock=now)

    assert len(files(twice)) == 1
    assert len(servers.meter.requests) == 1


def test_a_picture_of_x_is_asked_for_in_full_then_large() -> None:
    def large_only(path: str, _headers: dict[str, str]) -> Odd:
        return Odd(picture()) if path.endswith("format=jpg&name=large") else Odd(b"", 404)

    with odd(large_only) as server:
        url = "https://pbs.twimg.com/media/aaa?format=jpg&name=small"
        photo = files(MediaSource(wanted(url), endpoints=Endpoints(media=server.url), clock=now))[0]
        asked = [path for _method, path, _headers in server.requests]

    assert photo.problem is None
    assert asked == [
        "/pbs.twimg.com/media/aaa?format=jpg&name=orig",
        "/pbs.twimg.com/media/aaa?format=jpg&name=large",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://pbs.twimg.com/media/aaa.jpg",
        "https://pbs.twimg.com.example/media/aaa.jpg",
        "https://user@pbs.twimg.com/media/aaa.jpg",
        "https://pbs.twimg.com:8443/media/aaa.jpg",
        "https://pbs.twimg.com:port/media/aaa.jpg",
        "https://127.0.0.1/media/aaa.jpg",
        "https://evil.example/pbs.twimg.com/a.jpg",
        "https://i.ytimg.com/a b",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_other_address_is_asked(servers: Servers, url: str) -> None:
    file = files(source(servers, url))[0]

    assert (file.problem, file.body) == ("host_not_allowed", None)
    assert not servers.meter.requests


def test_video_is_never_downloaded(servers: Servers) -> None:
    assert files(source(servers, "https://video.twimg.com/a.mp4"))[0].problem == "not_a_picture"
    assert not servers.meter.requests


@pytest.mark.parametrize(
    ("mood", "problem"),
    [
        ("404", "not_found"),
        ("403", "unavailable"),
        ("429", "unavailable"),
        ("cut", "truncated"),
        ("html", "not_a_picture"),
    ],
)
def test_a_picture_that_cannot_be_had_says_why_and_the_others_come(servers: Servers, mood: str, problem: str) -> None:
    servers.moods.set("media", "/i.ytimg.com/", [lasting(mood)])

    by_url = {file.url: file for file in files(source(servers, THUMBNAIL, PHOTO, timeout=2.0))}
    thumbnail, photo = by_url[THUMBNAIL], by_url[PHOTO]

    assert len(by_url) == 2
    assert (thumbnail.problem, thumbnail.sha256, thumbnail.body) == (problem, None, None)
    assert photo.problem is None


@pytest.mark.parametrize(
    ("mood", "comes"), [("503", True), ("500", True), ("429", True), ("cut", True), ("hang", True), ("403", False)]
)
def test_what_fails_for_once_is_asked_for_again_after_all_others_and_a_refusal_is_not(
    servers: Servers, mood: str, comes: bool
) -> None:
    servers.moods.set("media", "/i.ytimg.com/", [mood])

    records = files(source(servers, THUMBNAIL, PHOTO, timeout=0.5))

    assert [(file.url, file.problem is None) for file in records] == (
        [(PHOTO, True), (THUMBNAIL, True)] if comes else [(THUMBNAIL, False), (PHOTO, True)]
    )
    assert [file.body for file in records if file.url == PHOTO] == [picture()]
    assert len(servers.meter.requests) == (3 if comes else 2)


@pytest.mark.parametrize("mood", ["500", "503", "hang", Mood("slow", seconds=1.0)])
def test_a_host_that_never_answers_is_given_up_and_all_hosts_silent_is_an_error(
    servers: Servers, mood: str | Mood
) -> None:
    servers.moods.set("media", "/", [lasting(mood)])
    store = MemoryStore()

    six = source(servers, *[f"{PHOTO}?{n}" for n in range(6)], timeout=0.1)
    records, error = pulled(six, store)

    assert isinstance(error, SourceUnavailable)
    assert {r.problem for r in records if isinstance(r, MediumFile)} == {"unavailable"}
    assert len(records) == 6
    assert len(store.noted) == 3


def test_every_request_is_noted(servers: Servers) -> None:
    store = MemoryStore()
    files(source(servers, PHOTO, "https://pbs.twimg.com/media/none.jpg"), store)

    assert [(noted.endpoint, noted.status) for noted in store.noted] == [
        ("GET picture", 200),
        ("GET picture", 404),
        ("GET picture", 404),
    ]


@pytest.mark.parametrize("length", [None, 10**9])
def test_a_body_over_the_limit_is_not_read_to_its_end(length: int | None) -> None:
    with odd(lambda _path, _headers: Odd(b"x" * 5000, length=length)) as server:
        limited = MediaSource(wanted(THUMBNAIL), endpoints=Endpoints(media=server.url), clock=now, max_bytes=1000)

        assert files(limited)[0].problem == "too_large"


def test_a_body_without_a_length_is_counted_while_it_comes() -> None:
    chunked = Odd(b"1388\r\n" + b"x" * 5000 + b"\r\n0\r\n\r\n", headers={"transfer-encoding": "chunked"})
    with odd(lambda _path, _headers: chunked) as server:
        limited = MediaSource(wanted(THUMBNAIL), endpoints=Endpoints(media=server.url), clock=now, max_bytes=1000)

        assert files(limited)[0].problem == "too_large"


def test_no_redirect_is_followed() -> None:
    with odd(lambda _path, _headers: Odd(b"", 302, {"location": "/elsewhere"})) as server:
        moved = MediaSource(wanted(THUMBNAIL), endpoints=Endpoints(media=server.url), clock=now)

        assert files(moved)[0].problem == "unavailable"
        assert len(server.requests) == 1


def test_pixels_over_the_limit_are_refused(servers: Servers) -> None:
    limited = MediaSource(wanted(PHOTO), endpoints=Endpoints(media=servers.media_url), clock=now, max_pixels=100)

    assert files(limited)[0].problem == "too_large"


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["8.8.8.8", "192.168.0.1"], ["::1"], ["not an address"]],
)
def test_a_name_that_leads_to_a_private_address_is_not_asked(addresses: list[str]) -> None:
    turned = MediaSource(wanted(THUMBNAIL), endpoints=Endpoints(), clock=now, resolve=lambda _host, _port: addresses)

    assert files(turned)[0].problem == "host_not_allowed"


def test_a_name_that_leads_nowhere_is_unavailable() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    lost = MediaSource(wanted(THUMBNAIL), endpoints=Endpoints(), clock=now, resolve=nowhere)

    with pytest.raises(SourceUnavailable):
        files(lost)
