"""The servers start and stop quickly and quietly, and the media host serves the world's pictures."""

import logging
import threading
import time

import pytest
import requests

from demo.model import World
from demo.tokens import seal, unseal
from tests.demo.small import NOW, PICTURE, small_world
from tests.simulated.serve import Servers, serve


def test_the_servers_start_and_stop_quickly_and_leave_nothing_behind() -> None:
    threads, began = threading.active_count(), time.monotonic()
    with serve(World(), now=lambda: NOW) as running:
        urls = (running.x_url, running.youtube_url, running.media_url)
        assert [requests.get(url, timeout=2).status_code for url in urls] == [404, 401, 404]
        started = time.monotonic()

    assert started - began < 0.5
    assert time.monotonic() - started < 0.5
    assert threading.active_count() == threads
    assert len(set(urls)) == 3
    assert all(url.startswith("http://127.0.0.1:") for url in urls)
    with pytest.raises(requests.ConnectionError):
        requests.get(urls[0], timeout=2)


def test_the_servers_stop_at_once_although_a_client_hangs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked = threading.Event()

    def hang(url: str) -> None:
        asked.set()
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            requests.get(url, timeout=5)

    with serve(World(), now=lambda: NOW) as running:
        running.moods.set("x", "/", ["hang"])
        client = threading.Thread(target=hang, args=(running.x_url,))
        client.start()
        asked.wait()
        while not running.meter.requests:
            time.sleep(0.01)
        began = time.monotonic()

    assert time.monotonic() - began < 0.5
    client.join(timeout=2)
    assert not client.is_alive()
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


def test_two_sets_of_servers_run_side_by_side() -> None:
    with serve(small_world(), now=lambda: NOW) as one, serve(World(), now=lambda: NOW) as other:
        path = "/pbs.twimg.com/media/one.jpg"

        assert requests.get(one.media_url + path, timeout=2).status_code == 200
        assert requests.get(other.media_url + path, timeout=2).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/pbs.twimg.com/media/one.jpg",
        "/pbs.twimg.com/media/one.jpg?name=orig",
        "/i.ytimg.com/vi/v1/maxresdefault.jpg",
    ],
)
def test_pictures_are_served_whatever_the_query(servers: Servers, path: str) -> None:
    answer = requests.get(servers.media_url + path, timeout=2)

    assert answer.content == PICTURE
    assert answer.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG\r\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF....WEBP", "image/webp"),
        (b"no picture", "application/octet-stream"),
    ],
)
def test_a_picture_says_what_it_is(servers: Servers, body: bytes, kind: str) -> None:
    servers.world.pictures["https://pbs.twimg.com/media/two"] = body

    answer = requests.get(f"{servers.media_url}/pbs.twimg.com/media/two", timeout=2)

    assert (answer.content, answer.headers["content-type"]) == (body, kind)


def test_an_unknown_picture_is_not_found(servers: Servers) -> None:
    assert requests.get(f"{servers.media_url}/pbs.twimg.com/media/none.jpg", timeout=2).status_code == 404


def test_a_token_holds_for_its_own_list_and_after_a_restart() -> None:
    token = seal("x:followers", 1_000)

    assert token == seal("x:followers", 1_000)
    assert unseal("x:followers", token) == 1_000
    assert unseal("x:following", token) is None
    assert unseal("x:followers", token[:-1]) is None
    assert len({seal("x:followers", offset) for offset in range(100)}) == 100
