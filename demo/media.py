"""The simulated media host: the bytes behind the real hosts' picture addresses, at /HOST/PATH."""

from starlette.applications import Starlette
from starlette.routing import Route

from demo.endpoint import EndpointApp, SimulatedRequest, SimulatedResponse
from demo.moods import Mood
from demo.simulator import Simulator

_KINDS = ((b"\x89PNG", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


class MediaHost:
    """Serves what the world's `pictures` hold; a query such as `?name=orig` changes nothing."""

    name = "media"
    token_parameters: tuple[str, ...] = ()

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def answer(self, endpoint: str, question: SimulatedRequest) -> SimulatedResponse:  # noqa: ARG002 - the one endpoint
        """Return the picture of this address, or 404."""
        body = self.simulator.world.pictures.get(f"https:/{question.path}")
        if body is None:
            return SimulatedResponse(404, b"", media_type="text/plain")
        return SimulatedResponse(200, body, media_type=_media_type(body))

    def fault(self, mood: Mood, question: SimulatedRequest) -> SimulatedResponse | None:  # noqa: ARG002 - all paths alike
        """Return a bare error of the mood's status, if it has one."""
        status = mood.kind[:3]
        return SimulatedResponse(int(status), b"", media_type="text/plain") if status.isdecimal() else None


def media_app(simulator: Simulator) -> Starlette:
    """Return the media host as an application."""
    return Starlette(routes=[Route("/{address:path}", EndpointApp(simulator, MediaHost(simulator), "picture"))])


def _media_type(body: bytes) -> str:
    for start, media_type in _KINDS:
        if body.startswith(start):
            return media_type
    return "application/octet-stream"
