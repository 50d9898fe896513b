"""Makes pixels of a picture's bytes, which are hostile until they have been decoded: few formats, limits, one frame."""

import importlib
import importlib.util
import io
import struct
import warnings
import zlib
from functools import cache

import numpy as np
from PIL import Image, UnidentifiedImageError

from engines.pictures.picture import Picture, Pixels, smaller
from engines.pictures.unreadable import Unreadable

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
MOST_BYTES = 40_000_000
MOST_PIXELS = 80_000_000
MOST_SIDE = 30_000
SIDE, FINE_SIDE = 640, 1280
_NEARLY = 0.84  # of the side asked for: a JPEG whose half, quarter or eighth is as large as that is decoded so
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # Exif's ways to hold a camera that swap width and height
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
_BROKEN_TOO = (AttributeError, AssertionError, OverflowError, ZeroDivisionError, RuntimeError, RecursionError)


def decoded(body: bytes, side: int = SIDE) -> Picture | Unreadable:
    """Return the first frame of the picture in these bytes, at most `side` pixels a side, or why there is none."""
    if len(body) > MOST_BYTES:
        return Unreadable("too_large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _opened(body, side)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            return Unreadable("too_large")
        except UnidentifiedImageError:
            return Unreadable("not_a_picture")
        except (*_BROKEN, *_BROKEN_TOO):
            return Unreadable("truncated")


def _opened(body: bytes, side: int) -> Picture:
    with Image.open(io.BytesIO(body), formats=formats()) as image:
        width, height = image.size
        if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
            raise Image.DecompressionBombError
        way = image.getexif().get(0x0112, 1)
        share = side * _NEARLY / max(width, height)
        image.draft("RGB", (round(width * share), round(height * share)))
        image.load()
        pixels = _upright(smaller(_coloured(_plain(image), side), side), way)
    return Picture(pixels, *((height, width) if way in _ON_ITS_SIDE else (width, height)))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture with eight bits a colour and no palette."""
    if image.mode.startswith(("I", "F")):
        deep = np.asarray(image, dtype=np.float32)
        most = 65535.0 if image.mode.startswith("I;16") or deep.max(initial=0) > 255 else 255.0
        return Image.fromarray(np.clip(deep * (255.0 / most), 0, 255).astype(np.uint8))
    if image.mode in {"P", "PA", "1", "LA"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _coloured(image: Image.Image, side: int) -> Pixels:
    """Return the colours of a picture, on white where one sees through it; a very large one is made smaller first."""
    shown = image
    fold = int(max(image.size) / (2 * side))
    if fold > 1:
        shown = shown.reduce(fold)
    if image.has_transparency_data:
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown.convert("RGBA"))
    return np.asarray(shown.convert("RGB"), dtype=np.uint8)


def _upright(pixels: Pixels, way: int) -> Pixels:
    """Return the pixels turned as the camera's word for it says."""
    made = pixels.transpose(1, 0, 2) if way in _ON_ITS_SIDE else pixels
    across, down = way in {2, 3, 6, 7}, way in {3, 4, 7, 8}
    return np.ascontiguousarray(made[:: -1 if down else 1, :: -1 if across else 1])


@cache
def formats() -> tuple[str, ...]:
    """Return the formats that can be opened here; HEIC needs a plug-in."""
    Image.init()
    if importlib.util.find_spec("pillow_heif") is not None:
        importlib.import_module("pillow_heif").register_heif_opener()
    return tuple(form for form in FORMATS if form in Image.OPEN)
