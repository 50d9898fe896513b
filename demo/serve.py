"""Serves the simulated platforms over real HTTP on loopback, each on a free port, for as long as a `with` lasts."""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from demo.endpoint import EndpointApp, SimulatedPlatform, SimulatedRequest, SimulatedResponse, Simulator
from demo.model import World
from demo.x.app import XPlatform
from demo.youtube.app import YouTubePlatform

_KINDS = ((b"\x89PNG", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


class MediaHost:
    """Serves what the world's `pictures` hold; a query such as `?name=orig` changes nothing."""

    name = "media"
    paths: Mapping[str, str] = {"/{address:path}": "picture"}

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:  # noqa: ARG002 - the one endpoint
        """Return the picture of this address, or 404."""
        body = self.simulator.world.pictures.get(f"https:/{question.path}")
        if body is None:
            return SimulatedResponse(404, b"", media_type="text/plain")
        return SimulatedResponse(200, body, media_type=_media_type(body))


def _media_type(body: bytes) -> str:
    for start, media_type in _KINDS:
        if body.startswith(start):
            return media_type
    return "application/octet-stream"


class _Server(uvicorn.Server):
    """A server in a thread of its own: signals stay with the main program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Listener:
    """One application on one port of 127.0.0.1."""

    def __init__(self, app: Starlette) -> None:
        # The protocol is named because asyncio sends without delay (40 ms a request) only where it is.
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level=logging.CRITICAL,
            access_log=False,
            lifespan="off",
        )
        self.server = _Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.should_exit = True
        self.server.force_exit = True


class Servers(Simulator):
    """The simulated X, YouTube and media host, running; `with` stops them again."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        super().__init__(world, now)
        self._x = XPlatform(self)
        platforms: tuple[SimulatedPlatform, ...] = (self._x, YouTubePlatform(self), MediaHost(self))
        self._listeners = [_Listener(Starlette(routes=self.routes(platform))) for platform in platforms]
        self.x_url, self.youtube_url, self.media_url = (listener.url for listener in self._listeners)

    def routes(self, platform: SimulatedPlatform) -> list[Route]:
        """Return the addresses of this platform; what stands at none of them is no endpoint of it."""
        endpoints = {**platform.paths, "/{path:path}": "none"}
        return [Route(path, self.door(platform, endpoint)) for path, endpoint in endpoints.items()]

    def door(self, platform: SimulatedPlatform, endpoint: str) -> EndpointApp:
        """Return the application of one endpoint of this platform."""
        return EndpointApp(self, platform, endpoint)

    def show(self, world: World) -> None:
        """Show another world from the next request on; X's rate limits begin afresh."""
        self.world = world
        self._x.limits.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for listener in self._listeners:
            listener.stop()
        for listener in self._listeners:
            listener.thread.join()
