"""A form that comes slowly, for ever, or larger than it says is read no further than the desk's bounds."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from dashboards.desk.access import bodies
from tests.dashboards.desks import Served, served
from tests.dashboards.ordinary import ordinary

CHUNKED = "transfer-encoding: chunked"
PIECE = b"2000\r\n" + b"a" * 0x2000 + b"\r\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("bodies")) as here:
        yield here


def opened(desk: Served, path: str, length: str) -> socket.socket:
    host = desk.url.partition("://")[2]
    line = socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2])), timeout=20)
    kind = "content-type: application/x-www-form-urlencoded"
    line.sendall(f"POST {path} HTTP/1.1\r\nhost: {host}\r\n{kind}\r\n{length}\r\n\r\n".encode())
    return line


def code_of(line: socket.socket) -> int:
    return int(line.recv(4096).split()[1])


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/invitation/none", "/sign-in/code"])
def test_a_form_that_does_not_say_how_large_it_is_is_read_no_further_than_64_kib(desk: Served, path: str) -> None:
    with closing(opened(desk, path, CHUNKED)) as line:
        for _ in range(9):
            line.sendall(PIECE)

        assert code_of(line) == 413


@pytest.mark.parametrize("length", [CHUNKED, "content-length: 100"])
def test_a_form_that_comes_too_slowly_is_waited_for_no_longer(
    desk: Served, monkeypatch: pytest.MonkeyPatch, length: str
) -> None:
    monkeypatch.setattr(bodies, "MOST_SECONDS", 0.3)
    with closing(opened(desk, "/sign-in", length)) as line:
        began = time.monotonic()

        assert code_of(line) == 408
        assert time.monotonic() - began < 10
        while line.recv(4096):
            pass  # and the line is closed


def test_a_form_that_says_that_it_is_too_large_is_not_waited_for(desk: Served) -> None:
    with closing(opened(desk, "/sign-in", "content-length: 70000")) as line:
        assert code_of(line) == 413
