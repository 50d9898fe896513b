"""Reads a picture's bytes with care: four formats, a limit on pixels, the first frame, and whole or not at all."""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class PictureProperties:
    """What a picture's own bytes say of it; width and height in pixels."""

    content_type: str
    width: int
    height: int


class NotReadable(ValueError):  # noqa: N818 - reads as the answer to a question
    """Says in a word, its only argument, why bytes are not a usable picture: too_large, truncated, not_a_picture."""

    @property
    def problem(self) -> str:
        """The word for a MediumFile's problem."""
        return str(self.args[0])


def decode(body: bytes, *, max_pixels: int) -> PictureProperties:
    """Return what these bytes show; raises NotReadable, and nothing else, when they are no whole picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            return _decoded(body, max_pixels)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            raise NotReadable("too_large") from None


def _decoded(body: bytes, max_pixels: int) -> PictureProperties:
    try:
        image = Image.open(io.BytesIO(body), formats=tuple(FORMATS))
    except UnidentifiedImageError:
        raise NotReadable("not_a_picture") from None
    except _BROKEN:
        raise NotReadable("truncated") from None
    with image:
        width, height = image.size
        if width * height > max_pixels:
            raise NotReadable("too_large")
        try:
            image.load()
        except _BROKEN:
            raise NotReadable("truncated") from None
        return PictureProperties(FORMATS[image.format or ""], width, height)
