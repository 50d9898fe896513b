"""Makes pixels of a picture's bytes, which are hostile until they have been decoded: few formats, limits, one frame."""

import importlib
import importlib.util
import io
import struct
import warnings
import zlib
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from checks.pictures.hash import Unreadable
from checks.pictures.picture import Picture, Pixels

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
MOST_BYTES = 40_000_000
MOST_PIXELS = 80_000_000
MOST_SIDE = 30_000
SIDE, FINE_SIDE = 640, 1280
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
        turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        image.draft("RGB", (side, side))
        image.load()
        upright = ImageOps.exif_transpose(_small(image, side))
        pixels = _coloured(upright)
    return Picture(pixels, *((height, width) if turned else (width, height)))


def _small(image: Image.Image, side: int) -> Image.Image:
    """Return the picture at most `side` a side; palettes and deep greys are made plain before they are mixed."""
    plain = image
    if image.mode.startswith(("I", "F")):
        deep = np.asarray(image, dtype=np.float64)
        most = 65535.0 if image.mode.startswith("I;16") or deep.max(initial=0) > 255 else 255.0
        plain = Image.fromarray(np.clip(deep * (255.0 / most), 0, 255).astype(np.uint8))
    elif image.mode in {"P", "PA", "1", "LA"}:
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if plain is not image and "exif" in image.info:
        plain.info["exif"] = image.info["exif"]
    if max(plain.size) > side:
        kept: dict[Any, Any] = dict(plain.info)
        scale = side / max(plain.size)
        size = (max(round(plain.width * scale), 1), max(round(plain.height * scale), 1))
        plain = plain.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        plain.info.update(kept)
    return plain


def _coloured(image: Image.Image) -> Pixels:
    shown = image
    if image.has_transparency_data:
        shown = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return np.array(shown.convert("RGB"), dtype=np.uint8)


@cache
def formats() -> tuple[str, ...]:
    """Return the formats that can be opened here; HEIC needs a plug-in."""
    Image.init()
    if importlib.util.find_spec("pillow_heif") is not None:
        importlib.import_module("pillow_heif").register_heif_opener()
    return tuple(form for form in FORMATS if form in Image.OPEN)
