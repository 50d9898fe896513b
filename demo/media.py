"""The simulated media host: the bytes behind the real hosts' picture addresses, at /HOST/PATH."""

from starlette.applications import Starlette
from starlette.routing import Route

from demo.door import Answer, Door, Question
from demo.moods import Mood
from demo.stage import Stage

_KINDS = ((b"\x89PNG", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


class MediaHost:
    """Serves what the world's `pictures` hold; a query such as `?name=orig` changes nothing."""

    name = "media"
    token_parameters: tuple[str, ...] = ()

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def answer(self, endpoint: str, question: Question) -> Answer:  # noqa: ARG002 - the one endpoint
        """Return the picture of this address, or 404."""
        body = self.stage.world.pictures.get(f"https:/{question.path}")
        if body is None:
            return Answer(404, b"", media_type="text/plain")
        return Answer(200, body, media_type=_media_type(body))

    def fault(self, mood: Mood, question: Question) -> Answer | None:  # noqa: ARG002 - all paths alike
        """Return a bare error of the mood's status, if it has one."""
        status = mood.kind[:3]
        return Answer(int(status), b"", media_type="text/plain") if status.isdecimal() else None


def media_app(stage: Stage) -> Starlette:
    """Return the media host as an application."""
    return Starlette(routes=[Route("/{address:path}", Door(stage, MediaHost(stage), "picture"))])


def _media_type(body: bytes) -> str:
    for start, media_type in _KINDS:
        if body.startswith(start):
            return media_type
    return "application/octet-stream"
